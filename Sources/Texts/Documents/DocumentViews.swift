import Formats
import Platform

/// The pieces of the page of a document: bringing one, and the preview of what it would change.
struct DocumentViews {
    struct Shown: Sendable {
        let document: BroughtDocument
        let images: [Attachment]
        let base: Revision
        let head: Revision
        let passage: ProsePassage
        let proposal: DocumentProposal
    }

    let request: Request
    let open: OpenText
    let problems: [Problem]
    var words: Words { request.words }
    private var form: FormView { FormView(request, values: request.form, problems: problems) }

    /// Nothing was brought yet.
    var invitation: Markup {
        """
        <h1>\(words("texts.document.title"))</h1><p class="lede">\(words("texts.document.lede"))</p>
        <p>\(words("texts.document.start"))</p>\(TextPaper.links(open, words))
        \(bring("texts.document.bring"))
        <p><a href="\(open.base)">\(words("texts.document.back"))</a></p>
        """
    }

    private func bring(_ button: String, style: String = "button") -> Markup {
        form.form(
            to: "\(open.base)/document", button: words(button), isMultipart: true, style: style,
            form.file("document", words("texts.document.file"), hint: words("texts.document.fileHint"), accept: ".docx,.odt"))
    }

    func preview(_ shown: Shown) -> Markup {
        let isChange = !shown.proposal.changes.isEmpty
        let lede = words(isChange ? "texts.document.previewLede" : "texts.document.noChange", ["name": words.quoted(shown.document.name)])
        let save: Markup =
            isChange ? "<button class=\"button\" name=\"act\" value=\"save\">\(words("texts.document.save"))</button> " : .empty
        return """
            <h1>\(words("texts.document.preview", ["name": shown.document.name]))</h1><p class="lede">\(lede)</p>\(since(shown))
            <form method="post" action="\(open.base)/document/reprise" data-once>\(request.formField)\(form.hidden("head", shown.head.id))
            \(shown.proposal.lines.map { section($0, shown) }.joined())\(images(shown))\(lost(shown))\(parts(shown))
            <div class="acts">\(save)<a href="\(open.base)">\(words("texts.document.later"))</a></div></form>
            \(remarks(shown))
            <details class="no-print"\(Markup.flag("open", if: problems.contains { $0.field == "document" }))><summary>\(words("texts.document.another.title"))</summary>\(bring("texts.document.replace", style: "button quiet"))</details>
            \(request.act("\(open.base)/document/abandon", words("texts.document.forget")))
            """
    }

    /// Somebody saved since the document left.
    private func since(_ shown: Shown) -> Markup {
        guard shown.base.id != shown.head.id else { return .empty }
        return "<p class=\"notice\">\(words("texts.document.since", ["base": shown.base.number, "head": shown.head.number]))</p>"
    }

    private func section(_ line: DocumentProposal.Line, _ shown: Shown) -> Markup {
        let key = line.section.key
        let inside: Markup
        switch line.outcome {
        case .absent: inside = "<p class=\"meta\">\(words("texts.document.absent"))</p>"
        case .emptied: inside = "<p class=\"meta\">\(words("texts.document.emptied"))</p>"
        case .same: inside = "<p class=\"meta\">\(words("texts.document.same"))</p>"
        case .changed(let body): inside = "\(take(key))\(DifferenceView.show(line.section.body, body, isBrief: true, words))"
        case .both(let body, let isClean):
            inside = """
                <p class="notice warning">\(words(isClean ? "texts.document.bothClean" : "texts.document.both"))</p>\(take(key))
                \(DifferenceView.show(line.section.body, body, isBrief: true, words))
                <div class="field"><label for="merged-\(key)">\(words("texts.document.merged", ["section": line.section.title]))</label><textarea id="merged-\(key)" name="merged-\(key)" rows="16">
                \(request.form["merged-\(key)"] ?? body)</textarea></div>
                """
        }
        return "<section><h2>\(line.section.title)</h2>\(inside)</section>"
    }

    private func take(_ key: String) -> Markup {
        let isTaken = request.method == .get || request.form["take-\(key)"] == "1"
        return """
            <div class="field"><label class="choice"><input type="checkbox" id="take-\(key)" name="take-\(key)" value="1"\(Markup.flag("checked", if: isTaken))> \(words("texts.document.take"))</label></div>
            """
    }

