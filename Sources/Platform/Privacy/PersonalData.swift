import Database

/// What a capability holds about people: how each takes it away, what an erasure does to it, how long it is kept.
public struct PersonalData: Sendable {
    /// What goes in the archive of one's own data, a file each.
    public var parts: [PersonalPart] = []
    /// Tables (`table`) and columns (`table.column`) that no part holds, each with the reason.
    public var apart: [String: String] = [:]
    /// Where somebody's name may have been written by others.
    public var mentions: [Mention] = []
    /// Empties what is a person's own, within the change.
    public var erase: (@Sendable (Erasure, Change) throws -> Void)?
    /// Things that are erased by themselves: words of somebody met, who has no account.
    public var erasable: [ErasableThing] = []
    /// How long things are kept.
    public var retentions: [Retention] = []

    public init() {}
}

/// One file of the archive: `platform.data.sessions.title` and `.about` say what it is.
public struct PersonalPart: Sendable {
    /// The key of its words.
    public let key: String
    /// The columns that say the person, by table.
    public let columns: [String: [String]]
    /// The rows of a person, with the columns to show.
    let rows: @Sendable (_ personId: String) -> SQL
    /// The contents to add: each with its hash and its name.
    let files: (@Sendable (_ personId: String) -> SQL)?

    public init(
        _ key: String, _ columns: [String: [String]], files: (@Sendable (_ personId: String) -> SQL)? = nil,
        rows: @escaping @Sendable (_ personId: String) -> SQL
    ) {
        self.key = key
        self.columns = columns
        self.files = files
        self.rows = rows
    }
}

/// A column where people write freely: a name erased is taken out of it.
public struct Mention: Sendable {
    public let table: String
    public let column: String
    let key: String
    /// Where it says under whose name something was published: kept when the person wishes.
    let isAuthorship: Bool

    public init(_ table: String, _ column: String, key: String = "id", isAuthorship: Bool = false) {
        self.table = table
        self.column = column
        self.key = key
        self.isAuthorship = isAuthorship
    }
}

/// A kind of things that are erased one by one, so that a restoration erases them again.
public struct ErasableThing: Sendable {
    public let kind: String
    /// Those not erased, or erased, by identifier.
    let whole: SQL
    let erased: SQL
    let erase: @Sendable (_ id: String, Change) throws -> Void

    public init(_ kind: String, whole: SQL, erased: SQL, erase: @escaping @Sendable (_ id: String, Change) throws -> Void) {
        self.kind = kind
        self.whole = whole
        self.erased = erased
        self.erase = erase
    }
}
