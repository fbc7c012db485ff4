import Database
import Formats

/// What the page of an account shows.
struct Account: Decodable, Sendable {
    var name: String
    var email: String?
    var language: Language?
    var passwordHash: String?

    static func load(_ personId: String, _ reader: any Reader) throws -> Account {
        let account = try reader.first(
            Account.self,
            """
            SELECT name, email, language, password_hash FROM person JOIN account ON account.person_id = person.id
            WHERE person.id = \(personId)
            """)
        guard let account else { throw NotFound() }
        return account
    }
}

/// The page of one's own account.
struct AccountViews {
    let request: Request
    let account: Account
    let sessions: [Sessions.Open]
    /// The session of this request.
    let own: String
    var words: Words { request.words }

    private var administration: Markup {
        guard request.site.policy.allows(.administerSite, request.viewer) else { return .empty }
        return """
            <p class="acts"><a class="button quiet" data-icon="history" href="/administration/journal">\(words("platform.journal.title"))</a> <a class="button quiet" data-icon="mail" href="/administration/courriels">\(words("platform.outbox.title"))</a></p>
            """
    }

    func page(values: Fields?, address: Fields?, problems: [Problem]) -> Page {
        let title = words("platform.account.title")
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(account.email ?? "")</p>\(done)\(administration)
            <section><h2>\(words("platform.account.identity"))</h2>\(identity(values, problems))</section>
            <section><h2>\(words("platform.account.address"))</h2>\(self.address(address, problems))</section>
            <section><h2>\(words("platform.signIn.password"))</h2>\(password(problems))</section>
            <section><h2>\(words("platform.account.sessions"))</h2><p>\(words("platform.account.sessionsHint"))</p>
            <ul class="entries">\(sessions.map(session))</ul>
            \(sessions.count > 1 ? request.act("/compte/sessions/cloture", words("platform.account.endOthers")) : .empty)</section>
            """)
    }

    private var done: Markup {
        let keys = [
            "compte": "changed", "mot-de-passe": "passwordChanged", "session": "sessionEnded",
            "sessions": "sessionsEnded", "adresse": "addressChanged", "adresse-demandee": "addressAsked",
        ]
        guard let key = keys[request.query["fait"] ?? ""] else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(words("platform.account.\(key)"))</p>"
    }

    private func identity(_ values: Fields?, _ problems: [Problem]) -> Markup {
        let known = Fields([("name", account.name), ("language", (account.language ?? request.language).rawValue)])
        let form = FormView(request, values: values ?? known, problems: problems)
        let languages = Language.allCases.map {
            (value: $0.rawValue, label: request.site.words($0)("platform.language"))
        }
        return form.form(
            to: "/compte", button: words("platform.account.save"),
            form.input("name", words("platform.account.name"), isRequired: true, autocomplete: "name")
                + form.select("language", words("platform.account.language"), options: languages, width: "medium"))
    }

    /// The address changes once the link sent to the new one is opened.
    private func address(_ typed: Fields?, _ problems: [Problem]) -> Markup {
        let form = FormView(request, values: typed ?? Fields(), problems: typed == nil ? [] : problems)
        let password: Markup =
            account.passwordHash == nil
            ? .empty
            : form.input(
                "current_password", words("platform.account.oldPassword"), type: "password", isRequired: true,
                autocomplete: "current-password")
        return form.form(
            to: "/compte/adresse", button: words("platform.account.saveAddress"), style: "button quiet",
            form.input(
                "email", words("platform.account.newAddress"), hint: words("platform.account.newAddressHint"), type: "email",
                isRequired: true, autocomplete: "email") + password)
    }

    private func password(_ problems: [Problem]) -> Markup {
        let form = FormView(request, problems: problems)
        let old =
            account.passwordHash == nil
            ? "<p>\(words("platform.account.noPassword"))</p>"
            : form.input(
                "old_password", words("platform.account.oldPassword"), type: "password", isRequired: true,
                autocomplete: "current-password")
        return form.form(
            to: "/compte/mot-de-passe", button: words("platform.account.savePassword"),
            SignInViews.username(account.email) + old
                + form.input(
                    "password", words("platform.account.newPassword"), hint: words("platform.password.hint"),
                    type: "password",
                    isRequired: true, autocomplete: "new-password"))
    }

    private func session(_ session: Sessions.Open) -> Markup {
        let isOwn = session.tokenHash == own
        let name = Device(session.device).name(words)
        let act: Markup =
            isOwn
            ? "<p class=\"meta\">\(words("platform.account.thisSession"))</p>"
            : request.act("/compte/sessions/\(session.name)/cloture", words("platform.account.end", ["device": name]))
        return """
            <li><h3>\(name)</h3><p class="meta">\(words("platform.account.seen")) \(words.element(session.seenAt)) · \(words("platform.account.opened")) \(words.element(session.createdAt))</p>\(act)</li>
            """
    }
}