    /// The quotations that the document has no more: kept, unless a box says otherwise.
    private func lost(_ shown: Shown) -> Markup {
        let lost = shown.proposal.lost
        guard !lost.isEmpty else { return .empty }
        let boxes = lost.enumerated().map { index, id -> Markup in
            let said = shown.passage.quotations["citation:\(id)"]?.words.joined(separator: " ") ?? words("texts.diff.citation", ["n": index + 1])
            let isDropped = request.form.all("drop").contains(id)
            return """
                <div class="field"><label class="choice"><input type="checkbox" id="drop-\(index)" name="drop" value="\(id)"\(Markup.flag("checked", if: isDropped))> \(words("texts.document.drop", ["words": said]))</label></div>
                """
        }
        return "<section><h2>\(words("texts.document.lost", ["n": lost.count]))</h2><p>\(words("texts.document.lostText", ["n": lost.count]))</p>\(boxes.joined())</section>"
    }

    /// The images that came with the document: what each shows, for who does not see it.
    private func images(_ shown: Shown) -> Markup {
        guard !shown.document.content.images.isEmpty else { return .empty }
        let base = TextFiles.guestBase(request)
        let items = shown.document.content.images.enumerated().map { rank, image -> Markup in
            var image = image
            image.hear(request.form, rank)
            let kept = [("alternative-\(rank)", image.alternative), ("decorative-\(rank)", image.isDecorative ? "1" : ""), ("people-\(rank)", image.people?.rawValue ?? "")]
            let form = FormView(request, values: Fields(kept), problems: problems)
            let picture = shown.images.first { $0.id == image.id }.map { $0.image(base: base, alternative: image.alternative) } ?? .empty
            let people = form.choices(
                "people-\(rank)", words("platform.file.people"), hint: words("texts.document.image.people"),
                options: [Attachment.People.none, .pending].map { (value: $0.rawValue, label: words.name("platform.file.people", of: $0)) })
            return """
                <fieldset><legend>\(words("texts.document.image.one", ["n": rank + 1]))</legend><figure class="image">\(picture)</figure>
                \(form.input("alternative-\(rank)", words("texts.document.image.describe"), hint: words("platform.file.field.alternative.hint")))\(form.check("decorative-\(rank)", words("platform.file.field.decorative")))\(people)</fieldset>
                """
        }
        let count = ["n": items.count]
        return "<section><h2>\(words("texts.document.images", count))</h2><p>\(words("texts.document.imagesText"))</p>\(items.joined())</section>"
    }

    /// What stands under other headings: each is shown, and placed by hand.
    private func parts(_ shown: Shown) -> Markup {
        let parts = shown.document.content.parts.enumerated().filter { !$0.element.isMatched && !(shown.head.sections.count == 1) }
        guard !parts.isEmpty else { return .empty }
        let options = [(value: "", label: words("texts.document.aside"))] + shown.head.sections.map { (value: $0.key, label: words("texts.document.into", ["section": $0.title])) }
        let items = parts.map { index, part -> Markup in
            let title = part.title.isEmpty ? words("texts.document.beginning") : part.title
            let select = FormView(request, values: Fields([("place-\(index)", part.place ?? "")])).select(
                "place-\(index)", words("texts.document.place", ["part": title]), options: options)
            return """
                <li><details><summary>\(title), \(words("texts.document.words", ["n": CleanText.wordCount(Markdown.plain(part.body))]))</summary><div class="prose">\(Markdown.html(part.body, idPrefix: "p\(index)-"))</div></details>\(select)</li>
                """
        }
        return """
            <section><h2>\(words("texts.document.others"))</h2><p>\(words("texts.document.othersText"))</p><ul class="plain">\(items)</ul>
            <p class="acts"><button class="button quiet" name="act" value="place">\(words("texts.document.refresh"))</button></p></section>
            """
    }

    /// What is left aside, and why.
    private func remarks(_ shown: Shown) -> Markup {
        let remarks = shown.document.content.remarks
        guard !remarks.isEmpty else { return .empty }
        let items = remarks.map { remark -> Markup in
            let author = remark.author.isEmpty ? words("texts.document.remark.somebody") : remark.author
            return "<li>\(words("texts.document.remark.\(remark.name)", ["n": remark.count, "author": author, "text": words.quoted(remark.text)]))</li>"
        }
        return "<section><h2>\(words("texts.document.remarks"))</h2><ul>\(items)</ul></section>"
    }

    /// On the page of the text: a document waits.
    static func waiting(_ document: BroughtDocument, _ open: OpenText, _ words: Words) -> Markup {
        """
        <div class="notice" role="status"><p>\(words("texts.document.waiting", ["name": words.quoted(document.name)])) \(words.element(document.receivedAt)).</p><p><a href="\(open.base)/document">\(words("texts.document.see"))</a></p></div>
        """
    }
}
