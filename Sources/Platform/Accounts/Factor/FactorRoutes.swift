import Database
import Formats

/// One's second factor: put in place, changed of telephone, given new recovery codes, taken away.
enum FactorRoutes {
    static let routes: [Route] = [
        .get("/compte/second-facteur", asks: .signedIn, for: "who has an account", fresh: .always) { .page(try await page($0)) },
        .get("/compte/second-facteur/code.svg", asks: .signedIn, for: "who has an account", fresh: .always) { request in
            guard let code = QRCode(try await FactorOffer.make(request).address) else { throw NotFound() }
            return Response(headers: [("content-type", "image/svg+xml")], body: Array(code.drawing.html.utf8))
        },
        .post("/compte/second-facteur", asks: .signedIn, for: "who has an account", fresh: .always, upTo: 12 << 20, start),
        .post("/compte/second-facteur/codes", asks: .signedIn, for: "who has an account", fresh: .always, renewCodes),
        .post("/compte/second-facteur/retrait", asks: .signedIn, for: "who has an account", fresh: .always, remove),
    ]

    static let path = "/compte/second-facteur"

    /// In place of what a session does not open before the factor is there; a form that was sent is kept.
    static func required(_ request: Request) async throws -> Response {
        if request.wantsJSON {
            return .json(.object(["error": .string(request.words("platform.factor.required"))]), status: 401)
        }
        guard request.method == .post else { return .redirect("\(path)?next=\(URLForm.encode(request.location))") }
        guard request.session?.isProven(at: request.now) == true else { return try await ProofViews.required(request) }
        var values = Fields()
        if let kept = Resumption.offered(request) { values.set("resume", to: kept.written) }
        return .page(try await page(request, values: values), status: 401)
    }

    private static func page(_ request: Request, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let own = try Own(request)
        let factor = try await request.site.database.read { try Factors.of(own.personId, $0) }
        let view = FactorViews(request: request, factor: factor)
        let isChange = request.query.has("changer") || request.form.has("code")
        guard factor == nil || isChange else { return view.page }
        let next = request.query["next"].map { Fields([("next", $0)]) } ?? Fields()
        return view.enrolment(try await FactorOffer.make(request), values: values ?? next, problems: problems)
    }

    private static func start(_ request: Request) async throws -> Response {
        guard let session = request.session else { throw NotFound() }
        let own = try Own(request)
        let form = request.form
        let (offer, key) = (try await FactorOffer.make(request), try request.site.sealingKey())
        return try await request.attempt(
            {
                let code = OneTimeCode(secret: offer.secret)
                guard let step = code.step(of: form.line("code"), at: request.now, after: 0) else {
                    throw Refused(form.line("code").isEmpty ? "platform.code.missing" : "platform.factor.wrongFirst", field: "code")
                }
                let (token, codes) = try await request.site.amend(as: "account.factorStarted", by: request.actor, isPublic: false) { change in
                    let codes = try Factors.start(offer.secret, step: step, of: own.personId, key: key, in: change)
                    let token = try Sessions.renew(session, in: change)
                    try Sessions.endAll(of: own.personId, but: Secrets.sha256(token), in: change)
                    try change.write(to: own.personId, "platform.mail.factorStarted", opening: path)
                    return (token, codes)
                }
                let renewed = try await request.carrying(token)
                var response = renewed.dressed(FactorViews(request: renewed, factor: nil).codes(codes, values: form))
                response.setSession(token, site: request.site)
                return response
            },
            otherwise: { try await page(request, values: form.without("csrf", "code"), problems: $0) })
    }

    private static func renewCodes(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let codes = try await request.site.amend(as: "account.codesRenewed", by: request.actor, isPublic: false) { change in
            guard try Factors.of(own.personId, change) != nil else { throw NotFound() }
            try change.trace("account", own.personId)
            try change.write(to: own.personId, "platform.mail.codesRenewed", opening: path)
            return try Factors.renewCodes(of: own.personId, in: change)
        }
        return .page(FactorViews(request: request, factor: nil).codes(codes, values: Fields([("next", path)])))
    }

    private static func remove(_ request: Request) async throws -> Response {
        let own = try Own(request)
        return try await request.attempt(
            {
                guard !(request.site.configuration.requiresFactor && request.viewer.needsFactor) else {
                    throw Refused("platform.factor.mustStay")
                }
                try await request.site.amend(as: "account.factorRemoved", by: request.actor, isPublic: false) { change in
                    guard try Factors.of(own.personId, change) != nil else { throw NotFound() }
                    try Factors.remove(of: own.personId, in: change)
                    try change.trace("account", own.personId)
                    try change.write(to: own.personId, "platform.mail.factorRemoved", opening: path)
                }
                return .redirect("/compte?fait=facteur-retire")
            },
            otherwise: { try await page(request, problems: $0) })
    }
}
