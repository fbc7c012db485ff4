import Database
import Formats
import Platform
import Visits

/// The review of a visit: four parts that several people write at once, then the record, its advice and their answers.
enum ReviewPage {
    static func show(_ request: Request, _ open: OpenReview) async throws -> Response {
        .page(try await page(request, open))
    }

    static func show(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        .page(try await page(request, open))
    }

    /// All that the page shows.
    struct Facts: Sendable {
        var review: Review
        var lines: [ReviewLine]
        var removed: [ReviewLine]
        var people: [ReviewPerson]
        var advice: [Advice]
        var closer: String?

        static func load(_ id: String, _ reader: any Reader, _ request: Request) throws -> Facts {
            let review = try ReviewQueries.load(id, reader)
            return Facts(
                review: review, lines: try ReviewQueries.lines(id, reader),
                removed: review.isClosed ? [] : try ReviewQueries.removed(id, of: request.viewer.personId, reader),
                people: try ReviewQueries.people(id, reader), advice: review.isClosed ? try AdviceQueries.of(id, reader) : [],
                closer: try review.closedBy.flatMap { try reader.text("SELECT name FROM person WHERE id = \($0)") })
        }
    }

    /// - Parameter typed: what stands in the forms that came back refused.
    static func page(_ request: Request, _ open: OpenReview, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let words = request.words
        let title = words("reviews.title")
        guard let review = open.review else { return open.page(title, request, notBegun(open, request)) }
        let facts = try await request.site.database.read { try Facts.load(review.id, $0, request) }
        let content: Markup =
            facts.review.isClosed
            ? RecordViews(request: request, open: open, facts: facts).content
                + AdviceViews(request: request, open: open, advice: facts.advice, typed: typed, problems: problems).section
                + (open.isGuest ? DisownedLink.section(open.base, request) : .empty)
            : FormViews(request: request, open: open, facts: facts, typed: typed, problems: problems).content
        return open.page(title, request, content).with { page in
            page.notice = Done.notice(request)
            page.kept = kept(request, review)
            if !facts.review.isClosed { page.assets = ["live.js"] }
        }
    }

    /// What the browser may forget: it has arrived.
    private static func kept(_ request: Request, _ review: Review) -> [String] {
        switch request.query["fait"].flatMap(Done.init) {
        case .added: request.query["partie"].flatMap(Review.Part.init).map { ["review-\(review.id)-\($0.rawValue)"] } ?? []
        case .answered: ["advice-\(review.id)"]
        default: []
        }
    }

    /// What it is for, and the button that begins it.
    private static func notBegun(_ open: OpenReview, _ request: Request) -> Markup {
        let words = request.words
        let parts = Review.Part.allCases.map { "<li>\(words.name("reviews.part", of: $0))</li>" as Markup }
        return """
            <h1>\(words("reviews.title"))</h1><p class="lede">\(words("reviews.lede"))</p>
            <div class="empty"><h2>\(words("reviews.notBegun.title"))</h2><p>\(words("reviews.notBegun.text"))</p><ul>\(parts)</ul>\
            \(request.act(open.base, words("reviews.act.begin"), style: "button"))</div>
            """
    }

    /// The page where an officer enters what the host answered otherwise.
    static func record(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        guard open.allows(.recordAnswer, request) else { throw Forbidden(.recordAnswer) }
        return .page(try await recording(request, open, typed: nil, problems: []))
    }

    static func recording(_ request: Request, _ open: OpenReview, typed: Fields?, problems: [Problem]) async throws -> Page {
        let words = request.words
        let (advice, people) = try await request.site.database.read { reader in
            (try AdviceQueries.of(open.review?.id ?? "", reader), try Delegation.people(open.visit, reader).host)
        }
        let form = FormView(request, values: typed ?? AdviceForm.values(advice), problems: problems)
        let who: Markup =
            form.select("person", words("reviews.record.who"), options: [("", words("reviews.record.choose"))] + people.map { ($0.id, $0.said) })
            + form.choices("channel", words("reviews.record.how"), options: Advice.Channel.allCases.map { ($0.rawValue, words.name("reviews.channel", of: $0)) })
        let title = words("reviews.record.title")
        let content: Markup =
            people.isEmpty
            ? "<p class=\"notice warning\">\(words("reviews.record.nobody")) <a href=\"\(open.visit.path)/groupe\">\(words("visits.act.group"))</a></p>"
            : form.form(
                to: "\(open.base)/saisie", button: words("reviews.record.button"), cancel: open.base, who + AdviceViews.questions(advice, form, words))
        return open.page(title, request, "<h1>\(title)</h1><p class=\"lede\">\(words("reviews.record.lede"))</p>\(content)")
    }

    /// The record as a table.
    static func export(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let lines = try await request.site.database.read { try ReviewQueries.lines(review.id, $0) }
        let words = request.words
        let header = ["part", "about", "text", "author", "writtenAt"].map { words("reviews.column.\($0)") }
        let rows = Review.Part.allCases.flatMap { part in
            lines.filter { $0.part == part }.map { [words.name("reviews.part", of: part), $0.about ?? "", $0.text, $0.author, $0.writtenAt.rfc3339] }
        }
        return try .table(header: header, rows: rows, named: "bilan-\(open.visit.slug)", request)
    }
}
