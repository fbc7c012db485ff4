import Formats
import Platform

/// Where the file of a programme is given.
struct ImportView {
    let form: FormView
    var words: Words { form.request.words }

    init(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) {
        form = FormView(request, values: values, problems: problems)
    }

    var page: Page {
        let title = words("community.import.title")
        let name = form.values.line("name")
        let fields: Markup = """
            \(form.file("file", words("community.import.file"), hint: words("community.import.fileHint"), accept: ".yaml,.yml,.json"))
            \(form.area("text", words("community.import.text"), hint: words("community.import.textHint"), rows: 12))
            \(name.isEmpty ? .empty : form.hidden("name", name))
            """
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.import.lede"))</p>
            <p>\(words("community.import.example")) <a href="/programmes/importer/exemple" download data-icon="download">\(words("community.import.exampleLink"))</a></p>
            \(form.form(to: "/programmes/importer", button: words("community.import.button"), isMultipart: true, cancel: "/programmes", fields))
            <p>\(words("community.import.orStart")) <a href="/programmes/nouveau">\(words("community.programmes.start"))</a></p>
            """
        return Page(title, crumbs: ProgrammeCrumbs.steps(title, words), content)
    }
}

/// The steps to the pages where a programme is made.
enum ProgrammeCrumbs {
    static func steps(_ title: String, _ words: Words) -> [Crumb] {
        [Crumb(words("community.home"), "/"), Crumb(words("community.programmes.title"), "/programmes"), Crumb(title)]
    }
}
