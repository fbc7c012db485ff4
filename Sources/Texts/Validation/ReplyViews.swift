import Formats
import Platform

/// The host's right of reply on the pages of its text.
struct ReplyViews {
    let request: Request
    let open: OpenText
    /// Newest first.
    let replies: [RightOfReply]
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }

    var section: Markup {
        // A grid has no host, hence no reply.
        guard open.visit != nil else { return .empty }
        let shown: Markup = replies.first.map { version($0) } ?? "<p class=\"meta\">\(words("texts.reply.none"))</p>"
        let earlier: Markup =
            replies.count < 2
            ? .empty
            : """
            <details><summary>\(words("texts.reply.earlier", ["n": replies.count - 1]))</summary>\(replies.dropFirst().map { version($0) })</details>
            """
        let enter: Markup =
            open.allows(.recordAnswer, request) && !open.isGuest
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(open.validation)/droit-de-reponse/saisie\">\(words("texts.act.enterReply"))</a></p>"
            : .empty
        return "<section id=\"droit-de-reponse\"><h2>\(words("texts.reply.title"))</h2>\(shown)\(earlier)\(write)\(enter)</section>"
    }

    private func version(_ reply: RightOfReply) -> Markup {
        let receipt: Markup =
            reply.receivedBy.map { channel in
                let said = words("texts.answer.received", ["channel": words.name("texts.channel", of: channel), "name": reply.enteredBy ?? ""])
                return "<p class=\"meta\">\(said) \(reply.proof)</p>"
            } ?? .empty
        return """
            <div class="prose">\(Markdown.html(reply.body, headingOffset: 3, idPrefix: "r\(reply.number)-"))</div><p class="meta">\(reply.name), \(words.element(reply.writtenAt))</p>\(receipt)
            """
    }

    private var write: Markup {
        guard let visit = open.visit, RightOfReply.belongs(to: request.viewer, visit) else { return .empty }
        let known = Fields([("reply_body", replies.first?.body ?? "")])
        let form = FormView(request, values: typed?.has("reply_body") == true ? typed! : known, problems: problems)
        return form.form(
            to: "\(open.validation)/droit-de-reponse", button: words("texts.reply.button"), style: "button quiet",
            form.hidden("reply_base", String(replies.first?.number ?? 0))
                + form.area("reply_body", words("texts.reply.label"), hint: words("texts.reply.hint")))
    }

    /// Somebody else of the host wrote meanwhile: both are shown, and one is made of the two.
    static func conflict(_ mine: String, _ theirs: RightOfReply, _ request: Request, _ open: OpenText) -> Page {
        let words = request.words
        let title = words("texts.reply.conflict")
        let both = "\(theirs.body)\n\n\(mine)"
        let form = FormView(request, values: Fields([("reply_body", both)]))
        let fields =
            form.hidden("reply_base", String(theirs.number))
            + form.area("reply_body", words("texts.reply.label"), hint: words("texts.reply.bothHint"), rows: 12)
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><div class="notice warning" role="alert"><p>\(words("texts.conflict.text", ["name": theirs.name])) \(words("texts.conflict.saved")) \(words.element(theirs.writtenAt)).</p></div>
            \(form.form(to: "\(open.validation)/droit-de-reponse", button: words("texts.reply.button"), cancel: open.validation, fields))
            <section><h2>\(words("texts.conflict.difference"))</h2>\(DifferenceView.show(theirs.body, mine, words))</section>
            """)
    }
}
