import Database
import Formats

/// One's own new address: confirmed by the link sent to it, told to the former one.
enum AddressChange {
    static let routes: [Route] = [
        .get("/compte/adresse", asks: .signedIn, for: "who has an account", fresh: .always) { .page(page($0)) },
        .post("/compte/adresse", asks: .signedIn, for: "who has an account", fresh: .always, ask),
        .get("/compte/adresse/{secret}", asks: .signedIn, for: "who has an account", show),
        .post("/compte/adresse/{secret}", asks: .signedIn, for: "who has an account", confirm),
    ]

    private struct Pending: Decodable, Sendable {
        var secretHash: String
        var personId: String
        var email: String
    }

    /// Nothing changes until the link is opened; whether somebody else has the address is not told.
    private static func ask(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let form = request.form
        return try await request.attempt(
            {
                let email = try People.checkedEmail(form.line("email"))
                try await request.site.amend(as: "account.addressAsked", by: request.actor, isPublic: false) { change in
                    try send(to: email, Account.load(own.personId, change), own.personId, in: change)
                    try change.trace("account", own.personId)
                }
                return .redirect("/compte?fait=adresse-demandee")
            },
            otherwise: { page(request, values: form, problems: $0) })
    }

    /// The address changes once the link sent to the new one is opened.
    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        return .ofAccount(
            words("platform.account.saveAddress"), request,
            form.form(
                to: "/compte/adresse", button: words("platform.account.sendAddress"), cancel: "/compte",
                form.input(
                    "email", words("platform.account.newAddress"), hint: words("platform.account.newAddressHint"), type: "email",
                    isRequired: true, autocomplete: "email")))
    }

    private static func send(to email: String, _ account: Account, _ personId: String, in change: Change) throws {
        let secret = Secrets.token()
        try change.run(
            """
            INSERT INTO email_change (secret_hash, person_id, email, created_at, expires_at)
            VALUES (\(Secrets.sha256(secret)), \(personId), \(email), \(change.now), \(change.now + .days(1)))
            """)
        let configuration = change.site.configuration
        let words = change.site.words(account.language ?? .french)
        let all: [String: any WordArgument] = [
            "name": account.name, "link": configuration.link("/compte/adresse/\(secret)"), "site": configuration.siteName,
        ]
        try change.send(
            Mail(
                to: personId, at: email, subject: words("platform.mail.addressConfirm.subject", all),
                text: words("platform.mail.addressConfirm.text", all), usefulUntil: change.now + .days(1)))
    }

    /// To look at the link changes nothing: a mail scanner does not use it up.
    private static func show(_ request: Request) async throws -> Response {
        let pending = try await request.site.database.read { try find(request, $0) }
        let words = request.words
        let title = words("platform.address.title")
        return .page(
            Page(
                title, shape: .narrow,
                """
                <h1>\(title)</h1><p class="lede">\(words("platform.address.text", ["email": pending.email]))</p>
                \(request.act(request.path, words("platform.address.button"), style: "button"))
                """))
    }

    private static func confirm(_ request: Request) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: "account.addressChanged", by: request.actor, isPublic: false) { change in
                let pending = try find(request, change)
                // The former address is told first: it is where its owner would learn that somebody else did this.
                try change.write(
                    to: pending.personId, "platform.mail.addressChanged", ["email": pending.email], opening: "/compte")
                try People.readdress(pending.personId, to: pending.email, in: change)
            }
            return .redirect("/compte?fait=adresse")
        } otherwise: { problems in
            try await AccountRoutes.page(request, problems: problems)
        }
    }

    /// - Throws: `DeadLink` when it is unknown, used, over, or somebody else's.
    private static func find(_ request: Request, _ reader: any Reader) throws -> Pending {
        let pending = try reader.first(
            Pending.self,
            """
            SELECT secret_hash, person_id, email FROM email_change
            WHERE secret_hash = \(Secrets.sha256(request["secret"])) AND used_at IS NULL AND expires_at > \(request.now)
            """)
        guard let pending, pending.personId == request.viewer.personId else { throw DeadLink() }
        return pending
    }
}
