import Community
import Database
import Formats
import Platform
import Visits

/// « Notes et extraits » of a programme: the notebooks of the visits one is part of.
enum NotebookList {
    static func show(_ request: Request) async throws -> Response {
        let (programme, visits, counts) = try await request.site.database.read { reader in
            let programme = try Programme.load(request["programme"], reader, request)
            let visits = try VisitQueries.all(of: programme.id, reader, request)
                .filter { try request.viewer.isMember(of: $0.delegationId) || OpenNotebook.hasOwn($0.id, request.viewer, reader) }
            let counts = try visits.map { visit in
                try reader.count(
                    """
                    SELECT count(*) FROM note_block JOIN access ON access.object_id = note_block.id
                    WHERE visit_id = \(visit.id) AND \(request.site.policy.condition(.see, request.viewer))
                    """)
            }
            return (programme, visits, counts)
        }
        let words = request.words
        let items = zip(visits, counts).map { visit, count -> Markup in
            "<li><h3><a href=\"\(visit.path)/notes\">\(visit.name)</a></h3><p class=\"meta\">\(words("notes.panel.count", ["n": count]))</p></li>"
        }
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h3>\(words("notes.list.empty.title"))</h3><p>\(words("notes.list.empty.text"))</p></div>"
            : "<ol class=\"entries\">\(items)</ol>"
        let panels = try await request.site.panels(on: "notes", of: programme.id, request)
        return .page(
            programme.page(
                words("notes.list.title"), at: "/notes", request,
                """
                <h1>\(words("notes.list.title"))</h1><p class="lede">\(words("notes.list.lede"))</p>
                <section><h2>\(words("notes.list.notebooks"))</h2>\(list)</section>\(panels)
                """))
    }
}
