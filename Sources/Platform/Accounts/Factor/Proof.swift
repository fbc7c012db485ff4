import Database
import Formats

/// To show once more who one is, in an open session, before what is sensitive: by the password, the code, or a link by mail.
enum ProofRoutes {
    static let routes: [Route] = [
        .get("/compte/confirmation", asks: .signedIn, for: "who has an account") { request in
            let next = request.query["next"] ?? ""
            return .page(try await ProofViews.page(request, values: next.isEmpty ? Fields() : Fields([("next", next)])))
        },
        .post("/compte/confirmation", asks: .signedIn, for: "who has an account", upTo: 12 << 20, prove),
    ]

    private static func prove(_ request: Request) async throws -> Response {
        guard let session = request.session else { throw NotFound() }
        let own = try Own(request)
        let form = request.form
        let values = form.without("csrf", "password", "code", "recovery")
        do {
            let proof = try FactorProof(request)
            let tries = Tries(account: "proof|\(own.personId)", request)
            try tries.begin()
            if proof.isEmpty { try await check(form["password"] ?? "", of: own.personId, request.site) }
            let token = try await request.site.amend(as: "account.proven", by: request.actor, isPublic: false) { change in
                if !proof.isEmpty { try Factors.use(proof, of: own.personId, in: change) }
                try change.trace("account", own.personId)
                return try Sessions.renew(session, in: change)
            }
            tries.succeeded()
            return try await SignInRoutes.arrive(token, request, lede: "platform.proof.resume")
        } catch let refusal as TooSoon {
            return refusal.response(
                try await ProofViews.page(request, values: values, problems: request.problems(refusal) ?? []), request)
        } catch let refusal as Refused {
            let problems = request.problems(refusal) ?? []
            return .page(
                try await ProofViews.page(request, values: values, problems: problems).with { $0.problems = problems }, status: 422)
        }
    }

    private static func check(_ password: String, of personId: String, _ site: Site) async throws {
        let account = try await site.database.read { try Account.load(personId, $0) }
        guard account.hasPassword else { throw Refused("platform.code.missing", field: "code") }
        guard await SignIn.matches(password, account.passwordHash) else {
            throw Refused("platform.proof.wrongPassword", field: "password")
        }
    }
}

enum ProofViews {
    /// In place of a page or a change that asks for it (401); a form that was sent is kept in it, without its secrets.
    static func required(_ request: Request) async throws -> Response {
        if request.wantsJSON {
            return .json(.object(["error": .string(request.words("platform.proof.lede"))]), status: 401)
        }
        var values = Fields()
        if request.method == .post {
            if let kept = Resumption.offered(request) { values.set("resume", to: kept.written) }
        } else {
            values.set("next", to: request.location)
        }
        return .page(try await page(request, values: values), status: 401)
    }

    static func page(_ request: Request, values: Fields, problems: [Problem] = []) async throws -> Page {
        let own = try Own(request)
        let words = request.words
        let (account, factor) = try await request.site.database.read { reader in
            (try Account.load(own.personId, reader), try Factors.of(own.personId, reader))
        }
        let form = FormView(request, values: values, problems: problems)
        let title = words("platform.proof.title")
        let isKept = values.has("resume")
        return Page(
            title, shape: .narrow,
            """
            <h1>\(title)</h1><p class="lede">\(words(isKept ? "platform.proof.kept" : "platform.proof.lede"))</p>
            <form method="post" action="/compte/confirmation" data-once>\(request.formField)\(SignInViews.hidden(form))\(SignInViews.username(account.email))
            \(fields(form, hasPassword: account.hasPassword, hasFactor: factor != nil))\(link(account, words))</form>
            """)
    }

    private static func fields(_ form: FormView, hasPassword: Bool, hasFactor: Bool) -> Markup {
        let words = form.request.words
        guard hasPassword || hasFactor else { return .empty }
        let password: Markup =
            hasPassword
            ? form.input("password", words("platform.signIn.password"), type: "password", autocomplete: "current-password") : .empty
        let wrong = form.problems.contains { $0.field == "code" }
        let code: Markup =
            switch (hasPassword, hasFactor) {
            case (_, false): .empty
            case (true, true):
                "<details\(Markup.flag("open", if: wrong))><summary>\(words("platform.proof.useCode"))</summary>\(FactorFields.code(form))</details>"
            case (false, true): FactorFields.code(form)
            }
        return "\(password)\(code)<div class=\"acts\"><button class=\"button\">\(words("platform.proof.button"))</button></div>"
    }

    /// For whoever has no password, or forgot it: the link leads back here with a new session.
    private static func link(_ account: Account, _ words: Words) -> Markup {
        guard let email = account.email else { return .empty }
        return """
            <input type="hidden" name="email" value="\(email)"><p class="hint">\(words("platform.proof.linkHint", ["email": email]))</p>
            <div class="acts"><button class="button quiet" formaction="/connexion/lien" formnovalidate>\(words("platform.signIn.sendLink"))</button></div>
            """
    }
}
