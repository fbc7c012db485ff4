import Community
import Formats
import Platform

/// The pieces of the pages where mails that came in are sorted.
struct IncomingViews {
    let request: Request
    let programme: Programme
    var words: Words { request.words }
    var base: String { "\(programme.path)/courriels-recus" }

    func page(_ title: String, _ content: Markup) -> Page {
        let crumbs = title == words("notes.mailIn.title") ? [] : [Crumb(words("notes.mailIn.title"), base)]
        return programme.page(title, at: "/notes", crumbs: crumbs, request, content)
    }

    var done: Markup {
        guard let done = request.query["fait"], ["taken", "discarded", "restored", "given", "handedBack"].contains(done) else { return .empty }
        if done == "handedBack", let mail = request.query["courriel"].flatMap({ Identifier.isName($0) ? $0 : nil }) {
            return """
                <div class="notice undo" role="status" data-undo="20"><p>\(words("notes.mailIn.done.handedBack"))</p>\(request.act("\(base)/\(mail)/prise", words("notes.done.undo")))<span data-undo-left></span></div>
                """
        }
        return "<p class=\"notice success\" role=\"status\">\(words("notes.mailIn.done.\(done)"))</p>"
    }

    func list(_ state: IncomingMail.State, _ counts: [IncomingMail.State: Int], _ page: Paged<IncomingMail>) -> Markup {
        """
        <h1>\(words("notes.mailIn.title"))</h1><p class="lede">\(words("notes.mailIn.lede"))</p>
        \(Self.list(IncomingMail.State.allCases, state, counts, page, at: base, empty: words("notes.mailIn.emptyText"), request))
        """
    }

    /// The mails of a state, under the tabs of those that there may be.
    static func list(
        _ states: [IncomingMail.State], _ state: IncomingMail.State, _ counts: [IncomingMail.State: Int], _ page: Paged<IncomingMail>, at base: String,
        empty: String, _ request: Request
    ) -> Markup {
        let words = request.words
        let tabs = states.map { other -> Markup in
            "<a href=\"\(base)?etat=\(other.rawValue)\"\(Markup.attribute("aria-current", value: other == state ? "page" : nil))>\(words.name("notes.mailIn.state", of: other)) <b class=\"count\">\(counts[other] ?? 0)</b></a>"
        }
        let items = page.items.map { mail -> Markup in
            let title = mail.subject.isEmpty ? words("notes.mailIn.noSubject") : mail.subject
            let who = [mail.senderName, mail.sender].filter { !$0.isEmpty }.joined(separator: ", ")
            return """
                <li><h2><a href="\(base)/\(mail.id)">\(title)</a></h2><p class="meta">\(who.isEmpty ? words("notes.mailIn.nobody") : who) · \(words.element(mail.receivedAt))\(mail.reason.map { " · \(words.name("notes.mailIn.reason", of: $0))" })</p></li>
                """
        }
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h2>\(words("notes.mailIn.emptyTitle"))</h2><p>\(empty)</p></div>"
            : "<ol class=\"entries\">\(items)</ol>\(request.pages(of: page))"
        return "<nav class=\"tabs\" aria-label=\"\(words("notes.mailIn.filter"))\">\(tabs.joined(separator: " "))</nav>\(list)"
    }

    /// - Parameter content: what it says, for whoever may read it.
    func mail(
        _ title: String, _ mail: IncomingMail, _ content: ReceivedMail?, _ files: [IncomingFile], _ people: [(value: String, label: String)], _ typed: Fields,
        _ problems: [Problem], mayHandBack: Bool
    ) -> Markup {
        """
        <h1>\(title)</h1>\(Self.facts(mail, words))\(text(mail, content))\(attachments(mail, files))\(acts(mail, people, typed, problems))\(mayHandBack ? handBack(mail) : .empty)
        """
    }

