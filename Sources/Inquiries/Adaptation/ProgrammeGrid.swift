import Database
import Formats
import Grids
import Platform
import Visits

/// The grid of a visit in the programme that its people take along: what it asks, what it asks otherwise, what it passes over; on the
/// page, in the file kept on a telephone and in the PDF alike.
enum ProgrammeGrid {
    static let panel = Panel(on: ProgrammePage.place, rank: 10) { visitId, request in
        guard let grid = try await grid(visitId, request) else { return .empty }
        let words = request.words
        let parts = grid.parts.map { part -> Markup in
            let asked = asked(part).map { item in "<li>\(item.text)\(remark(item, words).map { " <span class=\"badge\">\($0)</span>" as Markup } ?? .empty)</li>" as Markup }
            let list: Markup = asked.isEmpty ? "<p class=\"meta\">\(part.description)</p>" : "<ul>\(asked)</ul>"
            return "<div><h3>\(part.name)</h3>\(list)</div>"
        }
        let passed: Markup = skipped(grid, words).map { "<p class=\"meta\">\($0)</p>" } ?? .empty
        return "<div class=\"sides\">\(parts)</div>\(passed)"
    }

    static let leaf = Leaf(in: ProgrammePage.place) { visitId, request in
        guard let grid = try await grid(visitId, request) else { return [] }
        let words = request.words
        let parts = grid.parts.map { part -> Prose.Block in
            let asked = asked(part).map { item in remark(item, words).map { "\(item.text) (\($0))" } ?? item.text }
            let text = asked.isEmpty ? part.description : asked.joined(separator: " ")
            return .paragraph([.strong("\(part.name)\(words("visits.paper.colon")) "), .text(text)])
        }
        return parts + (skipped(grid, words).map { [.paragraph([.text($0)])] } ?? [])
    }

    /// Nil while the programme has no question.
    private static func grid(_ visitId: String, _ request: Request) async throws -> VisitGrid? {
        try await request.site.database.read { reader in
            let visit = try VisitQueries.load(id: visitId, reader)
            guard try Grids.core(visit.programmeId, reader)?.content.hasQuestions == true else { return nil }
            return try OpenInquiry.load(visit, request, reader).grid
        }
    }

    private static func asked(_ part: VisitGrid.Part) -> [VisitGrid.Item] { part.items.filter { $0.skipped == nil } }

    /// « ajoutée ici », « dite autrement ».
    private static func remark(_ item: VisitGrid.Item, _ words: Words) -> String? {
        item.origin == .core ? nil : words.name("inquiries.origin", of: item.origin)
    }

    private static func skipped(_ grid: VisitGrid, _ words: Words) -> String? {
        let count = grid.items.count { $0.skipped != nil }
        return count == 0 ? nil : words("inquiries.sheet.skipped", ["n": count])
    }
}
