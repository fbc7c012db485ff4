import Formats
import Platform

/// The settings of a programme, and its rule of publication in words.
struct SettingsView {
    let programme: Programme
    let form: FormView
    var words: Words { form.request.words }

    init(_ request: Request, _ programme: Programme, values: Fields, problems: [Problem] = []) {
        self.programme = programme
        form = FormView(request, values: values, problems: problems)
    }

    private var base: FormBase { FormBase(ProgrammeSettings.fields(of: programme)) }

    /// What is stored now, for whoever typed over a page left open.
    private var now: [(label: String, value: String)] {
        let rule = programme.rule
        return [
            (words("community.settings.name"), programme.title), (words("community.settings.summary"), programme.summary),
            (words("community.settings.share"), String(rule.sharePercent)), (words("community.settings.delay"), String(rule.answerDays)),
            (words("community.settings.licence"), words("community.licence.\(programme.license)")),
            (words("community.audience.legend"), words("community.audience.of.\(programme.audience.rawValue)")),
        ]
    }

    var page: Page {
        let title = words("community.settings.title")
        let licences = ProgrammeFile.Licence.allCases.map { ($0.rawValue, words("community.licence.\($0.rawValue)")) }
        let fields: Markup = """
            \(form.input("title", words("community.settings.name"), isRequired: true))
            \(form.area("summary", words("community.settings.summary"), hint: words("community.settings.summaryHint"), rows: 8))
            \(ProgrammeAudience.field(form))
            <h2>\(words("community.rule.title"))</h2><p>\(words("community.settings.ruleLede"))</p>
            \(form.check("requires_signatory", words("community.settings.signatory")))
            \(form.input("share", words("community.settings.share"), hint: words("community.settings.shareHint"), type: "number", width: "short", isRequired: true))
            \(form.input("answer_days", words("community.settings.delay"), hint: words("community.settings.delayHint"), type: "number", width: "short", isRequired: true))
            \(form.select("license", words("community.settings.licence"), hint: words("community.settings.licenceHint"), options: licences))
            """
        let content: Markup = """
            <h1>\(title)</h1>\(base.now(form.values, now, words))
            \(form.form(to: "\(programme.path)/reglages", button: words("community.settings.button"), cancel: programme.path, base.field(form) + fields))
            """
        return programme.page(title, at: "", form.request, content)
    }
}
