import Database
import Formats

/// What the page of an account shows.
struct Account: Decodable, Sendable {
    var name: String
    var email: String?
    var language: Language?
    var passwordHash: String?
    var hasPassword: Bool { passwordHash != nil }

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
    let factor: Factor?
    let sessions: [Sessions.Open]
    /// The session of this request.
    let own: String
    var words: Words { request.words }

    private var administration: Markup {
        let link = AdministrationPage.link(request)
        return link.isEmpty ? .empty : "<p class=\"acts\">\(link)</p>"
    }

    func page(values: Fields?, problems: [Problem]) -> Page {
        let title = words("platform.account.title")
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(account.email ?? "")</p>\(done)\(administration)
            <section><h2>\(words("platform.account.identity"))</h2>\(identity(values, problems))</section>
            <section><h2>\(words("platform.account.address"))</h2><p>\(account.email ?? words("platform.account.noAddress"))</p>\(link("/compte/adresse", "platform.account.saveAddress"))</section>
            <section><h2>\(words("platform.signIn.password"))</h2>\(account.hasPassword ? .empty : "<p>\(words("platform.account.noPassword"))</p>")\(link("/compte/mot-de-passe", account.hasPassword ? "platform.account.savePassword" : "platform.account.choosePassword"))</section>
            <section><h2>\(words("platform.factor.title"))</h2><p>\(state)</p>\(link("/compte/second-facteur", factor == nil ? "platform.factor.start" : "platform.factor.manage"))</section>
            <section><h2>\(words("platform.reminders.heading"))</h2><p>\(words("platform.reminders.lede"))</p>\(link(ReminderPages.path, "platform.reminders.open"))</section>
            <section><h2>\(words("platform.data.title"))</h2><p>\(words("platform.data.intro"))</p>\(link(PersonalPages.path, "platform.data.open"))</section>
            <section><h2>\(words("platform.account.sessions"))</h2><p>\(words("platform.account.sessionsHint"))</p>
            <ul class="entries">\(sessions.map(session))</ul>
            \(sessions.count > 1 ? request.act("/compte/sessions/cloture", words("platform.account.endOthers")) : .empty)</section>
            """)
    }

    private var done: Markup {
        let keys = [
            "compte": "changed", "mot-de-passe": "passwordChanged", "session": "sessionEnded",
            "sessions": "sessionsEnded", "adresse": "addressChanged", "adresse-demandee": "addressAsked",
            "facteur-retire": "factorRemoved",
        ]
        guard let key = keys[request.query["fait"] ?? ""] else { return .empty }
        let renewed = request.site.privateAddresses.filter { request.query.all("adresse").contains($0.name) }.map { address -> Markup in
            " <a href=\"\(address.path)\">\(words("\(address.key).renewed"))</a>"
        }
        return "<p class=\"notice success\" role=\"status\">\(words("platform.account.\(key)"))\(renewed)</p>"
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

    private func link(_ path: String, _ key: String) -> Markup {
        "<p class=\"acts\"><a class=\"button quiet\" href=\"\(path)\">\(words(key))</a></p>"
    }

    /// Whether there is a second factor, and whether there must be one.
    private var state: String {
        if let factor {
            let key = factor.hasFewCodes ? "platform.factor.fewCodes" : "platform.factor.inPlace"
            return words(key, ["since": factor.startedAt.day(), "n": factor.codesLeft])
        }
        return words(request.site.configuration.requiresFactor ? "platform.factor.optional" : "platform.factor.offered")
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
