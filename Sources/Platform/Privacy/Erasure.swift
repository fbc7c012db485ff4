import Database
import Formats

/// A person who leaves, or who is erased: what each capability needs to empty what is theirs.
public struct Erasure: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// « Ancien membre »: the account closes, what is private is emptied, the name stays under what was signed.
        case former
        /// « Effacement »: the name goes too, everywhere.
        case complete
    }

    public let personId: String
    public let kind: Kind
    /// Whether the name stays under what was published.
    public let keepsAuthorship: Bool
    /// The person as others may have written them, until now.
    let name: String
    let email: String?
    /// The names and the addresses they had before.
    let former: [String]

    /// What stands for the name.
    public static let nobody = "une personne"
    /// What stands for words that were printed.
    public static let emptied = "(effacé)"

    public var isComplete: Bool { kind == .complete }

    /// A text without the name nor the address.
    func without(_ text: String) -> String {
        written.reduce(text) { Self.taking($1, from: $0) }
    }

    /// Every way they may have been written, the longest first; a former name of one word alone is too many people's.
    var written: [String] {
        let former = former.filter { $0.contains(" ") || $0.contains("@") }
        return ([email, name].compactMap { $0 } + former).filter { !$0.isEmpty && $0 != Self.nobody }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    /// Whether a text names the person.
    public func names(_ text: String) -> Bool { without(text) != text }

    /// Takes a name out where it stands as a word: « Ana » is not in « Analyse ».
    static func taking(_ name: String, from text: String) -> String {
        guard !name.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(of: name) {
            let before = found.lowerBound > text.startIndex ? text[text.index(before: found.lowerBound)] : " "
            let after = found.upperBound < text.endIndex ? text[found.upperBound] : " "
            let isWord = ![before, after].contains { $0.isLetter || $0.isNumber }
            result += rest[..<found.lowerBound] + (isWord ? nobody : name)
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}

extension Change {
    /// Takes out the file of that identifier; its content leaves the disk with the change, unless something else has it.
    public func forget(file id: String) throws {
        if let hash = try text("SELECT hash FROM file WHERE id = \(id)") { forgottenFiles.insert(hash) }
        try run("DELETE FROM file WHERE id = \(id)")
    }

    /// Takes out the images and documents of a thing.
    public func forgetAttachments(of ownerId: String) throws {
        for id in try texts("SELECT id FROM attachment WHERE owner_id = \(ownerId)") {
            let files = try texts("SELECT id FROM file WHERE owner_id = \(id)")
            try run("DELETE FROM access WHERE object_id = \(id)")
            try run("DELETE FROM attachment WHERE id = \(id)")
            for file in files { try forget(file: file) }
        }
    }

    /// Writes the words of a thing in the search anew, some of them changed.
    public func reindex(_ objectId: String, _ changed: (String) -> String) throws {
        let row = try first(IndexedRow.self, "SELECT * FROM search_document WHERE object_id = \(objectId)")
        guard let row else { return }
        let facets = try all(FacetRow.self, "SELECT facet, value FROM search_facet WHERE number = \(row.number)")
        try index(
            SearchDocument(
                row.kind, objectId, programme: row.programmeId, title: changed(row.title), body: changed(row.body), path: row.path,
                language: row.language, facets: Dictionary(grouping: facets, by: \.facet).mapValues { $0.map { changed($0.value) } }))
        try run("UPDATE search_document SET updated_at = \(row.updatedAt) WHERE object_id = \(objectId)")
    }
}

private struct IndexedRow: Decodable {
    var number: Int
    var kind: String
    var programmeId: String?
    var title: String
    var body: String
    var path: String
    var language: Language
    var updatedAt: Instant
}

private struct FacetRow: Decodable {
    var facet: String
    var value: String
}

extension Site {
    /// Takes contents off the disk that nothing names any more.
    func clear(_ hashes: Set<String>) async throws {
        let known = Set(try await database.read { try $0.texts("SELECT hash FROM file WHERE hash IN \(list: hashes.sorted())") })
        for hash in hashes where !known.contains(hash) { try? files.remove(hash) }
    }
}
