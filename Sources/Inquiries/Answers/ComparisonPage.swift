import Community
import Database
import Formats
import Grids
import Platform
import Visits

/// What can be compared across visits: each question of the common grid, retired ones too, by the visits whose notes this person
/// reads.
enum ComparisonPage {
    struct Table: Sendable {
        let visits: [Visit]
        let rows: [Row]
    }

    struct Row: Sendable {
        let question: AskedQuestion
        let cells: [Cell]
    }

    enum Cell: Sendable, Equatable {
        case answers(Int, isReworded: Bool)
        case reason(String)
        case nothing
    }

    static func show(_ request: Request) async throws -> Response {
        let (programme, table) = try await load(request)
        let words = request.words
        let title = words("inquiries.comparison.title")
        let head = table.visits.map { "<th scope=\"col\"><a href=\"\($0.path)/questions\">\($0.name)</a></th>" as Markup }
        let rows = table.rows.map { row -> Markup in
            let retired: Markup = row.question.isRetired ? " <span class=\"badge\">\(words("inquiries.origin.retired"))</span>" : .empty
            let cells = row.cells.map { "<td>\(said($0, words))</td>" as Markup }
            return "<tr><th scope=\"row\">\(row.question.text)\(retired)</th>\(cells)</tr>"
        }
        let body: Markup =
            table.visits.isEmpty
            ? "<div class=\"empty\"><h2>\(words("inquiries.comparison.emptyTitle"))</h2><p>\(words("inquiries.comparison.emptyText"))</p></div>"
            : """
            \(request.exports("\(programme.path)/grille/comparaison/export"))
            <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table class="table" aria-label="\(title)"><thead><tr><th scope="col">\(words("inquiries.column.question"))</th>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return .page(
            programme.page(
                title, at: "", crumbs: [Crumb(words("grids.page.title"), "\(programme.path)/grille")], request, shape: .wide,
                "<h1>\(title)</h1><p class=\"lede\">\(words("inquiries.comparison.lede"))</p>\(body)"))
    }

    static func export(_ request: Request) async throws -> Response {
        let (programme, table) = try await load(request)
        let words = request.words
        let rows = table.rows.map { row in
            [row.question.key, row.question.dimension, row.question.text, words(row.question.isRetired ? "inquiries.origin.retired" : "inquiries.origin.core")]
                + row.cells.map { said($0, words) }
        }
        let header = ["key", "dimension", "question", "state"].map { words("inquiries.column.\($0)") } + table.visits.map(\.name)
        return try .table(header: header, rows: rows, named: "questions-\(programme.slug)", request)
    }

    private static func said(_ cell: Cell, _ words: Words) -> String {
        switch cell {
        case .answers(let count, let isReworded): words(isReworded ? "inquiries.comparison.reworded" : "inquiries.comparison.answers", ["n": count])
        case .reason(let reason): words("inquiries.comparison.reason", ["reason": reason])
        case .nothing: "—"
        }
    }

    private static func load(_ request: Request) async throws -> (Programme, Table) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard request.site.policy.allows(.see, request.viewer, on: programme.community) else { throw NotFound() }
            // The visits whose notes this person reads, once they took place.
            let visits = try VisitQueries.all(of: programme.id, reader, request).filter { $0.isHeld && request.viewer.isMember(of: $0.delegationId) }
            let counts = try AnswerQueries.counts(visits.map(\.id), reader, request)
            let grids = try Dictionary(uniqueKeysWithValues: visits.map { ($0.id, try Adaptations.grid($0, reader)) })
            let reasons = try Dictionary(uniqueKeysWithValues: visits.map { ($0.id, try AnswerQueries.reasons($0.id, reader)) })
            let rows = try Grids.everyQuestion(programme.id, reader).map { question in
                Row(
                    question: question,
                    cells: visits.map { visit in
                        let item = grids[visit.id]?.item(question.id)
                        if let count = counts[visit.id]?[question.id], count.answers > 0 { return .answers(count.answers, isReworded: item?.origin == .reworded) }
                        return (reasons[visit.id]?[question.id] ?? item?.skipped).map(Cell.reason) ?? .nothing
                    })
            }
            // A question retired without any answer is nobody's matter.
            return (programme, Table(visits: visits, rows: rows.filter { row in !row.question.isRetired || row.cells.contains { $0 != .nothing } }))
        }
    }
}
