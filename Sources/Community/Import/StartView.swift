import Formats
import Platform

/// A programme from nothing: three fields.
struct StartView {
    let form: FormView
    var words: Words { form.request.words }

    init(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) {
        var known = values
        if !known.has("audience") { known.set("audience", to: Audience.community.rawValue) }
        form = FormView(request, values: known, problems: problems)
    }

    var page: Page {
        let title = words("community.start.title")
        let fields: Markup = """
            \(form.input("name", words("community.start.name"), hint: words("community.start.nameHint"), isRequired: true))
            \(form.input("place", words("community.start.place"), hint: words("community.start.placeHint"), isRequired: true))
            \(form.input("first_day", words("community.start.firstDay"), hint: words("community.start.firstDayHint"), width: "short"))
            \(ProgrammeAudience.field(form))
            """
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.start.lede"))</p>
            \(form.form(to: "/programmes/nouveau", button: words("community.start.button"), cancel: "/programmes", fields))
            <p>\(words("community.start.orImport")) <a href="/programmes/importer">\(words("community.programmes.import"))</a></p>
            """
        return Page(title, crumbs: ProgrammeCrumbs.steps(title, words), content)
    }
}
