import Database
import Formats

/// The second step of the log-in: the code of the application, or a recovery code.
enum CodeRoutes {
    static let routes: [Route] = [
        .get("/connexion/code", asks: .anyone, for: "who gave a password or a link") { request in
            guard try await HalfSession.resume(request) != nil else { return .redirect("/connexion") }
            return .page(page(request, values: Fields([("next", request.query["next"] ?? "")])))
        },
        .post("/connexion/code", asks: .anyone, for: "who gave a password or a link", upTo: 12 << 20, enter),
    ]

    /// Leads to the page of the code, with the cookie of the half session; a form that was kept comes along.
    static func ask(_ token: String, _ request: Request) -> Response {
        let form = request.form
        let next = form.line("next")
        var response =
            form["resume"].flatMap(Resumption.init) == nil
            ? Response.redirect("/connexion/code" + (next.isEmpty ? "" : "?next=\(URLForm.encode(next))"))
            : request.asAnybody.dressed(page(request.asAnybody, values: form.without("csrf", "email", "password")))
        response.setHalfSession(token, site: request.site)
        return response
    }

    private static func enter(_ request: Request) async throws -> Response {
        let form = request.form
        let values = form.without("csrf", "code", "recovery")
        guard let half = try await HalfSession.resume(request) else { return .page(over(request, values), status: 422) }
        let proof = try FactorProof(request)
        do {
            guard !proof.isEmpty else { throw Refused("platform.code.missing", field: "code") }
            let isKnownHere = try await request.site.database.read { try KnownNetwork.has(half.email ?? "", request, $0) }
            let tries = Tries(account: "factor|\(half.personId)", isKnownHere: isKnownHere, request)
            try tries.begin()
            let token = try await request.site.amend(as: "account.codeGiven", by: request.actor, isPublic: false) { change in
                try half.end(in: change)
                try Factors.use(proof, of: half.personId, in: change)
                return try SignIn.open(for: half.personId, request, in: change)
            }
            tries.succeeded()
            return try await SignInRoutes.arrive(token, request, lede: "platform.resume.lede")
        } catch let refusal as TooSoon {
            return refusal.response(page(request, values: values, problems: request.problems(refusal) ?? []), request)
        } catch let refusal as Refused {
            if !proof.isEmpty {
                try await request.site.amend(as: "account.codeRefused", by: request.actor, isPublic: false) { try half.failed(in: $0) }
            }
            guard try await HalfSession.resume(request) != nil else { return .page(over(request, values), status: 422) }
            let problems = request.problems(refusal) ?? []
            return .page(page(request, values: values, problems: problems).with { $0.problems = problems }, status: 422)
        }
    }

    private static func page(_ request: Request, values: Fields, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("platform.code.title")
        return Page(
            title, shape: .narrow,
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.code.lede"))</p>
            <form method="post" action="/connexion/code" data-once>\(request.formField)\(SignInViews.hidden(form))
            \(FactorFields.code(form))
            <details\(Markup.flag("open", if: problems.contains { $0.field == "recovery" }))><summary>\(words("platform.code.useRecovery"))</summary>
            \(FactorFields.recovery(form))</details>
            <div class="acts"><button class="button">\(words("platform.signIn.enter"))</button></div></form>
            <p class="hint">\(words("platform.code.lost"))</p>
            <p class="meta"><a href="/connexion">\(words("platform.signIn.again"))</a></p>
            """)
    }

    /// Too late, or too many wrong codes: one begins again, with what was kept.
    private static func over(_ request: Request, _ values: Fields) -> Page {
        let problems = request.problems(Refused("platform.code.over", field: "email")) ?? []
        return SignInViews.page(request, values: values, problems: problems).with { $0.problems = problems }
    }
}

/// The fields of a proof, the same wherever one is asked.
enum FactorFields {
    static func code(_ form: FormView) -> Markup {
        form.input(
            "code", form.request.words("platform.code.field"), hint: form.request.words("platform.code.hint"), width: "short",
            autocomplete: "one-time-code", keyboard: "numeric")
    }

    static func recovery(_ form: FormView) -> Markup {
        form.input(
            "recovery", form.request.words("platform.code.recovery"), hint: form.request.words("platform.code.recoveryHint"),
            width: "medium", autocomplete: "off")
    }
}

extension Request {
    /// The same request from a browser whose session was ended by its answer.
    fileprivate var asAnybody: Request {
        var request = self
        request.session = nil
        request.viewer = .anybody
        request.formToken = FormToken.make(request)
        return request
    }
}
