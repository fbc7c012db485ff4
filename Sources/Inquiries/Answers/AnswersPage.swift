import Database
import Events
import Formats
import Grids
import Notes
import Platform
import Visits

/// The grid filled in, encounter by encounter: what was said first, freely; the questions it answers after.
enum AnswersPage {
    private static let perPage = 15

    struct Shown: Sendable {
        let encounters: [Encounter]
        let blocks: [NoteBlock]
        let tags: [String: [String]]
        let choices: [AnswerQueries.Choice]
        let pages: Int
    }

    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response { .page(try await page(request, open)) }

    static func page(_ request: Request, _ open: OpenInquiry, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let query = request.method == .get ? request.query : Fields()
        let encounter = query.optional("rencontre") ?? values?.optional("encounter")
        let page = max(1, query.integer("page") ?? 1)
        var filter = NoteFilter()
        filter.isAdded = true
        filter.encounter = encounter
        let shown = try await request.site.database.read { [filter] reader in
            let count = try NoteQueries.count(open.visit.id, filter, reader, request)
            let blocks = try NoteQueries.blocks(open.visit.id, filter, limit: perPage, offset: (page - 1) * perPage, reader, request)
            return Shown(
                encounters: try Encounters.of(open.visit.id, reader), blocks: blocks, tags: try AnswerQueries.tags(of: blocks.map(\.id), reader),
                choices: try AnswerQueries.choices(open, reader), pages: max(1, (count + perPage - 1) / perPage))
        }
        let words = request.words
        let title = words("inquiries.answers.title", ["visit": open.visit.name])
        let view = AnswersView(request: request, open: open, shown: shown, encounter: encounter)
        return open.page(
            words("inquiries.answers.crumb"), request,
            """
            <h1>\(title)</h1><p class="lede">\(words("inquiries.answers.lede"))</p>
            \(view.choose)\(view.reminder)\(view.form(values, problems))
            <section><h2>\(words("inquiries.answers.list"))</h2>\(request.exports("\(open.answers)/export"))\(view.list)\(request.pages(page, of: shown.pages))</section>
            """
        ).with { $0.problems = problems }
    }

    /// Every answer that this person may read, a line a question it answers; those without question too.
    static func export(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        var filter = NoteFilter()
        filter.isAdded = true
        filter.encounter = request.query.optional("rencontre")
        let (blocks, tags, choices) = try await request.site.database.read { [filter] reader in
            let blocks = try NoteQueries.blocks(open.visit.id, filter, limit: 10_000, reader, request)
            return (blocks, try AnswerQueries.tags(of: blocks.map(\.id), reader), try AnswerQueries.choices(open, reader))
        }
        let words = request.words
        let known = Dictionary(uniqueKeysWithValues: choices.map { ($0.id, $0) })
        let rows = blocks.reversed().flatMap { block -> [[String]] in
            let ids = tags[block.id] ?? []
            return (ids.isEmpty ? [nil] : ids.map { known[$0] }).map { choice in
                [
                    choice?.key ?? "", choice?.text ?? "", choice?.dimension ?? "", choice.map { state($0, words) } ?? "", block.encounter ?? "",
                    block.day?.iso ?? "", block.half.map { words("events.half.\($0)") } ?? "", words("notes.manner.\(block.manner.rawValue)"),
                    block.speaker.map { words("events.kind.\($0)") } ?? "", block.author, block.text,
                ]
            }
        }
        let columns = ["key", "question", "dimension", "state", "encounter", "day", "half", "manner", "speaker", "author", "text"]
        return try .table(header: columns.map { words("inquiries.column.\($0)") }, rows: rows, named: "reponses-\(open.visit.slug)", request)
    }

    /// « commune », « reformulée », « ajoutée », « retirée ».
    static func state(_ choice: AnswerQueries.Choice, _ words: Words) -> String {
        choice.isRetired ? words("inquiries.origin.retired") : words.name("inquiries.origin", of: choice.origin)
    }
}

/// The pieces of the page of answers.
struct AnswersView {
    let request: Request
    let open: OpenInquiry
    let shown: AnswersPage.Shown
    let encounter: String?
    private var words: Words { request.words }

    var choose: Markup {
        let all = [("", words("inquiries.answers.all"))] + shown.encounters.map { ($0.id, $0.title) }
        let form = FormView(request, values: Fields([("rencontre", encounter ?? "")]))
        return """
            <form class="filters no-print" method="get" action="\(open.answers)">\(form.select("rencontre", words("inquiries.answers.encounter"), options: all))<button class="button quiet">\(words("inquiries.answers.choose"))</button></form>
            """
    }

    /// What the grid asks, at hand while one writes.
    var reminder: Markup {
        let parts = open.grid.parts.map { part -> Markup in
            let items = part.items.filter { $0.skipped == nil }.map { "<li>\($0.text)</li>" as Markup }
            return items.isEmpty ? .empty : "<li>\(part.name)<ul>\(items)</ul></li>"
        }
        return "<details class=\"no-print\"><summary>\(words("inquiries.answers.reminder"))</summary><ul>\(parts)</ul></details>"
    }

    func form(_ values: Fields?, _ problems: [Problem]) -> Markup {
        let known =
            values
            ?? Fields([
                ("id", Identifier.new(at: request.now)), ("manner", Manner.reworded.rawValue), ("encounter", encounter ?? ""),
            ])
        let form = FormView(request, values: known, problems: problems)
        let manners = Manner.allCases.map { (value: $0.rawValue, label: words("notes.manner.\($0.rawValue)")) }
        let places = [(value: "", label: words("inquiries.answers.later"))] + shown.encounters.map { (value: $0.id, label: $0.title) }
        let fields: [Markup] = [
            form.hidden("id", known["id"] ?? ""), form.area("text", words("inquiries.answers.text"), hint: words("inquiries.answers.textHint"), rows: 6, isRequired: true),
            form.select("encounter", words("inquiries.answers.encounter"), options: places),
            form.select("manner", words("inquiries.answers.manner"), options: manners),
        ]
        return """
            <section><h2>\(words("inquiries.answers.write"))</h2>\(form.form(to: open.answers, button: words("inquiries.answers.button"), keep: "answer-\(open.visit.id)", fields.joined()))</section>
            """
    }

    var list: Markup {
        guard !shown.blocks.isEmpty else { return "<p>\(words("inquiries.answers.none"))</p>" }
        let known = Dictionary(uniqueKeysWithValues: shown.choices.map { ($0.id, $0) })
        let items = shown.blocks.map { block -> Markup in
            let tags = (shown.tags[block.id] ?? []).compactMap { known[$0] }
            let said: Markup =
                tags.isEmpty
                ? "<p class=\"meta\">\(words("inquiries.answers.untagged"))</p>"
                : "<ul>\(tags.map { "<li>\($0.text)\($0.isRetired ? " <span class=\"badge\">\(words("inquiries.origin.retired"))</span>" as Markup : .empty)</li>" as Markup })</ul>"
            let meta = [block.author, block.encounter ?? "", words("notes.manner.\(block.manner.rawValue)")].filter { !$0.isEmpty }
            return """
                <li id="reponse-\(block.id)"><p class="meta">\(meta.joined(separator: " · "))</p><p class="words">\(block.text)</p>\(said)<p class="acts no-print"><a href="\(open.answers)/\(block.id)">\(words(tags.isEmpty ? "inquiries.act.tag" : "inquiries.act.retag"))</a></p></li>
                """
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }
}
