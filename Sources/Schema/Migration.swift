/// One dated step of the schema, as a capability wrote it: `2026-11-24-visits.sql`. Frozen once released.
public struct Migration: Sendable, Equatable, Comparable {
    /// The file's name without its ending; its date gives the order.
    public let name: String
    public let owner: String
    public let statements: String

    public init(name: String, owner: String, statements: String) {
        self.name = name
        self.owner = owner
        self.statements = statements
    }

    public static func < (left: Migration, right: Migration) -> Bool {
        (left.name, left.owner) < (right.name, right.owner)
    }
}

/// Why a database is not taken as it is.
public enum SchemaProblem: Error, Equatable {
    /// The database was made by a newer Essaim: it knows steps that this one does not.
    case newer(unknown: [String])
    /// The database was made by an older Essaim: these steps are still to run.
    case older(missing: [String])
    /// A step that was already run has been edited since.
    case edited(String)
    /// There is something in the file, and it is not a site of ours.
    case foreign
}
