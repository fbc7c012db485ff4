import Community
import Database
import Formats
import Platform

/// The grid on the first page of a programme: its dimensions, and the way to its questions.
enum GridPanel {
    static let panel = Panel(on: "programme", rank: 60) { programmeId, request in
        let shown = try await request.site.database.read { reader in
            (
                try Programme.load(id: programmeId, reader), try Grids.dimensions(programmeId, reader),
                try Grids.questions(programmeId, reader)
            )
        }
        let (programme, dimensions, questions) = shown
        guard !dimensions.isEmpty else { return .empty }
        let words = request.words
        let items = dimensions.map { dimension -> Markup in
            let count = questions[dimension.id]?.count ?? 0
            let asked = count == 0 ? "" : "(\(words("grids.panel.questions", ["n": count])))"
            return "<li>\(dimension.name) \(asked)</li>"
        }
        return """
            <section><h2>\(words("grids.panel.title"))</h2><ol>\(items)</ol><p><a href="\(programme.path)/grille">\(words("grids.panel.link"))</a></p></section>
            """
    }
}
