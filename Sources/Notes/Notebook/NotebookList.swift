import Community
import Database
import Formats
import Platform
import Visits

/// « Notes et extraits » of a programme: the notebooks of the visits one is part of.
enum NotebookList {
    private static let size = 30

    static func show(_ request: Request) async throws -> Response {
        let (programme, visits, counts) = try await request.site.database.read { reader in
            let programme = try Programme.load(request["programme"], reader, request)
            let own = try OpenNotebook.own(in: programme.id, request.viewer, reader)
            let visits = Paged(
                try VisitQueries.all(of: programme.id, reader, request)
                    .filter { request.viewer.isMember(of: $0.delegationId) || own.contains($0.id) }, by: size, request)
            return (programme, visits, try noteCounts(visits.items.map(\.id), reader, request))
        }
        let words = request.words
        let items = visits.items.map { visit -> Markup in
            "<li><h3><a href=\"\(visit.path)/notes\">\(visit.name)</a></h3><p class=\"meta\">\(words("notes.panel.count", ["n": counts[visit.id] ?? 0]))</p></li>"
        }
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h3>\(words("notes.list.empty.title"))</h3><p>\(words("notes.list.empty.text"))</p></div>"
            : "<ol class=\"entries\">\(items)</ol>\(request.pages(of: visits))"
        let panels = try await request.site.panels(on: "notes", of: programme.id, request)
        return .page(
            programme.page(
                words("notes.list.title"), at: "/notes", request,
                """
                <h1>\(words("notes.list.title"))</h1><p class="lede">\(words("notes.list.lede"))</p>
                <section><h2>\(words("notes.list.notebooks"))</h2>\(list)</section>\(panels)
                """))
    }

    /// How many notes this person may read, by visit, in one query.
    private static func noteCounts(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: Int] {
        let counts = try reader.all(
            NoteCount.self,
            """
            SELECT visit_id, count(*) AS notes FROM note_block JOIN access ON access.object_id = note_block.id
            WHERE visit_id IN \(list: visitIds) AND \(BegunNote.excluded) AND \(request.site.policy.condition(.see, request.viewer)) GROUP BY visit_id
            """)
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.visitId, $0.notes) })
    }
}

private struct NoteCount: Decodable {
    var visitId: String
    var notes: Int
}
