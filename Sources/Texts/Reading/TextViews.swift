import Formats
import Platform

/// The pieces of the page of a text.
struct TextViews {
    let request: Request
    let open: OpenText
    let state: TextState
    let author: String?
    /// What this person brought and has not taken.
    let document: BroughtDocument?
    /// Who is at work, by section.
    let present: [String: String]
    /// Of minutes: the last one.
    let approval: Approval?
    /// Of minutes: whose answer is waited for.
    let waited: [Validation.Person]
    var words: Words { request.words }

    /// How far it has come; of a sheet half written, how many sections are.
    private var shownState: Markup {
        let (all, blank) = (open.head.sections.count, open.head.blankSections.count)
        guard open.text.kind == .sheet, state == .writing || state == .finished, blank > 0 else { return state.shown(words) }
        return "\(state.shown(words)) \(words("texts.mark.sections", ["n": all - blank, "all": all]))"
    }

    /// - Parameter ahead: what another capability says comes next, in the place of what texts say.
    func content(_ live: Markup, _ body: Markup, ahead: Markup, sheet: SheetFacts?, panels: Markup, values: Fields, problems: [Problem]) -> Markup {
        """
        <p class="kind">\(words.name("texts.kind", of: open.text.kind))</p><h1\(words.lang(open.text.language))>\(open.head.title)</h1>
        <p class="state-line">\(shownState)</p>\(open.audience(words))\(sheet.map { SheetViews(request: request, open: open, facts: $0, problems: problems).invitation })
        \(ahead.isEmpty ? next(sheet, values, problems) : ahead)\(document.map { DocumentViews.waiting($0, open, words) })\(sections)\(live)<article data-live-part="article">\(body)</article>
        \(colophon)\(take)\(sheet.map { SheetViews(request: request, open: open, facts: $0, problems: problems).sharing })\(panels)\(rename(values, problems))\(notMe)
        """
    }

    /// What comes next, and the button that does it when it is this person's.
    private func next(_ sheet: SheetFacts?, _ values: Fields, _ problems: [Problem]) -> Markup {
        let act: Markup
        switch open.text.kind {
        case .synthesis, .publicVersion, .grid:
            let isWritten = open.head.blankSections.isEmpty
            let key =
                switch state {
                case .empty: "write"
                case .writing: isWritten ? "ready" : "write"
                case .answered, .changed: "\(state)"
                default: "validation"
                }
            let mayAsk = open.allows(.askValidation, request) && !open.head.isBlank
            let goes: Markup =
                key != "write" && key != "ready"
                ? "<a class=\"button\" href=\"\(open.validation)\">\(words("texts.act.validation"))</a>"
                : mayAsk ? "<a class=\"button\(isWritten ? "" : " quiet")\" href=\"\(open.base)/validation/demande\">\(words("texts.act.ask"))</a>" : .empty
            act = "<p><strong>\(words(open.text.kind.key("texts.next.\(key)", words)))</strong></p><p class=\"acts\">\(goes)</p>"
        case .sheet:
            let isPart = !open.head.blankSections.isEmpty
            let key =
                switch state {
                case .empty: "sheetEmpty"
                case .sent: "sheetSent"
                case .finished: "sheetFinished"
                default: isPart ? "sheetPart" : "sheetReady"
                }
            let send: Markup =
                state != .empty && state != .sent && !isPart && open.allows(.sendSheet, request)
                ? request.act("\(open.base)/envois", words("texts.act.send"), style: "button") : .empty
            let views = sheet.map { SheetViews(request: request, open: open, facts: $0, problems: problems) }
            let said = key == "sheetReady" && views?.mayFinish == true ? "sheetWhole" : key
            act = "<p><strong>\(words("texts.next.\(said)"))</strong></p>\(views?.finishing ?? .empty)\(send)"
        case .minutes:
            return MinutesViews(request: request, open: open, state: state, approval: approval, waited: waited, values: values, problems: problems).next
        case .impression: act = "<p><strong>\(words("texts.next.impression.\(state == .shared ? "shared" : "private")"))</strong></p>"
        }
        return "<div class=\"next\">\(act)</div>"
    }

    /// The table of contents, with the way to write each section.
    private var sections: Markup {
        let mayWrite = open.mayWrite(request)
        let items = open.head.sections.map { section -> Markup in
            let act = Markdown.isBlank(section.body) ? "write" : "edit"
            let write: Markup =
                mayWrite
                ? " <a class=\"no-print\" href=\"\(open.base)/sections/\(section.key)/modifier\" data-icon=\"pencil\">\(words("texts.act.\(act)"))<span class=\"unseen\"> \(section.title)</span></a>"
                : .empty
            return "<li><a href=\"#\(section.key)\">\(section.title)</a>\(write) \(request.livePlace(section.key, present))</li>"
        }
        return "<nav class=\"contents\" aria-label=\"\(words("texts.page.contents"))\"><ol>\(items)</ol></nav>"
    }

    /// The text as a document, and the way back.
    private var take: Markup {
        let bring: Markup =
            open.mayWrite(request) ? "<p><a href=\"\(open.base)/document\">\(words("texts.document.link"))</a></p>" : .empty
        return "<section class=\"no-print\"><h2>\(words("texts.take.title"))</h2><p>\(words("texts.take.text"))</p>\(TextPaper.links(open, words))\(bring)</section>"
    }

    private var colophon: Markup {
        let by =
            author.map { words("texts.revision.by", ["n": open.head.number, "name": $0]) }
            ?? words("texts.revision.byNobody", ["n": open.head.number])
        let history: Markup =
            open.isGuest
            ? .empty
            : """
            <p class="acts no-print"><a class="button quiet" href="\(open.base)/revisions" data-icon="history">\(words("texts.act.revisions"))</a> <a href="/historique/\(open.text.id)">\(words("texts.act.history"))</a></p>
            """
        return """
            <section><h2>\(words("texts.page.revision"))</h2><p class="meta">\(by), \(words.element(open.head.createdAt))</p>
            <details><summary>\(words("texts.page.details"))</summary><p class="meta">\(words("texts.page.hash")) : <code class="hash">\(open.head.hash)</code></p></details>\(history)</section>
            """
    }

    private func rename(_ values: Fields, _ problems: [Problem]) -> Markup {
        guard open.mayWrite(request), !open.isGuest else { return .empty }
        let isOpen = problems.contains { $0.field == "title" }
        let form = FormView(request, values: values.has("title") ? values : Fields([("title", open.head.title)]), problems: problems)
        return """
            <details class="no-print"\(Markup.flag("open", if: isOpen))><summary>\(words("texts.rename.title"))</summary>
            \(form.form(to: "\(open.base)/titre", button: words("texts.rename.button"), style: "button quiet", form.input("title", words("texts.rename.label"), isRequired: true) + form.check("form_only", words("texts.editor.formOnly"))))</details>
            """
    }

    private var notMe: Markup { open.isGuest ? DisownedLink.section(open.base, request) : .empty }
}
