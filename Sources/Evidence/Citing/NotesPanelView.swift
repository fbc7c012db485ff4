import Events
import Formats
import Grids
import Notes
import Platform

/// The notes and the excerpts beside the editor, as pieces of a page.
struct NotesPanelView {
    let request: Request
    let textId: String
    let asked: NotesPanel.Asked
    let content: NotesPanel.Content
    private var words: Words { request.words }
    private var section: String { request["section"] }

    var panel: Markup {
        """
        <section data-cite-words="\(scriptWords)"><h2>\(words("evidence.panel.title"))</h2><p class="audience" data-audience="group">\(words("evidence.audience.delegation"))</p>
        \(NoteFilter.folded("\(tabs)\(filters)", chosen: chosen, words))\(notes)\(request.pages(asked.page, of: content.pages))</section>
        <section><h2>\(words("evidence.panel.excerpts"))</h2>\(excerpts)</section>
        \(dialog)<script type="module" src="\(request.site.share.assets.address("evidence-cite.js"))"></script>
        """
    }

    private var scriptWords: String {
        let keys = ["cite", "citeFrom", "choose", "nothing", "close"]
        return words.json(Dictionary(uniqueKeysWithValues: keys.map { ($0, "evidence.script.\($0)") }))
    }

    private var shelves: [(value: String, label: String)] {
        let known = [("", words("evidence.panel.all"))] + content.dimensions.map { ($0.id, $0.name) } + [("aucune", words("evidence.panel.untagged"))]
        return known + (content.hasImpressions ? [("impressions", words("evidence.panel.impressions"))] : [])
    }

    /// What the notes are filtered by.
    private var chosen: [String] {
        let shelf = shelves.first { !$0.value.isEmpty && $0.value == asked.shelf }?.label
        guard asked.filter.shelf != .impressions else { return [shelf].compactMap { $0 } }
        let encounter = content.encounters.first { $0.id == asked.filter.encounter }?.title
        return [shelf, encounter, asked.filter.manner.map { words.name("evidence.manner", of: $0) }].compactMap { $0 }
    }

    private var tabs: Markup {
        let links = shelves.map { value, label -> Markup in
            "<a href=\"?dimension=\(value)\"\(Markup.attribute("aria-current", value: value == asked.shelf ? "page" : nil))>\(label)</a> "
        }
        return "<nav class=\"tabs\" aria-label=\"\(words("evidence.panel.dimensions"))\">\(links)</nav>"
    }

    private var filters: Markup {
        guard asked.filter.shelf != .impressions else { return .empty }
        let form = FormView(request, values: request.query)
        let encounters = [("", words("evidence.panel.everyEncounter"))] + content.encounters.map { ($0.id, $0.title) }
        let manners =
            [("", words("evidence.panel.everyManner"))]
            + Manner.allCases.map { ($0.rawValue, words.name("evidence.manner", of: $0)) }
        return """
            <form class="filters" method="get">\(form.hidden("dimension", asked.shelf))\(form.select("encounter", words("evidence.fact.encounter"), options: encounters.map { (value: $0.0, label: $0.1) }))\(form.select("manner", words("evidence.fact.manner"), options: manners.map { (value: $0.0, label: $0.1) }))<button class="button quiet">\(words("evidence.panel.filter"))</button></form>
            """
    }

    private var notes: Markup {
        guard !content.notes.isEmpty else { return "<p>\(words("evidence.panel.noNote"))</p>" }
        return "<ol class=\"blocks\">\(content.notes.map(note))</ol>"
    }

    /// What is cited from a shelf is about its dimension.
    private func note(_ note: CitableText) -> Markup {
        let about = asked.filter.dimensionId ?? note.dimensionId
        let query = URLForm.encode([
            ("source", note.source.rawValue), ("id", note.id), ("version", String(note.version)), ("editing", section),
            ("about_dimension", about ?? ""),
        ])
        let beside: Markup = note.isOutdated ? " <span class=\"badge\">\(words("evidence.note.beside"))</span>" : .empty
        let withheld = content.withheld.stretches(in: note)
        // Places are counted in the words as they are: a note with a mark in it is cited by its own page.
        let shown: Markup =
            withheld.isEmpty
            ? "<p class=\"words\" data-citable data-source=\"\(note.source.rawValue)\" data-id=\"\(note.id)\" data-version=\"\(note.version)\" data-shown_as=\"\(Excerpt.function(note.speaker, words))\" data-about_dimension=\"\(about)\">\(note.text)</p>"
            : NoteLine.marked(note, withheld, request)
        return """
            <li class="block" data-manner="\(note.manner.rawValue)"><p class="meta">\(NoteLine.said(note, words))\(beside)</p>\(shown)<p class="acts"><a href="/textes/\(textId)/extraits/nouveau?\(query)" data-icon="quote">\(words("evidence.panel.citeByHand"))</a></p></li>
            """
    }

    private var excerpts: Markup {
        guard !content.excerpts.isEmpty else { return "<p>\(words("evidence.panel.noExcerpt"))</p>" }
        let shown = Paged(content.excerpts, by: NotesPanel.excerpts, request, in: "extraits")
        let pages = request.pages(shown.page, of: shown.pages, in: "extraits", label: words("evidence.panel.excerptPages"))
        return "<ol class=\"blocks\">\(shown.items.map(excerpt))</ol>\(pages)"
    }

    private func excerpt(_ excerpt: Excerpt) -> Markup {
        let isFresh = excerpt.id == asked.fresh
        let said = excerpt.said(words)
        return """
            <li class="block" data-manner="\(excerpt.manner.rawValue)" id="extrait-\(excerpt.id)">\(isFresh ? fresh : .empty)<p class="meta">\(excerpt.shownAs(words)) · \(AllowanceMark.shown(content.allowances[excerpt.id] ?? .pending, words))</p><p class="words">\(said)</p>
            <p class="acts"><button type="button" class="button quiet" data-insert-citation="\(excerpt.id)" data-words="\(said)" data-attribution="\(excerpt.shownAs(words))">\(words("evidence.panel.insert"))</button> <a href="/extraits/\(excerpt.id)">\(words("evidence.panel.open"))</a></p>
            <noscript><p class="hint">\(words("evidence.panel.byHand")) [[citation:\(excerpt.id)]]</p></noscript></li>
            """
    }

    private var fresh: Markup {
        let done: Markup = "<p class=\"notice success\" role=\"status\">\(words("evidence.done.cited"))</p>"
        guard !content.recognition.isEmpty else { return done }
        let reasons = content.recognition.map { "<li>\($0.sentence(words))</li>" as Markup }
        return """
            \(done)<div class="notice warning"><p>\(words("evidence.recognition.title"))</p><ul>\(reasons)</ul><p><a href="/extraits/\(asked.fresh)#attribution-form">\(words("evidence.recognition.change"))</a></p></div>
            """
    }

    private var dialog: Markup {
        let values = Fields([("attribution", Excerpt.Attribution.function.rawValue)])
        return CiteForm(
            request: request, textId: textId, dimensions: content.dimensions, form: FormView(request, values: values)
        ).dialog(editing: section)
    }
}
