import Database
import Platform

extension Territory {
    private static let columns: SQL = "territory.id, territory.programme_id, territory.slug, territory.name"

    /// The territories of a programme that this person may see, in the order of their names.
    package static func of(programme: String, _ reader: any Reader, _ request: Request) throws -> [Territory] {
        try reader.all(
            Territory.self,
            """
            SELECT \(columns) FROM territory JOIN access ON access.object_id = territory.id
            WHERE territory.programme_id = \(programme) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY territory.slug
            """)
    }

    /// A territory of a programme by its address, for this person.
    /// - Throws: `NotFound`
    package static func load(
        _ slug: String, programme: String, _ reader: any Reader, _ request: Request
    ) throws -> Territory {
        let found = try reader.first(
            Territory.self, "SELECT \(columns) FROM territory WHERE programme_id = \(programme) AND slug = \(slug)")
        guard let found else { throw NotFound() }
        try reader.see(found.id, request)
        return found
    }

    /// The official places of territories, by territory.
    package static func places(
        of ids: some Collection<String>, _ reader: any Reader
    ) throws -> [String: [TerritoryPlace]] {
        let found = try reader.all(
            TerritoryPlace.self,
            """
            SELECT territory_id, kind, code FROM territory_place
            WHERE territory_id IN \(list: Array(ids)) ORDER BY kind, code
            """)
        return Dictionary(grouping: found, by: \.territoryId)
    }
}

/// The names of territories, for lists to choose from and lines that mention them.
package enum TerritoryNames {
    /// Identifier and name of each territory of a programme, in the order of their addresses.
    package static func of(programme: String, _ reader: any Reader) throws -> [(id: String, name: String)] {
        try reader.all(
            TerritoryName.self, "SELECT id, name FROM territory WHERE programme_id = \(programme) ORDER BY slug"
        ).map { ($0.id, $0.name) }
    }

    /// The names of these territories, by identifier.
    package static func named(_ ids: some Collection<String>, _ reader: any Reader) throws -> [String: String] {
        let found = try reader.all(
            TerritoryName.self, "SELECT id, name FROM territory WHERE id IN \(list: Array(ids))")
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.name) })
    }
}

private struct TerritoryName: Decodable {
    var id: String
    var name: String
}
