import Database
import Formats

/// A telephone lost with its recovery codes: the second factor of somebody is taken away by an administrator, or by the host.
public struct FactorReset: Sendable {
    let email: String
    let reason: String

    public init(email: String, reason: String) {
        self.email = email
        self.reason = CleanText.line(reason)
    }

    /// Takes it away, ends the person's sessions and tells them.
    /// - Throws: `Refused`
    public func apply(_ site: Site, by actor: Actor) async throws {
        try GivenReason.check(reason)
        try await site.amend(as: "account.factorReset", by: actor, isPublic: false) { change in
            try change.require(.administerSite)
            guard let personId = try People.find(email: email, change), try Accounts.has(personId, change) else {
                throw Refused("platform.reset.nobody", ["email": email], field: "email")
            }
            guard personId != actor.personId else { throw Refused("platform.reset.oneself", field: "email") }
            try Factors.remove(of: personId, in: change)
            try Sessions.endAll(of: personId, in: change)
            try change.trace("account", personId, ["reason": reason])
            try change.write(to: personId, "platform.mail.factorReset", ["reason": reason], opening: FactorRoutes.path)
        }
    }

    /// The page, its address filled in.
    static func path(for email: String) -> String { "\(FactorResetRoutes.path)?\(URLForm.encode([("email", email)]))" }

    /// What is known of somebody's second factor; nil when they have none.
    /// - Throws: `Refused`
    public static func state(of email: String, _ site: Site) async throws -> (since: Day, codesLeft: Int)? {
        let factor = try await site.database.read { reader in
            guard let personId = try People.find(email: email, reader), try Accounts.has(personId, reader) else {
                throw Refused("platform.reset.nobody", ["email": email], field: "email")
            }
            return try Factors.of(personId, reader)
        }
        return factor.map { ($0.startedAt.day(), $0.codesLeft) }
    }
}

enum FactorResetRoutes {
    static let path = "/administration/second-facteur"
    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "who administers the site", fresh: .always) { request in
            .page(page(request, values: Fields([("email", request.query.line("email"))])))
        },
        .post(path, asks: .site(.administerSite), for: "who administers the site", fresh: .always) { request in
            let form = request.form
            return try await request.attempt(
                {
                    try await FactorReset(email: form.line("email"), reason: form.line("reason")).apply(request.site, by: request.actor)
                    return .redirect("\(path)?fait=1")
                },
                otherwise: { page(request, values: form, problems: $0) })
        },
    ]

    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let done: Markup =
            request.query.has("fait") ? "<p class=\"notice success\" role=\"status\">\(words("platform.reset.done"))</p>" : .empty
        return .ofAccount(
            words("platform.reset.title"), request, lede: words("platform.reset.lede"),
            """
            \(done)\(form.form(to: path, button: words("platform.reset.button"), style: "button danger", cancel: AdministrationPage.path,
                form.input("email", words("platform.reset.email"), type: "email", isRequired: true, autocomplete: "off")
                    + form.input("reason", words("platform.reset.reason"), hint: words("platform.reset.reasonHint"), isRequired: true)))
            """)
    }
}
