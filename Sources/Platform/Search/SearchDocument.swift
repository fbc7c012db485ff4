import Database
import Formats

/// Something that can be found: its words, its address, what it can be sorted by.
public struct SearchDocument: Sendable {
    public let objectId: String
    /// `resource`, `text`, `visit`…: the key of its name is in `Feature.searchKinds`.
    public let kind: String
    public let programmeId: String?
    public let title: String
    /// Plain text, without the words of quotations that may not be shown to everybody who finds it.
    public let body: String
    public let path: String
    public let language: Language
    /// `["territory": ["Caen la Mer"], "dimension": [...]]`, in the words shown.
    public let facets: [String: [String]]

    public init(
        _ kind: String, _ objectId: String, programme: String?, title: String, body: String, path: String,
        language: Language = .french, facets: [String: [String]] = [:]
    ) {
        self.objectId = objectId
        self.kind = kind
        programmeId = programme
        self.title = title
        self.body = body
        self.path = path
        self.language = language
        self.facets = facets
    }
}

extension Change {
    /// Makes a thing findable by whoever may see it, or brings it up to date; in this transaction.
    public func index(_ document: SearchDocument) throws {
        try unindex(document.objectId)
        try index(
            document,
            words: SearchWords(
                title: French.stems(document.title).joined(separator: " "), body: French.stems(document.body).joined(separator: " "),
                surface: French.tokens(document.title + "\n" + document.body).map(\.word).joined(separator: " ")))
    }

    /// The same for a thing that was never found before, when its words are known already.
    package func index(_ document: SearchDocument, words: SearchWords) throws {
        let number = try count(
            """
            INSERT INTO search_document (object_id, kind, programme_id, title, body, path, language, updated_at)
            VALUES (\(document.objectId), \(document.kind), \(document.programmeId), \(document.title), \(document.body),
                \(document.path), \(document.language.rawValue), \(now)) RETURNING number
            """)
        let columns = ["title": words.title, "body": words.body, "surface": words.surface]
        for statement in dialect.putWords(columns, at: Int64(number), in: SearchIndex.name) { try run(statement) }
        for (facet, values) in document.facets {
            for value in Set(values) {
                try run("INSERT INTO search_facet (number, facet, value) VALUES (\(number), \(facet), \(value))")
            }
        }
    }

    /// Takes a thing out of the search.
    public func unindex(_ objectId: String) throws {
        let number = try count("SELECT number FROM search_document WHERE object_id = \(objectId)")
        guard number > 0 else { return }
        try run(dialect.removeWords(at: Int64(number), from: SearchIndex.name))
        try run("DELETE FROM search_facet WHERE number = \(number)")
        try run("DELETE FROM search_document WHERE number = \(number)")
    }
}

/// The words of a document as the index keeps them: stems of its title and of its body, the words themselves of both, folded.
package struct SearchWords: Sendable, Equatable {
    package var title: String
    package var body: String
    package var surface: String

    package init(title: String, body: String, surface: String) {
        self.title = title
        self.body = body
        self.surface = surface
    }
}

/// The index of words: `title` and `body` hold stems; `surface` holds the words themselves, folded, for beginnings and phrases.
enum SearchIndex {
    static let name = "search_words"
    static let weights: [(column: String, weight: Double)] = [("title", 6), ("body", 1), ("surface", 0.4)]
}
