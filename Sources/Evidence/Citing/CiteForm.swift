import Formats
import Grids
import Platform

/// The form that makes an excerpt: beside the editor, filled by the words selected; alone on its page, with the words pasted.
struct CiteForm {
    let request: Request
    let textId: String
    let dimensions: [Dimension]
    let form: FormView
    private var words: Words { request.words }
    private var address: String { "/textes/\(textId)/extraits" }

    /// What the form shows at first: the function of the kind of person who speaks.
    static func known(_ source: CitableText, _ typed: Fields, _ words: Words) -> Fields {
        var known = typed
        if !typed.has("attribution") { known.set("attribution", to: Excerpt.Attribution.function.rawValue) }
        if !typed.has("shown_as") { known.set("shown_as", to: Excerpt.function(source.speaker, words) ?? "") }
        if !typed.has("about_dimension") { known.set("about_dimension", to: source.dimensionId ?? "") }
        return known
    }

    /// Closed beside the editor: the script opens it on the words selected.
    func dialog(editing section: String) -> Markup {
        let hidden = ["source", "id", "version", "from", "to", "words"].map { form.hidden($0, "") }
        return """
            <dialog class="cite-choose" aria-label="\(words("evidence.cite.title"))"><form id="cite-form" method="post" action="\(address)" data-once>\(request.formField)\(hidden)\(form.hidden("editing", section))
            <blockquote><p data-cite-shown></p></blockquote>\(fields)
            <div class="acts"><button class="button">\(words("evidence.cite.button"))</button></div></form>
            <form method="dialog"><button class="link">\(words("evidence.cite.close"))</button></form></dialog>
            """
    }

    /// On its page: the words are pasted, and told apart when they stand in several places.
    func page(_ source: CitableText, isAmbiguous: Bool) -> Markup {
        let kept = ["source", "id", "version", "editing"].map { form.hidden($0, form.values[$0] ?? "") }
        let occurrence: Markup =
            isAmbiguous
            ? form.input("occurrence", words("evidence.cite.occurrence"), hint: words("evidence.cite.occurrenceHint"), type: "number", width: "short")
            : .empty
        let pasted = form.area("words", words("evidence.cite.words"), hint: words("evidence.cite.wordsHint"), rows: 4, isRequired: true)
        let back = form.values["editing"].map { $0.isEmpty ? "/textes/\(textId)" : "/textes/\(textId)/sections/\($0)/modifier" }
        return form.form(
            to: address, button: words("evidence.cite.button"), cancel: back ?? "/textes/\(textId)",
            kept.joined() + pasted + occurrence + fields)
    }

    private var fields: Markup {
        let options = [("", words("evidence.cite.noDimension"))] + dimensions.map { ($0.id, $0.name) }
        return AttributionFields.markup(form)
            + form.select("about_dimension", words("evidence.cite.dimension"), options: options.map { (value: $0.0, label: $0.1) })
    }
}
