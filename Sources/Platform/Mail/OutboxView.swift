import Formats

/// The pages of the site's mails.
struct OutboxView {
    let request: Request
    var words: Words { request.words }
    private var path: String { OutboxRoutes.path }
    private var isDemonstration: Bool { request.site.configuration.isDemonstration }

    // MARK: - The list

    func page(_ list: OutboxList) -> Page {
        let title = words("platform.outbox.title")
        let items = list.entries.map(item)
        let entries: Markup =
            items.isEmpty ? "<p class=\"empty\">\(words("platform.outbox.none"))</p>" : "<ol class=\"entries\">\(items)</ol>"
        return Page(
            title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.outbox.lede"))</p>\(done)\(situation(list))
            <p class="state-line">\(counts(list))</p>\(filters(list))\(all(list))\(entries)\(request.pages(list.page, of: list.pages))
            """)
    }

    private func counts(_ list: OutboxList) -> String {
        OutboxEntry.State.allCases.map { words("platform.outbox.count.\($0.rawValue)", ["n": list.counts[$0] ?? 0]) }.joined(separator: " · ")
    }

    /// Why nothing leaves, when nothing does.
    private func situation(_ list: OutboxList) -> Markup {
        if isDemonstration {
            return "<p class=\"notice\">\(words("platform.outbox.demonstration")) <a href=\"/courriels\">\(words("platform.shell.mails"))</a></p>"
        }
        guard request.site.configuration.mail != nil else { return "<p class=\"notice warning\">\(words("platform.outbox.unset"))</p>" }
        guard let trouble = list.trouble else { return .empty }
        return "<div class=\"notice warning\"><p>\(words("platform.outbox.trouble"))</p><p>\(reason(trouble))</p>\(answer(trouble))</div>"
    }

    private func filters(_ list: OutboxList) -> Markup {
        let form = FormView(request, values: request.query)
        let states = [("", words("platform.outbox.anyState"))] + OutboxEntry.State.allCases.map { ($0.rawValue, words.name("platform.outbox.state", of: $0)) }
        return """
            <form class="filters no-print" method="get" action="\(path)">\(form.select("etat", words("platform.outbox.state"), options: states))\(form.input("destinataire", words("platform.outbox.recipient"), width: "medium"))<button class="button quiet">\(words("platform.outbox.filter"))</button></form>
            """
    }

    private func all(_ list: OutboxList) -> Markup {
        guard !isDemonstration, request.query.line("etat") == "failed", (list.counts[.failed] ?? 0) > 1 else { return .empty }
        return request.act("\(path)/envoi", words("platform.outbox.sendAll"))
    }

    private func item(_ entry: OutboxEntry) -> Markup {
        """
        <li><h2><a href="\(path)/\(entry.id)">\(entry.subject)</a></h2><p class="meta">\(recipient(entry)) · \(words.element(entry.createdAt))</p><p>\(state(entry)) \(sentence(entry))</p></li>
        """
    }

    // MARK: - One mail

    func page(_ entry: OutboxEntry) -> Page {
        let title = words("platform.outbox.title")
        return Page(
            entry.subject, shape: .reading,
            crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title, path), Crumb(entry.subject)],
            """
            <h1>\(entry.subject)</h1>\(done)
            <p class="state-line">\(state(entry)) \(sentence(entry))</p>\(answer(entry))
            <dl class="facts">\(facts(entry))</dl>\(acts(entry))
            <p class="meta">\(words("platform.outbox.noText"))</p>
            """)
    }

    private func facts(_ entry: OutboxEntry) -> Markup {
        var facts: [(String, Markup)] = [("recipient", recipient(entry)), ("written", words.element(entry.createdAt))]
        if entry.attempts > 0 { facts.append(("attempts", "\(words.number(entry.attempts))")) }
        if let tried = entry.triedAt { facts.append(("tried", words.element(tried))) }
        if entry.state == .waiting, entry.nextAt > request.now { facts.append(("next", words.element(entry.nextAt))) }
        if let end = entry.usefulUntil { facts.append(("usefulUntil", words.element(end))) }
        return facts.map { "<div><dt>\(words("platform.outbox.\($0)"))</dt><dd>\($1)</dd></div>" as Markup }.joined(separator: "")
    }

    private func acts(_ entry: OutboxEntry) -> Markup {
        guard !isDemonstration else { return .empty }
        let action = "\(path)/\(entry.id)"
        var acts: [Markup] = []
        if (try? entry.checkMayLeave(at: request.now)) != nil {
            if entry.state == .failed, let address = entry.newAddress {
                acts.append(request.act("\(action)/envoi", words("platform.outbox.sendTo", ["email": address]), style: "button", hidden: ["address": "new"]))
            }
            acts.append(request.act("\(action)/envoi", words("platform.outbox.send"), style: acts.isEmpty ? "button" : "button quiet"))
        }
        if (try? entry.checkMayBeGivenUp()) != nil { acts.append(request.act("\(action)/abandon", words("platform.outbox.giveUp"))) }
        return acts.isEmpty ? .empty : "<div class=\"acts\">\(acts)</div>"
    }

    private var done: Markup {
        let keys = ["envoi": "tried", "abandon": "givenUp", "envois": "allTried"]
        guard let key = keys[request.query.line("fait")] else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(words("platform.outbox.done.\(key)"))</p>"
    }

    // MARK: - Words

    private func recipient(_ entry: OutboxEntry) -> Markup { entry.name.map { "\($0) &lt;\(entry.address)&gt;" } ?? "\(entry.address)" }

    private func state(_ entry: OutboxEntry) -> Markup {
        let mark = [OutboxEntry.State.waiting: "waiting", .failed: "refused", .sent: "validated", .abandoned: "none"][entry.state]!
        return "<span class=\"state\" data-state=\"\(mark)\">\(words.name("platform.outbox.state", of: entry.state))</span>"
    }

    /// What happened and what follows, in a sentence.
    private func sentence(_ entry: OutboxEntry) -> String {
        switch entry.state {
        case .sent: words("platform.outbox.said.sent", ["at": entry.sentAt ?? entry.createdAt])
        case .abandoned: entry.reason == .expired ? reason(entry) : words("platform.outbox.said.abandoned")
        case .failed:
            entry.reason.map { $0.isOfServer || $0 == .deferred } == true
                ? "\(reason(entry)) \(words("platform.outbox.said.gaveUp", ["n": entry.attempts]))" : reason(entry)
        case .waiting:
            if entry.attempts > 0, entry.nextAt > request.now {
                "\(reason(entry)) \(words("platform.outbox.said.again", ["at": entry.nextAt]))"
            } else {
                isDemonstration || request.site.configuration.mail == nil ? "" : words("platform.outbox.said.soon")
            }
        }
    }

    private func reason(_ entry: OutboxEntry) -> String { entry.reason.map { words.name("platform.outbox.reason", of: $0) } ?? "" }

    private func answer(_ entry: OutboxEntry) -> Markup {
        guard !entry.answer.isEmpty else { return .empty }
        return "<p class=\"meta\">\(words("platform.outbox.answer")) <samp>\(entry.answer)</samp></p>"
    }
}
