import Database
import Formats
import Grids
import Platform
import Texts

/// Saying why a dimension has nothing in a text.
enum CoverageActs {
    /// Gives a dimension the reason of its blank, or takes it back when it is empty.
    static func explain(_ request: Request) async throws -> Response {
        let textId = request["text"]
        let form = request.form
        try await request.site.amend(as: "text.blank", by: request.actor) { change in
            try change.require(.writeSynthesis, on: textId)
            let text = try TextQueries.text(textId, change)
            let dimension = form.line("dimension")
            guard text.kind.isPublishable, try Grids.dimensions(text.programmeId, change).contains(where: { $0.id == dimension })
            else { throw NotFound() }
            try TextBlanks.set(String(form.line("reason").prefix(500)), dimension: dimension, of: textId, in: change)
        }
        let section = form.line("editing")
        let isSection = TextKind.synthesis.sections.contains(section)
        return .redirect("/textes/\(textId)\(isSection ? "/sections/\(section)/modifier" : "")#couverture")
    }
}
