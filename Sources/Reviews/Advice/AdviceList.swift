import Community
import Database
import Formats
import Platform
import Visits

/// The advice that a programme's visits left, for whoever may read them: a list to filter, and its export.
enum AdviceList {
    struct Line: Sendable {
        let visit: Visit
        let advice: Advice
    }

    static let size = 20
    /// Beside the states: those to ask about now.
    static let due = "a-suivre"

    static func show(_ request: Request) async throws -> Response {
        let (programme, lines) = try await load(request)
        let words = request.words
        let shown = wanted(lines, request)
        let page = Paged(shown, by: size, request)
        let form = FormView(request, values: request.query)
        let states =
            [(value: "", label: words("reviews.list.every")), (value: due, label: words("reviews.list.due"))]
            + Advice.State.allCases.map { (value: $0.rawValue, label: words.name("reviews.state", of: $0)) }
        let filters: Markup = """
            <form class="filters no-print" method="get">\(form.input("q", words("reviews.list.search"), type: "search"))\(form.select("etat", words("reviews.list.state"), options: states))<button class="button quiet">\(words("reviews.list.filter"))</button></form>
            """
        let items = page.items.map { line -> Markup in
            """
            <li><h2><a href="\(line.visit.path)/bilan#conseil-\(line.advice.id)">\(line.advice.text)</a></h2><p class="meta">\(AdviceViews.state(line.advice.state, words)) \(line.visit.name)\(AdviceViews.due(line.advice, on: request.now.day(), words).map { " · \($0)" })</p>\(line.advice.answer.map { "<p>\($0.words)</p>" as Markup })</li>
            """
        }
        let list: Markup =
            lines.isEmpty
            ? "<div class=\"empty\"><h2>\(words("reviews.list.emptyTitle"))</h2><p>\(words("reviews.list.emptyText"))</p></div>"
            : """
            \(filters)\(items.isEmpty ? "<p>\(words("reviews.list.noneFound"))</p>" : "<ol class=\"entries\">\(items)</ol>" as Markup)
            \(request.pages(of: page))\(request.exports("\(programme.path)/conseils/export"))
            """
        let title = words("reviews.list.title")
        return .page(
            programme.page(
                title, at: "/visites", crumbs: [Crumb(words("visits.crumb.visits"), "\(programme.path)/visites")], request,
                "<h1>\(title)</h1><p class=\"lede\">\(words("reviews.list.lede"))</p>\(list)"))
    }

    static func export(_ request: Request) async throws -> Response {
        let (programme, lines) = try await load(request)
        let words = request.words
        let header = ["visit", "advice", "author", "state", "answer", "answeredBy", "answeredOn", "due", "outcome", "told"].map { words("reviews.column.\($0)") }
        let rows = wanted(lines, request).map { line -> [String] in
            let (advice, answer, told) = (line.advice, line.advice.answer, line.advice.followUp)
            return [
                line.visit.name, advice.text, advice.row.author, words.name("reviews.state", of: advice.state), answer?.words ?? "",
                answer?.name ?? "", answer?.at.day().iso ?? "", advice.row.due.iso,
                told.map { words.name("reviews.outcome", of: $0.outcome) } ?? "", told?.words ?? "",
            ]
        }
        return try .table(header: header, rows: rows, named: "conseils-\(programme.slug)", request)
    }

    /// On the page of the programme: how many, where they stand.
    static let panel = Panel(on: "programme", rank: 30) { programmeId, request in
        let (programme, lines) = try await request.site.database.read { reader in
            (try Programme.load(id: programmeId, reader), try all(of: programmeId, reader, request))
        }
        guard !lines.isEmpty else { return .empty }
        let words = request.words
        let counts = Advice.State.allCases.compactMap { state -> String? in
            let count = lines.count { $0.advice.state == state }
            return count == 0 ? nil : "\(words.name("reviews.state", of: state)) (\(words.number(count)))"
        }
        return """
            <section><h2>\(words("reviews.list.title"))</h2><p>\(words("reviews.list.count", ["n": lines.count])) \(counts.joined(separator: " · "))</p>
            <p class="acts no-print"><a class="button quiet" href="\(programme.path)/conseils">\(words("reviews.list.open"))</a></p></section>
            """
    }

    private static func load(_ request: Request) async throws -> (Programme, [Line]) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard try VisitQueries.opens(programme.id, reader, request) else { throw NotFound() }
            return (programme, try all(of: programme.id, reader, request))
        }
    }

    private static func all(of programmeId: String, _ reader: any Reader, _ request: Request) throws -> [Line] {
        let reviews = try reader.texts(
            """
            SELECT review.id FROM review JOIN access ON access.object_id = review.id
            WHERE review.programme_id = \(programmeId) AND closed_at IS NOT NULL AND \(request.site.policy.condition(.see, request.viewer))
            """)
        guard !reviews.isEmpty else { return [] }
        let advice = Dictionary(grouping: try AdviceQueries.of(reviews, reader), by: \.row.reviewId)
        let places = try reader.all(Place.self, "SELECT id, visit_id FROM review WHERE id IN \(list: reviews)")
        let byVisit = Dictionary(uniqueKeysWithValues: places.map { ($0.visitId, $0.id) })
        return try VisitQueries.all(ids: places.map(\.visitId), reader).flatMap { visit in
            (byVisit[visit.id].flatMap { advice[$0] } ?? []).map { Line(visit: visit, advice: $0) }
        }
    }

    private struct Place: Decodable {
        var id: String
        var visitId: String
    }

    private static func wanted(_ lines: [Line], _ request: Request) -> [Line] {
        let state = request.query.line("etat")
        let asked = French.fold(request.query.line("q")).split(separator: " ")
        let today = request.now.day()
        return lines.filter { line in
            guard state.isEmpty || (state == due ? line.advice.isToFollow(on: today) : line.advice.state.rawValue == state) else { return false }
            let said = French.fold("\(line.visit.name) \(line.advice.text) \(line.advice.answer?.words ?? "")")
            return asked.allSatisfy { said.contains($0) }
        }
    }
}
