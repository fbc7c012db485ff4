import Formats
import Platform

/// The pieces of the page where a section is written.
struct EditorViews {
    let request: Request
    let open: OpenText
    let section: Section
    /// What the editor shows of each quotation, as JSON.
    let citations: String
    /// What the programme reminds whoever writes this section of.
    var guidance: String?
    /// Who else is at work, by section.
    var present: [String: String] = [:]
    var words: Words { request.words }
    private var address: String { "\(open.base)/sections/\(section.key)" }

    func workbench(_ side: Markup, notices: Markup, values: Fields, problems: [Problem]) -> Markup {
        """
        <h1>\(open.head.title)</h1>\(open.audience(words))\(tabs)\(notices)
        <div class="workbench"><section>\(form(values, problems))</section>\(side.isEmpty ? .empty : "<aside aria-label=\"\(words("texts.editor.side"))\">\(side)</aside>")</div>
        """
    }

    /// The sections of the text, as links.
    private var tabs: Markup {
        guard open.head.sections.count > 1 else { return .empty }
        let links = open.head.sections.map { other -> Markup in
            "<a href=\"\(open.base)/sections/\(other.key)/modifier\"\(Markup.attribute("aria-current", value: other.key == section.key ? "page" : nil))>\(other.title)</a> \(other.key == section.key ? .empty : request.livePlace(other.key, present))"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words("texts.editor.sections"))\">\(links)</nav>"
    }

    /// Who else is writing here now, and who did a moment ago.
    func presence(_ others: [Presence], _ line: Markup) -> Markup {
        let live: Markup = "<p>\(request.livePlace(section.key, present))</p>\(line)"
        return live
            + others.map { other -> Markup in
                "<p class=\"notice warning\" role=\"status\">\(words("texts.editor.presence", ["name": other.name])) \(words("texts.editor.lastTouched")) \(words.element(other.updatedAt)).</p>"
            }.joined()
    }

    /// Says that what is shown is one's own draft, and offers to go back to the revision.
    func draft(_ draft: Draft?) -> Markup {
        guard let draft else { return .empty }
        return """
            <div class="notice" role="status"><p>\(words("texts.editor.draft")) \(words("texts.editor.lastTouched")) \(words.element(draft.updatedAt)).</p>\(request.act("\(address)/abandon", words("texts.editor.forget")))</div>
            """
    }

    private func form(_ values: Fields, _ problems: [Problem]) -> Markup {
        let form = FormView(request, values: values, problems: problems)
        return """
            <form method="post" action="\(address)" data-once>\(request.formField)<input type="hidden" name="base" value="\(values["base"])">
            \(area(values["body"] ?? "", base: values["base"] ?? "", problems))
            <p class="acts"><button class="button quiet" name="act" value="draft">\(words("texts.editor.saveDraft"))</button> <button class="button quiet" name="act" value="file" data-editor-file>\(words("texts.editor.addFile"))</button></p>
            \(form.input("summary", words("texts.editor.summary"), hint: words("texts.editor.summaryHint")))
            \(emptying(values, form))\(form.check("form_only", words("texts.editor.formOnly")))
            <div class="acts"><button class="button" name="act" value="revision">\(words("texts.editor.saveRevision"))</button> <a href="\(open.base)">\(words("texts.editor.cancel"))</a></div></form>
            """
    }

    /// Once somebody sent an empty text in the place of words: a box says that it is meant.
    private func emptying(_ values: Fields, _ form: FormView) -> Markup {
        guard !form.problems.isEmpty, Markdown.isBlank(values["body"] ?? ""), !Markdown.isBlank(section.body) else { return .empty }
        return form.check("empty", words("texts.editor.empty"))
    }

    /// The field that the script makes an editor of; a plain text field with help without it.
    /// - Parameter key: under which the browser keeps what is typed; another one than the section's where two versions are merged.
    func area(_ body: String, base: String, _ problems: [Problem], label: String? = nil, key: String? = nil) -> Markup {
        let problem = problems.first { $0.field == "body" }
        let error = problem.map { "<p class=\"error\" id=\"body-error\">\($0.sentence)</p>" as Markup }
        return """
            <div class="field\(problem == nil ? "" : " has-error")"><h2><label for="body">\(label ?? section.title)</label></h2><p class="hint" id="body-hint">\(hint)</p>\(error)
            <textarea id="body" name="body" rows="20" aria-describedby="\(problem == nil ? "" : "body-error ")body-hint" data-editor data-autosave="\(address)/brouillon" data-base="\(base)" data-login="/connexion" data-key="\(key ?? "\(open.text.id)-\(section.key)")" data-files="\(address)/fichiers" data-base-address="\(TextFiles.guestBase(request))" data-most="\(ReceivedFile.limit)" data-words="\(editorWords)" data-citations="\(citations)">
            \(body)</textarea>
            <p class="meta" data-save-state role="status"></p></div>
            """
    }

    /// What the section is for; how a plain text is laid out, which the script hides under its toolbar.
    private var hint: Markup {
        let key = "texts.hint.\(section.key)"
        let about = guidance.flatMap { $0.isEmpty ? nil : $0 } ?? (words.has(key) ? words(key) : "")
        return "\(about) <span data-plain-help>\(words("texts.editor.markdown"))</span>"
    }

    private static let keys = [
        "editor", "toolbar", "paragraph", "heading3", "heading4", "bold", "italic", "bulletList", "orderedList", "quote", "link",
        "linkAddress", "linkApply", "linkRemove", "close", "table", "addRow", "addColumn", "deleteRow", "deleteColumn", "deleteTable",
        "undo", "redo", "raw", "rich", "citation", "citationUnknown", "saving", "saved", "unsavedNetwork", "unsavedLogin",
        "unsavedServer", "unsavedConflict", "login", "localFound", "localRestore", "localDrop", "file", "fileSending", "fileFailed",
        "fileTooLarge", "fileEdit", "fileCaption", "fileApply",
    ]

    private var editorWords: String {
        words.json(Dictionary(uniqueKeysWithValues: Self.keys.map { ($0, "texts.script.\($0)") }))
    }
}
