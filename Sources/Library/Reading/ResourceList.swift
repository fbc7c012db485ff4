import Database
import Formats
import Platform

/// The open publications, filtered and sorted as an address asks.
struct ResourceList: Sendable {
    /// What can be asked: `?territoire=caen&dimension=cooperation&genre=synthesis&tri=titre&page=2`.
    struct Wish: Sendable, Equatable {
        enum Order: String, Sendable, CaseIterable {
            case recent, title = "titre", territory = "territoire"
        }

        var territory: String?
        var dimension: String?
        var kind: String?
        var order = Order.recent
        var page = 1

        init() {}

        init(_ query: Fields) {
            territory = query.optional("territoire")
            dimension = query.optional("dimension")
            kind = query.optional("genre")
            order = query["tri"].flatMap(Order.init) ?? .recent
            page = max(1, min(query.integer("page") ?? 1, 100_000))
        }

        var isFiltered: Bool { territory != nil || dimension != nil || kind != nil }
    }

    /// A resource in one line.
    struct Line: Sendable, Decodable {
        let id: String
        let slug: String
        let title: String
        let lede: String
        let kind: String
        let authors: String
        let license: String
        let territory: String
        let programme: String
        let version: Int
        let openedAt: Instant
        let updatedAt: Instant

        var path: String { "/ressources/\(slug)" }
    }

    /// A value of a filter, with how many resources have it.
    struct Choice: Sendable, Decodable {
        let value: String
        let name: String
        let count: Int
    }

    static let perPage = 20

    let wish: Wish
    let total: Int
    let lines: [Line]
    let territories: [Choice]
    let dimensions: [Choice]
    let kinds: [Choice]

    var pageCount: Int { max(1, (total + Self.perPage - 1) / Self.perPage) }

    static func load(_ wish: Wish, _ reader: any Reader, _ request: Request) throws -> ResourceList {
        ResourceList(
            wish: wish, total: try reader.count("SELECT count(*) FROM \(tables) WHERE \(conditions(wish, request))"),
            lines: try lines(wish, limit: perPage, offset: (wish.page - 1) * perPage, reader, request),
            territories: try territories(reader, request),
            dimensions: try reader.all(
                Choice.self,
                """
                SELECT dimension.file_key AS value, min(dimension.name) AS name, count(DISTINCT publication.id) AS count
                FROM \(tables) JOIN publication_dimension ON publication_dimension.publication_id = publication.id
                JOIN dimension ON dimension.id = dimension_id WHERE \(conditions(Wish(), request))
                GROUP BY dimension.file_key ORDER BY min(dimension.position), dimension.file_key
                """),
            kinds: try reader.all(
                Choice.self,
                """
                SELECT publication.kind AS value, publication.kind AS name, count(*) AS count
                FROM \(tables) WHERE \(conditions(Wish(), request)) GROUP BY publication.kind ORDER BY publication.kind
                """))
    }

    /// The territories that have resources, in the order of their names.
    static func territories(_ reader: any Reader, _ request: Request) throws -> [Choice] {
        try reader.all(
            Choice.self,
            """
            SELECT territory.slug AS value, min(territory.name) AS name, count(*) AS count
            FROM \(tables) WHERE \(conditions(Wish(), request)) GROUP BY territory.slug ORDER BY territory.slug
            """)
    }

    static func lines(_ wish: Wish, limit: Int, offset: Int = 0, _ reader: any Reader, _ request: Request) throws -> [Line] {
        let order: SQL =
            switch wish.order {
            case .recent: "publication.opened_at DESC"
            case .title: "publication.slug"
            case .territory: "territory.slug, publication.opened_at DESC"
            }
        return try reader.all(
            Line.self,
            """
            SELECT publication.id, publication.slug, publication.title, publication.lede, publication.kind, publication.authors,
                publication.license, territory.name AS territory, programme.title AS programme, publication.version,
                publication.opened_at, publication.updated_at
            FROM \(tables) WHERE \(conditions(wish, request)) ORDER BY \(order), publication.id LIMIT \(limit) OFFSET \(offset)
            """)
    }

    private static let tables: SQL = """
        publication JOIN access ON access.object_id = publication.id JOIN territory ON territory.id = publication.territory_id
        JOIN programme ON programme.id = publication.programme_id
        """

    private static func conditions(_ wish: Wish, _ request: Request) -> SQL {
        var all: [SQL] = [
            "publication.opened_at IS NOT NULL AND publication.unpublished_at IS NULL",
            request.site.policy.condition(.see, request.viewer),
        ]
        if let territory = wish.territory { all.append("territory.slug = \(territory)") }
        if let kind = wish.kind { all.append("publication.kind = \(kind)") }
        if let dimension = wish.dimension {
            all.append(
                """
                EXISTS (SELECT 1 FROM publication_dimension JOIN dimension ON dimension.id = dimension_id
                    WHERE publication_id = publication.id AND dimension.file_key = \(dimension))
                """)
        }
        return all.joined(" AND ")
    }
}
