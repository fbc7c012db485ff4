import Database
import Platform

/// How many resources are open, by territory, dimension and kind: the same for everybody, since whatever is open is public.
struct ResourceCounts: Sendable {
    /// A value of a filter, with how many resources have it.
    struct Choice: Sendable, Decodable, Equatable {
        let value: String
        let name: String
        let count: Int
    }

    let total: Int
    /// In the order of their names.
    let territories: [Choice]
    let dimensions: [Choice]
    let kinds: [Choice]
    /// By territory, then by kind.
    let byTerritory: [String: [String: Int]]

    /// Counted once and kept in memory until something public changes: counting reads all that is open.
    static func kept(_ request: Request) async throws -> ResourceCounts {
        try await request.site.pages.kept("library.counts") {
            try await request.site.database.read { try load($0, request.site.policy) }
        }
    }

    static func load(_ reader: any Reader, _ policy: Policy) throws -> ResourceCounts {
        let open: SQL = """
            access.object_id = publication.id AND publication.opened_at IS NOT NULL AND publication.unpublished_at IS NULL AND \(policy.condition(.see, .anybody))
            """
        let groups = try reader.all(
            Group.self,
            """
            SELECT territory.slug, territory.name, kind, grouped.count FROM (
                SELECT publication.territory_id, publication.kind, count(*) AS count
                FROM publication CROSS JOIN access WHERE \(open)
                GROUP BY publication.territory_id, publication.kind) AS grouped
            JOIN territory ON territory.id = grouped.territory_id ORDER BY territory.slug, territory.name
            """)
        func choices(_ key: (Group) -> String, _ name: (Group) -> String) -> [Choice] {
            Dictionary(grouping: groups, by: key).map { value, groups in
                Choice(value: value, name: groups.map(name).min() ?? value, count: groups.reduce(0) { $0 + $1.count })
            }.sorted { $0.value < $1.value }
        }
        return ResourceCounts(
            total: groups.reduce(0) { $0 + $1.count }, territories: choices(\.slug, \.name),
            dimensions: try reader.all(
                Choice.self,
                """
                SELECT dimension.file_key AS value, min(dimension.name) AS name, count(DISTINCT publication.id) AS count
                FROM publication CROSS JOIN access
                JOIN publication_dimension ON publication_dimension.publication_id = publication.id
                JOIN dimension ON dimension.id = dimension_id WHERE \(open)
                GROUP BY dimension.file_key ORDER BY min(dimension.position), dimension.file_key
                """),
            kinds: choices(\.kind, \.kind),
            byTerritory: Dictionary(grouping: groups, by: \.slug).mapValues { Dictionary($0.map { ($0.kind, $0.count) }, uniquingKeysWith: +) })
    }

    private struct Group: Decodable {
        let slug: String
        let name: String
        let kind: String
        let count: Int
    }
}
