import Database
import Formats
import Platform

extension Organization {
    private static let columns: SQL = "organization.id, organization.name, short_name, kind"

    /// The organisations of a programme, in the order of their names.
    package static func of(programme: String, _ reader: any Reader) throws -> [Organization] {
        try reader.all(
            Organization.self,
            """
            SELECT \(columns) FROM organization
            JOIN programme_organization ON organization_id = organization.id
            WHERE programme_id = \(programme) ORDER BY sort_key, organization.id
            """)
    }

    /// - Throws: `NotFound`
    package static func load(id: String, _ reader: any Reader) throws -> Organization {
        let found = try reader.first(Organization.self, "SELECT \(columns) FROM organization WHERE id = \(id)")
        guard let found else { throw NotFound() }
        return found
    }

    /// Those among these identifiers, by identifier.
    package static func named(_ ids: some Collection<String>, _ reader: any Reader) throws -> [String: Organization] {
        let found = try reader.all(
            Organization.self, "SELECT \(columns) FROM organization WHERE id IN \(list: Array(ids))")
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// Those that a reader would take for this name, accents, case and acronyms aside.
    package static func called(_ name: String, _ reader: any Reader) throws -> [Organization] {
        let key = foldKey(name)
        guard !key.isEmpty else { return [] }
        return try reader.all(
            Organization.self,
            """
            SELECT \(columns) FROM organization
            WHERE fold_key = \(key) OR lower(short_name) = \(key) ORDER BY sort_key, id
            """)
    }

    /// Enters an organisation under the policy of nobody: it is shown where it takes part. Answers its identifier.
    package static func create(_ name: String, shortName: String?, kind: Kind, in change: Change) throws -> String {
        let id = change.newId()
        try change.run(
            """
            INSERT INTO organization (id, name, short_name, kind, fold_key, sort_key, created_at)
            VALUES (\(id), \(name), \(shortName), \(kind), \(foldKey(name)), \(French.sortKey(name)), \(change.now))
            """)
        return id
    }

    /// Puts an organisation in a programme, under a key; nothing happens when it is there already.
    package static func enter(_ id: String, programme: String, key: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO programme_organization (programme_id, organization_id, file_key)
            VALUES (\(programme), \(id), \(key)) ON CONFLICT (programme_id, organization_id) DO NOTHING
            """)
    }

    /// The organisation of this name in the programme: an existing one, or a new one.
    package static func findOrCreate(_ name: String, programme: String, in change: Change) throws -> String {
        let id = try called(name, change).first?.id ?? create(name, shortName: nil, kind: .other, in: change)
        try enter(id, programme: programme, key: French.slug(name), in: change)
        return id
    }

    /// What two spellings of one name have in common.
    static func foldKey(_ name: String) -> String { French.slug(name) }
}
