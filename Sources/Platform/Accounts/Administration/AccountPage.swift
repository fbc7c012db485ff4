import Formats

/// The page of one account: what is known of its way in, and how to help.
struct AccountPage {
    let request: Request
    let account: AccountDetails
    var words: Words { request.words }
    private var entry: AccountEntry { account.entry }
    private var path: String { AccountAdministration.path(of: entry.personId) }

    var page: Page {
        Page(
            entry.name, shape: .reading,
            crumbs: AdministrationPage.crumbs(words) + [Crumb(words("platform.accounts.title"), AccountAdministration.path), Crumb(entry.name)],
            """
            <h1>\(entry.name)</h1>\(done)<p class="state-line">\(state)</p>\(failures)
            <dl class="facts">\(facts)</dl>
            <p class="acts no-print"><a class="button quiet" href="/administration/journal?personne=\(entry.personId)">\(words("platform.accounts.journal"))</a></p>\(acts)
            """)
    }

    private var state: Markup {
        let mark = [AccountEntry.State.open: "validated", .invited: "waiting", .closed: "none"][entry.state]!
        return "<span class=\"state\" data-state=\"\(mark)\">\(words.name("platform.accounts.said", of: entry.state))</span>"
    }

    private var facts: Markup {
        var facts = [
            ("email", entry.email ?? words("platform.accounts.noAddress")), ("opened", words.date(entry.createdAt.day())),
            ("visit", entry.seenAt.map { words.date($0.day()) } ?? words("platform.accounts.never")),
        ]
        if entry.state == .invited {
            facts.append(("invitation", account.invitedUntil.map { words("platform.accounts.invitation.good", ["day": $0.day()]) } ?? words("platform.accounts.invitation.over")))
        }
        if entry.state != .closed {
            facts += [
                ("sessions", words.number(account.sessions)), ("password", words("platform.accounts.password.\(entry.hasPassword ? "chosen" : "none")")),
                ("factor", factor), ("administration", words("platform.accounts.\(entry.isAdministrator ? "yes" : "no")")),
            ]
        }
        if let day = account.leavesAt?.day() { facts.append(("leaving", words("platform.accounts.leaves", ["day": day]))) }
        return facts.map { "<div><dt>\(words("platform.accounts.fact.\($0)"))</dt><dd>\($1)</dd></div>" as Markup }.joined(separator: "")
    }

    private var factor: String {
        entry.factorAt.map { words("platform.accounts.factor.since", ["day": $0.day()]) } ?? words("platform.accounts.factor.\(entry.factor(request.site))")
    }

    /// That mails do not reach this person, and why.
    private var failures: Markup {
        guard let reason = account.failures.first, let email = entry.email else { return .empty }
        let address = "\(OutboxRoutes.path)?\(URLForm.encode([("etat", "failed"), ("destinataire", email)]))"
        return """
            <div class="notice warning"><p>\(words("platform.accounts.failures", ["n": account.failures.count])) \(words.name("platform.outbox.reason", of: reason))</p><p><a href="\(address)">\(words("platform.accounts.mails"))</a></p></div>
            """
    }

    // MARK: - Acts

    private var acts: Markup {
        guard entry.personId != request.viewer.personId else {
            return "<p class=\"notice\">\(words("platform.accounts.own")) <a href=\"/compte\">\(words("platform.account.title"))</a></p>"
        }
        guard entry.state != .closed else { return .empty }
        return wayIn + link("shelter", "\(path)/abri") + factorReset + link(entry.isAdministrator ? "take" : "give", "\(path)/administration", if: entry.state == .open || entry.isAdministrator)
            + link("erasure", "\(ErasurePages.administration)?\(URLForm.encode([("person", entry.email ?? entry.name)]))")
    }

    private var wayIn: Markup {
        let key = entry.state == .invited ? "invite" : "link"
        guard let email = entry.email else { return act("link", "<p>\(words("platform.accounts.refusal.noAddress"))</p>") }
        return act(
            key, "<p>\(words("platform.accounts.act.\(key).text", ["email": email]))</p>\(request.act("\(path)/acces", words("platform.accounts.act.\(key).button"), style: "button"))")
    }

    private var factorReset: Markup {
        guard entry.factorAt != nil, let email = entry.email else { return .empty }
        return link("factor", FactorReset.path(for: email))
    }

    private func link(_ key: String, _ path: String, if isOpen: Bool = true) -> Markup {
        guard isOpen else { return .empty }
        return act(
            key,
            "<p>\(words("platform.accounts.act.\(key).text"))</p><p class=\"acts\"><a class=\"button quiet\" href=\"\(path)\">\(words("platform.accounts.act.\(key).button"))</a></p>")
    }

    private func act(_ key: String, _ content: Markup) -> Markup {
        "<section class=\"no-print\"><h2>\(words("platform.accounts.act.\(key)"))</h2>\(content)</section>"
    }

    private var done: Markup {
        let keys = ["acces": "wayIn", "abri": "sheltered", "administration": "given", "sans-administration": "taken"]
        guard let key = keys[request.query.line("fait")] else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(words("platform.accounts.done.\(key)"))</p>"
    }
}