    /// What is known of a mail without opening it.
    static func facts(_ mail: IncomingMail, _ words: Words) -> Markup {
        let facts: [(String, String)] = [
            ("from", [mail.senderName, mail.sender].filter { !$0.isEmpty }.joined(separator: ", ")), ("at", words.moment(mail.receivedAt)),
            ("for", [mail.person ?? "", mail.visit ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")),
            ("why", mail.reason.map { words.name("notes.mailIn.why", of: $0) } ?? ""), ("by", mail.handledBy ?? ""),
        ]
        let rows = facts.filter { !$0.1.isEmpty }.map { "<div><dt>\(words("notes.mailIn.\($0.0)"))</dt><dd>\($0.1)</dd></div>" as Markup }
        return """
            <p class="state-line"><span class="state" data-state="\(mail.state == .waiting ? "waiting" : mail.state == .taken ? "validated" : "none")">\(words.name("notes.mailIn.state", of: mail.state))</span></p>
            <dl class="facts">\(rows)</dl>
            """
    }

    private func handBack(_ mail: IncomingMail) -> Markup {
        """
        <section class="no-print"><h2>\(words("notes.mailIn.elsewhere"))</h2><p>\(words("notes.mailIn.elsewhereText"))</p>
        <div class="acts">\(request.act("\(base)/\(mail.id)/remise", words("notes.mailIn.handBack")))</div></section>
        """
    }

    private func text(_ mail: IncomingMail, _ content: ReceivedMail?) -> Markup {
        guard let content else {
            return "<p class=\"notice\">\(words(mail.programmeId == nil ? "notes.mailIn.notTaken" : "notes.mailIn.private"))</p>"
        }
        let own = OwnWords.of(content.text)
        let shown = own.split(separator: "\n\n").map { "<p>\(String($0))</p>" as Markup }
        return """
            <section><h2>\(words("notes.mailIn.says"))</h2>\(shown.isEmpty ? "<p>\(words("notes.mailIn.saysNothing"))</p>" : "<blockquote class=\"words\">\(shown)</blockquote>")
            <p class="meta"><a href="/courriels-recus/\(mail.id)/original">\(words("notes.mailIn.original"))</a> (\(words.size(mail.size)))</p></section>
            """
    }

    private func attachments(_ mail: IncomingMail, _ files: [IncomingFile]) -> Markup {
        guard mail.isForSorting, mail.programmeId != nil, !files.isEmpty else { return .empty }
        return "<section><h2>\(words("notes.mailIn.files"))</h2><ul>\(files.map { Self.file($0, words) })</ul></section>"
    }

    static func file(_ file: IncomingFile, _ words: Words) -> Markup {
        guard file.hash != nil, let kind = file.kind else { return "<li>\(file.name) <span class=\"meta\">\(words("notes.mailIn.inOriginal"))</span></li>" }
        return """
            <li><a href="/courriels-recus/\(file.mailId)/fichiers/\(file.id)">\(file.name)</a> <span class="meta">(\(kind.label), \(words.size(file.size ?? 0)))</span></li>
            """
    }

    private func acts(_ mail: IncomingMail, _ people: [(value: String, label: String)], _ typed: Fields, _ problems: [Problem]) -> Markup {
        let path = "\(base)/\(mail.id)"
        if mail.programmeId == nil { return "<div class=\"acts\">\(request.act("\(path)/prise", words("notes.mailIn.take"), style: "button"))</div>" }
        if mail.state == .discarded || mail.state == .automatic {
            return "<div class=\"acts\">\(request.act("\(path)/retour", words("notes.mailIn.restore")))</div>"
        }
        guard mail.state == .waiting else { return .empty }
        let known = [mail.visitId, mail.personId].compactMap { $0 }.joined(separator: " ")
        let form = FormView(request, values: typed.has("whose") ? typed : Fields([("whose", known)]), problems: problems)
        let options = [(value: "", label: words("notes.mailIn.choose"))] + people
        return """
            <section class="no-print"><h2>\(words("notes.mailIn.whose"))</h2><p>\(words("notes.mailIn.whoseText"))</p>
            \(form.form(to: "\(path)/attribution", button: words("notes.mailIn.give"), form.select("whose", words("notes.mailIn.who"), options: options)))
            <div class="acts">\(request.act("\(path)/rejet", words("notes.mailIn.discard"), style: "link"))</div></section>
            """
    }
}
