import Community
import Database
import Formats
import Platform

/// The grid on the first page of a programme: its dimensions, and the way to its questions.
enum GridPanel {
    static let panel = Panel(on: "programme", rank: 60) { programmeId, request in
        let (programme, core) = try await request.site.database.read { reader in
            (try Programme.load(id: programmeId, reader), try Grids.core(programmeId, reader))
        }
        let words = request.words
        guard let core, !core.content.dimensions.isEmpty else {
            // Whoever may propose one is shown where.
            guard request.site.policy.allows(.writeGrid, request.viewer, on: programme.community) else { return .empty }
            return """
                <section><h2>\(words("grids.panel.title"))</h2><p>\(words("grids.page.start"))</p><p><a href="\(programme.path)/grille">\(words("grids.page.prepare"))</a></p></section>
                """
        }
        let items = core.content.dimensions.map { dimension -> Markup in
            let count = dimension.questions.count
            let asked = count == 0 ? "" : "(\(words("grids.panel.questions", ["n": count])))"
            return "<li>\(dimension.name) \(asked)</li>"
        }
        return """
            <section><h2>\(words("grids.panel.title"))</h2><ol>\(items)</ol><p><a href="\(programme.path)/grille">\(words("grids.panel.link"))</a></p></section>
            """
    }
}
