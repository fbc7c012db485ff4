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

    /// Filters of the address: `state`, `visit`, `dimension`.
    /// - Throws: `NotFound`
    static func load(_ request: Request, _ reader: any Reader) throws -> ExcerptShelf {
        let programme = try ProgrammeFrame.load(request["programme"], reader, request)
        let names = try reader.all(
            ExcerptNames.self,
            """
            SELECT excerpt.id, excerpt.visit_id, visit.name AS visit, excerpt.dimension_id, dimension.name AS dimension FROM excerpt
            JOIN access ON access.object_id = excerpt.id JOIN visit ON visit.id = excerpt.visit_id
            LEFT JOIN dimension ON dimension.id = excerpt.dimension_id
            WHERE excerpt.programme_id = \(programme.id) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY excerpt.created_at DESC, excerpt.id DESC
            """)
        let excerpts = try ExcerptQueries.excerpts(names.map(\.id), reader)
        let byId = Dictionary(uniqueKeysWithValues: excerpts.map { ($0.id, $0) })
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        let (visit, dimension) = (request.query.optional("visit"), request.query.optional("dimension"))
        let state = request.query.optional("state").flatMap(Allowance.init)
        let lines = names.compactMap { name -> Line? in
            guard let excerpt = byId[name.id], let allowance = allowances[name.id], !allowance.isHidden else { return nil }
            guard visit == nil || visit == name.visitId, dimension == nil || dimension == name.dimensionId,
                state == nil || state == allowance
            else { return nil }
            return Line(excerpt: excerpt, allowance: allowance, visit: name.visit, dimension: name.dimension)
        }
        return ExcerptShelf(
            programme: programme, lines: lines, visits: choices(names.map { ($0.visitId, $0.visit) }),
            dimensions: choices(names.compactMap { name in name.dimensionId.flatMap { id in name.dimension.map { (id, $0) } } }),
            isStaff: request.site.policy.allows(.recordConsent, request.viewer, on: programme.community))
    }

    private static func choices(_ pairs: [(String, String)]) -> [(value: String, label: String)] {
        Dictionary(pairs) { first, _ in first }.sorted { French.sortKey($0.value) < French.sortKey($1.value) }
            .map { (value: $0.key, label: $0.value) }
    }
}

private struct ExcerptNames: Decodable {
    var id: String
    var visitId: String
    var visit: String
    var dimensionId: String?
    var dimension: String?
}
