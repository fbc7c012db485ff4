import Database
import Formats

/// One's own new password, chosen on a page of its own once one has shown who one is.
enum PasswordChange {
    static let routes: [Route] = [
        .get("/compte/mot-de-passe", asks: .signedIn, for: "who has an account", fresh: .always) { .page(try await page($0)) },
        .post("/compte/mot-de-passe", asks: .signedIn, for: "who has an account", fresh: .always, change),
    ]

    private static func change(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let account = try await request.site.database.read { try Account.load(own.personId, $0) }
        return try await request.attempt(
            {
                let hash = try await Accounts.hash(
                    password: request.form["password"] ?? "", knowing: [account.name, account.email].compactMap(\.self),
                    site: request.site)
                let form = request.form
                let renewed = request.site.privateAddresses.filter { form.has($0.field) }
                try await request.site.amend(as: "account.passwordChanged", by: request.actor, isPublic: false) { change in
                    try Accounts.setPassword(own.personId, hash: hash, in: change)
                    try Sessions.endAll(of: own.personId, but: own.tokenHash, in: change)
                    for address in renewed where try address.isOpen(own.personId, change) { try address.renew(own.personId, change) }
                    try change.write(to: own.personId, "platform.mail.passwordChanged", opening: "/compte")
                }
                return .redirect("/compte?\(URLForm.encode([("fait", "mot-de-passe")] + renewed.map { ("adresse", $0.name) }))")
            },
            otherwise: { try await page(request, values: request.form.without("csrf", "password"), problems: $0) })
    }

    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let own = try Own(request)
        let (words, site) = (request.words, request.site)
        let (account, addresses) = try await site.database.read { reader in
            (try Account.load(own.personId, reader), try site.privateAddresses.filter { try $0.isOpen(own.personId, reader) })
        }
        let form = FormView(request, values: values, problems: problems)
        return .ofAccount(
            words(account.hasPassword ? "platform.account.savePassword" : "platform.account.choosePassword"), request,
            form.form(
                to: "/compte/mot-de-passe", button: words("platform.account.keepPassword"), cancel: "/compte",
                SignInViews.username(account.email)
                    + form.input(
                        "password", words("platform.account.newPassword"), hint: words("platform.password.hint"), type: "password",
                        isRequired: true, autocomplete: "new-password")
                    + addresses.map { form.check($0.field, words("\($0.key).withPassword")) }.joined(separator: "")))
    }
}

extension Page {
    /// A page of one's account: one thing to do, and the way back.
    public static func ofAccount(_ title: String, _ request: Request, lede: String? = nil, _ content: Markup) -> Page {
        let words = request.words
        return Page(
            title, shape: .reading,
            crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(words("platform.account.title"), "/compte"), Crumb(title)],
            "<h1>\(title)</h1>\(lede.map { "<p class=\"lede\">\($0)</p>" as Markup })\(content)")
    }
}
