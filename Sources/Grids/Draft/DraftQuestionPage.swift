import Database
import Formats
import Platform

/// A question of the draft, new or known: its words, its probes, its dimension.
enum DraftQuestionPage {
    static func show(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let draft = try await request.site.database.read { try DraftActs.draft(open, $0) }
        let known = try known(request["question"], draft)
        let values = known == nil ? Fields([("dimension", request.query.line("dimension"))]) : values(known, draft)
        return .page(page(request, open, draft, known, values: values, problems: []))
    }

    static func save(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let (form, id) = (request.form, request["question"])
        let draft = try await request.site.database.read { try DraftActs.draft(open, $0) }
        let known = try known(id, draft)
        return try await request.attempt {
            let (text, probes) = try GridLimits.question(form)
            let dimensionId = form.line("dimension")
            try await DraftActs.edit(open, request, as: known == nil ? "grid.questionAdded" : "grid.questionWorded") { draft, change in
                guard known != nil else {
                    guard let dimension = draft.content.dimension(dimensionId) else { throw Refused("grids.refusal.noDimension", field: "dimension") }
                    let key = GridKeys.question(in: dimension.key, besides: try DraftActs.keys(draft, open, change))
                    return try draft.add(.init(id: change.newId(), key: key, text: text, probes: probes), to: dimensionId)
                }
                guard let now = draft.content.question(id) else { throw NotFound() }
                try FormBase(values(now, draft)).check(form)
                try draft.word(id, text, probes, in: dimensionId)
            }
            return .redirect(Done.path(open.drafting, .question) + (known == nil ? "#\(dimensionId)" : "#\(id)"))
        } otherwise: { problems in
            page(request, open, draft, known, values: form, problems: problems)
        }
    }

    private static func known(_ id: String, _ draft: GridDraft) throws -> GridContent.Question? {
        guard id != DimensionPage.new else { return nil }
        guard let question = draft.content.question(id) else { throw NotFound() }
        return question
    }

    private static func values(_ question: GridContent.Question?, _ draft: GridDraft) -> Fields {
        Fields([
            ("text", question?.text ?? ""), ("probes", question?.probes.joined(separator: "\n") ?? ""),
            ("dimension", question.flatMap { draft.content.dimension(of: $0.id)?.id } ?? ""),
        ])
    }

    private static func page(
        _ request: Request, _ open: OpenGrid, _ draft: GridDraft, _ known: GridContent.Question?, values: Fields, problems: [Problem]
    ) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let base = FormBase(self.values(known, draft))
        let title = words(known == nil ? "grids.question.new" : "grids.question.edit")
        let now = known.map {
            [(label: words("grids.question.text"), value: $0.text), (label: words("grids.question.probes"), value: $0.probes.joined(separator: " · "))]
        }
        let fields: [Markup] = [
            known == nil ? .empty : base.field(form), QuestionFields.view(form, words),
            form.select("dimension", words("grids.question.dimension"), options: draft.content.dimensions.map { ($0.id, $0.name) }),
        ]
        return open.page(
            title, request,
            """
            <h1>\(title)</h1>\(now.map { base.now(values, $0, words) })
            \(form.form(to: "\(open.drafting)/questions/\(known?.id ?? DimensionPage.new)", button: words("grids.question.button"), keep: "grid-question-\(known?.id ?? DimensionPage.new)", cancel: open.drafting, fields.joined()))
            """)
    }
}

/// The words of a question and its probes, wherever one is written.
package enum QuestionFields {
    package static func view(_ form: FormView, _ words: Words) -> Markup {
        form.area("text", words("grids.question.text"), hint: words("grids.question.textHint"), rows: 3, isRequired: true)
            + form.area("probes", words("grids.question.probes"), hint: words("grids.question.probesHint"), rows: 4)
    }
}
