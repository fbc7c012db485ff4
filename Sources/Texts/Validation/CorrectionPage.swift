import Database
import Formats
import Platform
import Visits

/// The page where whoever asked corrects the request.
enum CorrectionPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        .page(try await page(request, open, values: Fields(), problems: []))
    }

    static func page(_ request: Request, _ open: OpenText, values: Fields, problems: [Problem]) async throws -> Page {
        guard open.allows(.askValidation, request) else { throw Forbidden(.askValidation) }
        let (validation, forgotten) = try await request.site.database.read { reader in
            let validation = try AnswerPost.standing(open.text.id, reader)
            let asked = try open.subject.candidates(for: open.text.kind, reader)
            return (validation, asked.filter { validation.person($0.person.id) == nil })
        }
        let words = request.words
        let title = words(open.text.kind.key("texts.correct.title", words))
        guard !validation.isClosed else {
            return open.page(title, request, "<h1>\(title)</h1><p>\(words("texts.refusal.closed"))</p>")
        }
        let form = FormView(
            request, values: values.has("deadline") ? values : Fields([("deadline", validation.request.deadline.typed)]), problems: problems)
        let silent = validation.silent.filter { $0.earlier.isEmpty && !$0.isSignatory }
        let names = validation.silent.map(\.name)
        let waited: Markup = names.isEmpty ? .empty : "<p>\(words("texts.correct.waited", ["n": names.count, "names": words.list(names)]))</p>"
        let sections: [Markup] = [
            section(
                "invite", to: "personnes", isShown: !forgotten.isEmpty, form, open, words,
                form.select("person", words("texts.correct.person"), options: forgotten.map { ($0.person.id, $0.person.said) })),
            section(
                "extend", to: "delai", isShown: true, form, open, words,
                form.input(
                    "deadline", words("texts.ask.deadline"), hint: words("texts.correct.extendHint"), width: "short", isRequired: true)),
            section(
                "dismiss", to: "personnes/retrait", isShown: !silent.isEmpty, form, open, words,
                form.select("silent", words("texts.correct.person"), options: silent.map { ($0.personId, $0.said) })),
            section(
                "cancel", to: "annulation", isShown: true, form, open, words, style: "button danger",
                waited + form.area("reason", words("texts.objections.reason"), hint: words("texts.correct.cancelHint"), rows: 3, isRequired: true)),
        ]
        return open.page(
            title, request, "<h1>\(title)</h1><p class=\"lede\">\(words("texts.correct.lede"))</p>\(sections)")
    }

    private static func section(
        _ name: String, to path: String, isShown: Bool, _ form: FormView, _ open: OpenText, _ words: Words,
        style: String = "button quiet", _ fields: Markup
    ) -> Markup {
        guard isShown else { return .empty }
        return """
            <section><h2>\(words(open.text.kind.key("texts.correct.\(name)", words)))</h2>\(form.form(to: "\(open.validation)/\(path)", button: words(open.text.kind.key("texts.correct.\(name)Button", words)), style: style, fields))</section>
            """
    }
}
