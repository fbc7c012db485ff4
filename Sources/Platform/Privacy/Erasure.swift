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
    private let names: WrittenNames
    /// Their addresses, now and before.
    private let addresses: Set<String>

    /// Names that may be somebody else's, or a word: what has them is only given to be read again.
    private let doubtful: WrittenNames

    /// - Parameters:
    ///   - former: the names and the addresses they had before, at most `mostFormer` of each.
    ///   - shared: the names, among all these, that somebody else has or had.
    init(personId: String, kind: Kind, keepsAuthorship: Bool, name: String, email: String?, former: [String], shared: Set<String> = []) {
        (self.personId, self.kind, self.keepsAuthorship) = (personId, kind, keepsAuthorship)
        let (before, named) = (former.filter { $0.contains("@") }, [name] + former.filter { !$0.contains("@") }.prefix(Self.mostFormer))
        let mails = ([email].compactMap { $0 } + before.prefix(Self.mostFormer)).filter { !$0.isEmpty }
        let known = named.filter { $0 != Self.nobody && WrittenName.isReadable($0) }
        // One word alone is theirs when they did not choose it: whoever invited them wrote it.
        let isGiven = named.count == 1
        let sure = known.filter { (WrittenName.tells($0) || isGiven) && !shared.contains($0) }
        names = WrittenNames(mails + sure)
        doubtful = WrittenNames(known.filter { !sure.contains($0) })
        addresses = Set(mails.map(People.emailKey))
    }

    /// Whoever changes their name again and again makes no erasure longer.
    static let mostFormer = 10

    /// What stands for the name.
    public static let nobody = "une personne"
    /// What stands for words that were printed.
    public static let emptied = "(effacé)"

    public var isComplete: Bool { kind == .complete }

    /// A text without the name nor the address, however others wrote them.
    func without(_ text: String) -> String { names.replaced(in: text, by: Self.nobody) }

    /// Whether a text names the person.
    public func names(_ text: String) -> Bool { names.areIn(text) }

    /// Whether it may name them: for somebody to read.
    func mayName(_ text: String) -> Bool { names.areIn(text) || doubtful.areIn(text) }

    /// Whether an address is, or was, theirs.
    public func has(address: String) -> Bool { addresses.contains(People.emailKey(address)) }
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
