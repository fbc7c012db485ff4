import Database
import Formats
import Grids
import Platform
import Visits

/// « Questions réellement abordées », after the visit: by dimension, with the reasons for blanks.
enum CoveragePage {
    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response { .page(try await page(request, open)) }

    private static func load(_ request: Request, _ open: OpenInquiry) async throws -> Coverage {
        try await request.site.database.read { reader in
            Coverage(
                try AnswerQueries.choices(open, reader), counts: try AnswerQueries.counts([open.visit.id], reader, request)[open.visit.id] ?? [:],
                reasons: try AnswerQueries.reasons(open.visit.id, reader))
        }
    }

    static func page(_ request: Request, _ open: OpenInquiry, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let coverage = try await load(request, open)
        let view = CoverageView(request: request, open: open, coverage: coverage, values: values, problems: problems)
        return open.page(request.words("inquiries.coverage.title"), request, view.content).with { $0.problems = problems }
    }

    /// Says why a question has no answer; a later reason takes its place.
    static func explain(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let (form, question, visit) = (request.form, request["question"], open.visit)
        return try await request.attempt {
            try await request.site.amend(as: "question.explained", by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: visit.id)
                guard try AnswerQueries.choices(open, change).contains(where: { $0.id == question }) else { throw NotFound() }
                let reason = form.text("reason")
                guard reason.contains(where: { !$0.isWhitespace }) else { throw Refused("inquiries.refusal.noReason", field: "reason") }
                guard CodePoints.count(reason) <= GridChange.reasonLimit else {
                    throw Refused("grids.refusal.tooLong", ["n": GridChange.reasonLimit], field: "reason")
                }
                try change.run(
                    """
                    INSERT INTO question_blank (visit_id, question_id, reason, noted_by, noted_at)
                    VALUES (\(visit.id), \(question), \(reason), \(change.actor.personId), \(change.now))
                    ON CONFLICT (visit_id, question_id) DO UPDATE SET reason = excluded.reason, noted_by = excluded.noted_by,
                        noted_at = excluded.noted_at
                    """)
                try change.trace("visit", visit.id, programme: visit.programmeId, ["question": question])
            }
            return .redirect(Done.path(open.coverage, .reasoned) + "#\(question)")
        } otherwise: { problems in
            var values = form
            values.set("question", to: question)
            return try await page(request, open, values: values, problems: problems)
        }
    }

    static func export(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let (coverage, words) = (try await load(request, open), request.words)
        let rows = coverage.lines.map { line in
            [
                line.choice.key, line.choice.dimension, line.choice.text, AnswersPage.state(line.choice, words), words.name("inquiries.state", of: line.state),
                String(line.answers), String(line.encounters), line.reason ?? "", words(line.isComparable ? "inquiries.coverage.yes" : "inquiries.coverage.no"),
            ]
        }
        let columns = ["key", "dimension", "question", "state", "taken", "answers", "encounters", "reason", "comparable"]
        return try .table(header: columns.map { words("inquiries.column.\($0)") }, rows: rows, named: "questions-\(open.visit.slug)", request)
    }
}

/// The pieces of the page of questions taken up.
struct CoverageView {
    let request: Request
    let open: OpenInquiry
    let coverage: Coverage
    let values: Fields
    let problems: [Problem]
    private var words: Words { request.words }

    var content: Markup {
        let (asIs, reworded, own) = coverage.comparable
        var groups: [(name: String, lines: [Coverage.Line])] = []
        for line in coverage.lines {
            if groups.last?.name == line.choice.dimension { groups[groups.count - 1].lines.append(line) } else { groups.append((line.choice.dimension, [line])) }
        }
        let sections = groups.map { group -> Markup in
            "<section><h2>\(group.name)</h2><ul class=\"rows\">\(group.lines.map(item))</ul></section>"
        }
        let missing: Markup =
            coverage.count(.blank) == 0 ? .empty : "<div class=\"next\"><p><strong>\(words("inquiries.coverage.missing", ["n": coverage.count(.blank)]))</strong></p></div>"
        return """
            <h1>\(words("inquiries.coverage.title"))</h1><p class="lede">\(words("inquiries.coverage.lede", ["n": coverage.count(.addressed), "all": coverage.lines.count]))</p>
            <p>\(words("inquiries.coverage.comparable", ["asIs": asIs, "reworded": reworded, "own": own]))</p><p class="meta">\(words("inquiries.coverage.read"))</p>\(missing)
            \(request.exports("\(open.coverage)/export"))\(sections)
            """
    }

    private func item(_ line: Coverage.Line) -> Markup {
        let mark = line.state == .addressed ? "validated" : line.state == .explained ? "waiting" : "none"
        let origin: Markup = line.choice.origin == .core && !line.choice.isRetired ? .empty : " <span class=\"badge\">\(AnswersPage.state(line.choice, words))</span>"
        let detail: Markup =
            line.answers > 0
            ? " <span class=\"meta\">\(words("inquiries.coverage.answers", ["answers": line.answers, "encounters": line.encounters]))</span>"
            : line.reason.map { "<p class=\"meta\">\($0)</p>" } ?? .empty
        return """
            <li id="\(line.choice.id)">\(line.choice.text)\(origin) <span class="state" data-state="\(mark)">\(words.name("inquiries.state", of: line.state))</span>\(detail)\(form(line))</li>
            """
    }

    private func form(_ line: Coverage.Line) -> Markup {
        guard line.answers == 0, line.choice.skipped == nil else { return .empty }
        let isTyped = values["question"] == line.choice.id
        let form = FormView(request, values: isTyped ? values : Fields([("reason", line.reason ?? "")]), problems: isTyped ? problems : [])
        return """
            <details class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("inquiries.coverage.why"))</summary>\(form.form(to: "\(open.coverage)/\(line.choice.id)/raison", button: words("inquiries.coverage.button"), style: "button quiet", form.input("reason", words("inquiries.coverage.reason"), isRequired: true, id: "reason-\(line.choice.id)")))</details>
            """
    }
}
