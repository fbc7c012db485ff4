import Community
import Database
import Formats
import Platform

/// The excerpts of a programme that one person may read, as they were filtered.
struct ExcerptShelf: Sendable {
    /// An excerpt with the names to show.
    struct Line: Sendable {
        let excerpt: Excerpt
        let allowance: Allowance
        let visit: String
        let dimension: String?
    }

    let programme: Programme
    let lines: [Line]
    /// The visits and the dimensions to choose from: those of what this person may read.
    let visits: [(value: String, label: String)]
    let dimensions: [(value: String, label: String)]
    /// Whether this person records consents here: they get the file.
    let isStaff: Bool
    /// Whether there are older ones than those looked at.
    let isCapped: Bool

    /// So many of the newest are looked at for a page; filters find the others.
    static let ceiling = 1_000

    /// Filters of the address: `state`, `visit`, `dimension`.
    /// - Parameter whole: everything, for a file.
    /// - Throws: `NotFound`
    static func load(_ request: Request, whole: Bool = false, _ reader: any Reader) throws -> ExcerptShelf {
        let programme = try ProgrammeFrame.load(request["programme"], reader, request)
        let (visit, dimension) = (request.query.optional("visit"), request.query.optional("dimension"))
        let readable = request.site.policy.condition(.see, request.viewer)
        var only: SQL = visit.map { " AND excerpt.visit_id = \($0)" } ?? ""
        if let dimension { only = only + " AND excerpt.dimension_id = \(dimension)" }
        let names = try reader.all(
            ExcerptNames.self,
            """
            SELECT excerpt.id, visit.name AS visit, dimension.name AS dimension FROM excerpt
            JOIN access ON access.object_id = excerpt.id JOIN visit ON visit.id = excerpt.visit_id
            LEFT JOIN dimension ON dimension.id = excerpt.dimension_id
            WHERE excerpt.programme_id = \(programme.id) AND \(readable)\(only)
            ORDER BY excerpt.created_at DESC, excerpt.id DESC LIMIT \(whole ? 100_000 : ceiling + 1)
            """)
        let excerpts = try ExcerptQueries.excerpts(names.map(\.id), reader)
        let byId = Dictionary(uniqueKeysWithValues: excerpts.map { ($0.id, $0) })
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        let state = request.query.optional("state").flatMap(Allowance.init)
        let lines = names.prefix(whole ? .max : ceiling).compactMap { name -> Line? in
            guard let excerpt = byId[name.id], let allowance = allowances[name.id], !allowance.isHidden else { return nil }
            guard state == nil || state == allowance else { return nil }
            return Line(excerpt: excerpt, allowance: allowance, visit: name.visit, dimension: name.dimension)
        }
        return ExcerptShelf(
            programme: programme, lines: lines,
            visits: try choices("visit WHERE visit.programme_id = \(programme.id)", "visit", readable, reader),
            dimensions: try choices(
                "dimension JOIN grid ON grid.id = dimension.grid_id WHERE grid.programme_id = \(programme.id)", "dimension", readable, reader),
            isStaff: request.site.policy.allows(.recordConsent, request.viewer, on: programme.community),
            isCapped: !whole && names.count > ceiling)
    }

    /// Those that have an excerpt which this person may read, in the order of their names.
    private static func choices(
        _ tables: SQL, _ name: String, _ readable: SQL, _ reader: any Reader
    ) throws -> [(value: String, label: String)] {
        let table = SQL(text: name)
        let found = try reader.all(
            Choice.self,
            """
            SELECT \(table).id, \(table).name FROM \(tables) AND EXISTS (SELECT 1 FROM excerpt
                JOIN access ON access.object_id = excerpt.id WHERE excerpt.\(table)_id = \(table).id AND \(readable))
            """)
        return found.sorted { French.sortKey($0.name) < French.sortKey($1.name) }.map { (value: $0.id, label: $0.name) }
    }
}

private struct ExcerptNames: Decodable {
    var id: String
    var visit: String
    var dimension: String?
}

private struct Choice: Decodable {
    var id: String
    var name: String
}
