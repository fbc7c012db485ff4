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

    static let perPage = 20

    /// A count of several filters together goes no further.
    static let ceiling = 1_000

    let wish: Wish
    /// How many there are; at the ceiling with several filters, there may be more.
    let total: Int
    let isCapped: Bool
    let lines: [Line]
    let counts: ResourceCounts

    var pageCount: Int { max(1, (total + Self.perPage - 1) / Self.perPage) }

    static func load(_ wish: Wish, _ counts: ResourceCounts, _ reader: any Reader, _ request: Request) throws -> ResourceList {
        let found = try counted(wish, counts, reader, request)
        return ResourceList(
            wish: wish, total: min(found.total, found.isCapped ? ceiling : .max), isCapped: found.isCapped,
            lines: try page(wish, of: found.total, isExact: !found.isCapped, reader, request), counts: counts)
    }

    /// The lines of a page; those of the second half of the list are counted from its end, which is nearer.
    private static func page(_ wish: Wish, of total: Int, isExact: Bool, _ reader: any Reader, _ request: Request) throws -> [Line] {
        let before = (wish.page - 1) * perPage
        let after = total - before - perPage
        guard isExact, before > after, before < total else { return try lines(wish, limit: perPage, offset: before, reader, request) }
        return try lines(wish, limit: min(perPage, total - before), offset: max(0, after), fromEnd: true, reader, request)
    }

    /// One filter is counted already, and so are a territory and a kind; others together are counted up to the ceiling.
    private static func counted(
        _ wish: Wish, _ counts: ResourceCounts, _ reader: any Reader, _ request: Request
    ) throws -> (total: Int, isCapped: Bool) {
        func count(_ choices: [ResourceCounts.Choice], _ value: String?) -> Int { choices.first { $0.value == value }?.count ?? 0 }
        switch (wish.territory, wish.dimension, wish.kind) {
        case (nil, nil, nil): return (counts.total, false)
        case (let territory?, nil, nil): return (count(counts.territories, territory), false)
        case (nil, let dimension?, nil): return (count(counts.dimensions, dimension), false)
        case (nil, nil, let kind?): return (count(counts.kinds, kind), false)
        case (let territory?, nil, let kind?): return (counts.byTerritory[territory]?[kind] ?? 0, false)
        default:
            let found = try reader.count(
                "SELECT count(*) FROM (SELECT 1 FROM \(tables) WHERE \(conditions(wish, reader, request)) LIMIT \(ceiling + 1)) AS found")
            return (found, found > ceiling)
        }
    }

    /// - Parameter fromEnd: `offset` is how many are left out after them, not before.
    static func lines(
        _ wish: Wish, limit: Int, offset: Int = 0, fromEnd: Bool = false, _ reader: any Reader, _ request: Request
    ) throws -> [Line] {
        let (order, back): (SQL, SQL) =
            switch wish.order {
            case .recent: ("publication.opened_at DESC, publication.id", "publication.opened_at, publication.id DESC")
            case .title: ("publication.slug", "publication.slug DESC")
            case .territory:
                (
                    "territory.slug, territory.id, publication.opened_at DESC, publication.id",
                    "territory.slug DESC, territory.id DESC, publication.opened_at, publication.id DESC"
                )
            }
        let first: SQL = wish.order == .territory ? "territory CROSS JOIN " : ""
        let joined: SQL = wish.order == .territory ? "AND publication.territory_id = territory.id" : ""
        // The rows that are skipped are not read whole.
        let chosen: SQL = try """
        SELECT publication.id FROM \(first)\(tables)
        WHERE \(conditions(wish, reader, request)) \(joined)
        ORDER BY \(fromEnd ? back : order) LIMIT \(limit) OFFSET \(offset)
        """
        return try reader.all(
            Line.self,
            """
            SELECT publication.id, publication.slug, publication.title, publication.lede, publication.kind, publication.authors,
                publication.license, territory.name AS territory, programme.title AS programme, publication.version,
                publication.opened_at, publication.updated_at
            FROM publication JOIN territory ON territory.id = publication.territory_id JOIN programme ON programme.id = publication.programme_id
            WHERE publication.id IN (\(chosen)) ORDER BY \(order)
            """)
    }

    /// In this order: the other way round, the whole site would be read to find twenty.
    private static let tables: SQL = "publication CROSS JOIN access"

    private static func conditions(_ wish: Wish, _ reader: any Reader, _ request: Request) throws -> SQL {
        var all: [SQL] = [
            "access.object_id = publication.id", "publication.opened_at IS NOT NULL AND publication.unpublished_at IS NULL",
            request.site.policy.condition(.see, request.viewer),
        ]
        if let territory = wish.territory {
            // Found first: by one identifier, an index gives them in their order.
            let ids = try reader.texts("SELECT id FROM territory WHERE slug = \(territory) ORDER BY id")
            all.append("publication.territory_id IN \(list: ids)")
        }
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
