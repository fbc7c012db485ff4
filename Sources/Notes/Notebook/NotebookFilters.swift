import Events
import Formats
import Grids
import Platform
import Visits

/// What is above the list of a notebook: how to read it, which notes, print and export.
struct NotebookFilters {
    let request: Request
    let open: OpenNotebook
    var words: Words { request.words }

    func form(_ authors: [NotebookShown.Author]) -> Markup {
        let query = request.method == .get ? request.query : Fields()
        let form = FormView(request, values: query)
        let groupings = NoteGrouping.allCases.filter { $0 != .subgroup || !open.subgroups.isEmpty }
        let views = groupings.map { (value: $0.rawValue, label: words("notes.view.\($0.rawValue)")) }
        let none = [(value: "none", label: words("notes.group.noDimension"))]
        // The names of the form above are taken: here each field has its own.
        let fields: [Markup] = [
            form.select("vue", words("notes.filter.view"), options: views),
            form.select("demi-journee", words("notes.field.slot"), options: all(open.slots.map { ($0.id, $0.said(in: words)) })),
            form.select("rencontre", words("notes.field.encounter"), options: all(open.encounters.map { ($0.id, $0.title) })),
            subgroups(form),
            form.select(
                "axe", words("notes.field.dimension"), options: all(none + open.dimensions.map { ($0.id, $0.name) })),
            form.select("par", words("notes.column.author"), options: all(authors.map { ($0.id, $0.name) })),
            form.select(
                "maniere", words("notes.column.manner"),
                options: all(Manner.allCases.map { ($0.rawValue, words("notes.manner.\($0.rawValue)")) })),
        ]
        let isSet = ["vue", "demi-journee", "rencontre", "sous-groupe", "axe", "par", "maniere"].contains { query.optional($0) != nil }
        let filters: Markup = """
            <form class="filters no-print" method="get" action="\(open.path)">\(fields)<button class="button quiet">\(words("notes.filter.button"))</button></form>
            """
        return """
            \(NoteFilter.folded(filters, isOpen: isSet, words))\(request.exports("\(open.path)/export"))<p class="acts no-print"><button type="button" class="link" data-print data-icon="print">\(words("notes.print"))</button></p>
            """
    }

    private func subgroups(_ form: FormView) -> Markup {
        open.subgroups.isEmpty
            ? .empty : form.select("sous-groupe", words("notes.field.subgroup"), options: all(open.subgroups.map { ($0.id, $0.name) }))
    }

    private func all(_ options: [(value: String, label: String)]) -> [(value: String, label: String)] {
        [(value: "", label: words("notes.filter.all"))] + options
    }
}
