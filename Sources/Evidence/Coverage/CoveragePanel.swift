import Database
import Formats
import Platform
import Texts

/// The meter of a synthesis: which dimensions it covers, which blanks have a reason.
enum CoveragePanel {
    static let panels = [
        Panel(on: "text-side", rank: 30) { textId, request in try await render(textId, request, isFolded: true) },
        Panel(on: "text", rank: 10) { textId, request in try await render(textId, request, isFolded: false) },
    ]

    private static func render(_ textId: String, _ request: Request, isFolded: Bool) async throws -> Markup {
        let (coverage, mayWrite) = try await request.site.database.read { reader -> (Coverage?, Bool) in
            let text = try TextQueries.text(textId, reader)
            guard text.kind.isPublishable, let thing = try reader.protection(of: textId) else { return (nil, false) }
            return (
                try Coverage.of(text, reader), request.site.policy.allows(.writeSynthesis, request.viewer, on: thing)
            )
        }
        guard let coverage, !coverage.lines.isEmpty else { return .empty }
        return view(coverage, mayWrite: mayWrite, isFolded: isFolded, request)
    }

    private static func view(_ coverage: Coverage, mayWrite: Bool, isFolded: Bool, _ request: Request) -> Markup {
        let words = request.words
        let highest = max(1, coverage.lines.map(\.quotations).max() ?? 1)
        let lines = coverage.lines.map { line -> Markup in
            let count = words("evidence.coverage.count", ["n": line.quotations])
            let detail: Markup =
                line.quotations > 0
                ? .text(count)
                : line.reason.map { "\(words("evidence.coverage.blank")) : <em>\($0)</em>" }
                    ?? .text(words("evidence.coverage.missing"))
            return """
                <li\(Markup.attribute("class", value: line.quotations == 0 ? "blank" : nil))>\(line.name) <meter min="0" max="\(highest)" value="\(line.quotations)" aria-label="\(line.name)">\(count)</meter> <span>\(detail)</span></li>
                """
        }
        let sum = words("evidence.coverage.sum", ["n": coverage.covered, "count": coverage.lines.count])
        let meters: Markup = "<ul class=\"meters\">\(lines)</ul>\(mayWrite ? form(coverage, request) : .empty)"
        // Beside the editor the notes come first: the bars wait under their sentence.
        let body: Markup = isFolded ? "<details><summary>\(sum)</summary>\(meters)</details>" : "<p>\(sum)</p>\(meters)"
        return "<section id=\"couverture\"><h2>\(words("evidence.coverage.title"))</h2>\(body)</section>"
    }

    private static func form(_ coverage: Coverage, _ request: Request) -> Markup {
        let blanks = coverage.lines.filter { $0.quotations == 0 }
        guard !blanks.isEmpty else { return .empty }
        let words = request.words
        let form = FormView(request)
        let fields =
            form.select("dimension", words("evidence.fact.dimension"), options: blanks.map { ($0.dimensionId, $0.name) })
            + form.input("reason", words("evidence.coverage.reason"), hint: words("evidence.coverage.reasonHint"))
            + form.hidden("editing", request["section"])
        return """
            <details class="no-print"><summary>\(words("evidence.coverage.open"))</summary>\(form.form(to: "/textes/\(coverage.textId)/blancs", button: words("evidence.coverage.button"), style: "button quiet", fields))</details>
            """
    }
}
