import Database
import Formats

/// The addresses of the way in and of the way out.
enum SignInRoutes {
    static let routes: [Route] = [
        .get("/connexion", asks: .anyone, for: "everybody") { request in
            let next = request.query["next"] ?? ""
            return .page(SignInViews.page(request, values: next.isEmpty ? Fields() : Fields([("next", next)])))
        },
        // A form that was kept comes along, written once more in the body.
        .post("/connexion", asks: .anyone, for: "everybody", upTo: 12 << 20, signIn),
        .get("/connexion/envoi", asks: .anyone, for: "everybody") { .page(SignInViews.sent($0)) },
        .post("/connexion/lien", asks: .anyone, for: "everybody", upTo: 12 << 20, askLink),
        .get("/connexion/lien/{secret}", asks: .anyone, for: "who holds the link") { request in
            .page(SignInViews.confirm(try await link(.signIn, request), request))
        },
        .post("/connexion/lien/{secret}", asks: .anyone, for: "who holds the link") { request in
            let link = try await link(.signIn, request)
            guard let personId = link.personId else { throw DeadLink() }
            return try await enter(as: "account.signedIn", request) { change in
                try link.use(in: change)
                return personId
            }
        },
        .post("/deconnexion", asks: .signedIn, for: "who has an account", signOut),
    ]

    /// Where one arrives when nowhere else was asked.
    static let home = "/a-faire"

    private static func signIn(_ request: Request) async throws -> Response {
        let form = request.form
        let values = form.without("csrf", "password")
        do {
            let personId = try await SignIn.person(email: form.line("email"), password: form["password"] ?? "", request)
            return try await enter(as: "account.signedIn", request) { _ in personId }
        } catch let refusal as TooSoon {
            return refusal.response(
                SignInViews.page(request, values: values, problems: request.problems(refusal) ?? []), request)
        } catch let refusal as Refused {
            let problems = request.problems(refusal) ?? []
            return .page(
                SignInViews.page(request, values: values, problems: problems).with { $0.problems = problems },
                status: 422)
        }
    }

    private static func askLink(_ request: Request) async throws -> Response {
        let form = request.form
        let values = form.without("csrf", "password")
        do {
            let email = try People.checkedEmail(form.line("email"))
            let isKnownHere = try await request.site.database.read { try KnownNetwork.has(email, request, $0) }
            try Tries(account: "link|\(People.emailKey(email))", isKnownHere: isKnownHere, request).begin()
            try await SignIn.sendLink(to: email, opening: form.line("next"), request)
            guard let kept = form["resume"].flatMap(Resumption.init) else { return .redirect("/connexion/envoi") }
            return .page(SignInViews.sent(request, kept: kept))
        } catch let refusal as TooSoon {
            return refusal.response(SignInViews.page(request, values: values), request)
        } catch let refusal as PersonRefusal {
            let problems = request.problems(refusal) ?? []
            return .page(
                SignInViews.page(request, values: values, problems: problems).with { $0.problems = problems },
                status: 422)
        }
    }

    private static func signOut(_ request: Request) async throws -> Response {
        if let session = request.session {
            try await request.site.amend(as: "account.signedOut", by: request.actor, isPublic: false) { change in
                try Sessions.end(session.tokenHash, in: change)
                try change.trace("account", session.viewer.personId ?? "")
            }
        }
        var response = Response.redirect("/")
        response.endSession(site: request.site)
        return response
    }

    static func link(_ purpose: SignInLink.Purpose, _ request: Request) async throws -> SignInLink {
        let now = request.now
        return try await request.site.database.read { reader in
            try SignInLink.find(request["secret"], for: purpose, reader, at: now)
        }
    }

    /// Opens the session of the person that `who` answers, in the same transaction, and goes where the form asked: to a
    /// local page, or to the form that was kept when the last session ended. Whoever has a second factor is asked its code first.
    static func enter(
        as action: String, _ request: Request, _ who: @escaping @Sendable (Change) throws -> String
    ) async throws -> Response {
        let entrance = try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try SignIn.enter(who(change), request, in: change)
        }
        switch entrance {
        case .whole(let token): return try await arrive(token, request, lede: "platform.resume.lede")
        case .half(let token): return CodeRoutes.ask(token, request)
        }
    }

    /// Goes where the form asked, with a new cookie.
    /// - Parameter lede: what is said above a form that was kept.
    static func arrive(_ token: String, _ request: Request, lede: String) async throws -> Response {
        let form = request.form
        var response =
            if let kept = form["resume"].flatMap(Resumption.init) {
                try await resumed(kept, token, request, lede: lede)
            } else {
                Response.redirect(form.line("next").isEmpty ? home : form.line("next"))
            }
        response.setSession(token, site: request.site)
        return response
    }

    /// What was typed before the session ended, ready to be sent, dressed for the person who just came in.
    private static func resumed(_ kept: Resumption, _ token: String, _ request: Request, lede: String) async throws -> Response {
        let request = try await request.carrying(token)
        let title = request.words("platform.resume.title")
        let page = Page(
            title, shape: .narrow,
            "<h1>\(title)</h1><p class=\"lede\">\(request.words(lede))</p>\(kept.form(request))")
        return request.dressed(page)
    }
}

extension Request {
    /// The same request, asked with a cookie that its answer brings.
    func carrying(_ token: String) async throws -> Request {
        var request = self
        request.session = try await Sessions.resume(token, site: site)
        request.viewer = request.session?.viewer ?? .anybody
        request.language = request.session?.language ?? language
        request.formToken = FormToken.make(request)
        return request
    }

    /// A page dressed for whoever asks now, not for whoever asked at first.
    func dressed(_ page: Page) -> Response {
        Response(
            headers: [("content-type", "text/html; charset=utf-8"), ("content-language", language.rawValue)],
            body: Array(Shell(request: self).render(page).html.utf8))
    }
}
