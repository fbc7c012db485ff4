import Database
import Formats

/// A person's own account: name, language, open sessions.
enum AccountRoutes {
    static let routes: [Route] =
        AddressChange.routes + PasswordChange.routes + [
            .get("/compte", asks: .signedIn, for: "who has an account") { .page(try await page($0)) },
            .post("/compte", asks: .signedIn, for: "who has an account", changeName),
            .post("/compte/sessions/cloture", asks: .signedIn, for: "who has an account") { request in
                try await end(request, done: "sessions") { change, own in
                    try Sessions.endAll(of: own.personId, but: own.tokenHash, in: change)
                }
            },
            .post("/compte/sessions/{session}/cloture", asks: .signedIn, for: "who has an account") { request in
                let name = request["session"]
                return try await end(request, done: "session") { change, own in
                    let open = try Sessions.open(of: own.personId, change, at: change.now)
                    guard let session = open.first(where: { $0.name == name }) else { throw NotFound() }
                    try Sessions.end(session.tokenHash, in: change)
                }
            },
            .post("/langue/{language}", asks: .signedIn, for: "who has an account", changeLanguage),
        ]

    static func page(_ request: Request, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let own = try Own(request)
        let now = request.now
        let (account, factor, sessions) = try await request.site.database.read { reader in
            (
                try Account.load(own.personId, reader), try Factors.of(own.personId, reader),
                try Sessions.open(of: own.personId, reader, at: now)
            )
        }
        let view = AccountViews(request: request, account: account, factor: factor, sessions: sessions, own: own.tokenHash)
        return view.page(values: values, problems: problems)
    }

    private static func changeName(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let form = request.form
        return try await request.attempt(
            {
                let name = try People.checkedName(form.line("name"))
                guard let language = Language(rawValue: form.line("language")) else {
                    throw Refused("platform.account.noLanguage", field: "language")
                }
                try await request.site.amend(as: "account.changed", by: request.actor) { change in
                    try People.change(own.personId, name: name, language: language, in: change)
                    try change.trace("account", own.personId)
                }
                return .redirect("/compte?fait=compte")
            },
            otherwise: { try await page(request, values: form, problems: $0) })
    }

    private static func end(
        _ request: Request, done: String, _ body: @escaping @Sendable (Change, Own) throws -> Void
    ) async throws -> Response {
        let own = try Own(request)
        try await request.site.amend(as: "account.sessionEnded", by: request.actor, isPublic: false) { change in
            try body(change, own)
            try change.trace("account", own.personId)
        }
        return .redirect("/compte?fait=\(done)")
    }

    private static func changeLanguage(_ request: Request) async throws -> Response {
        let own = try Own(request)
        guard let language = Language(rawValue: request["language"]) else { throw NotFound() }
        try await request.site.amend(as: "account.languageChanged", by: request.actor, isPublic: false) { change in
            try People.speak(own.personId, language, in: change)
            try change.trace("account", own.personId, ["language": language.rawValue])
        }
        return .redirect(request.form.line("next"))
    }
}

/// Who asks, on pages that need a session.
struct Own: Sendable {
    let personId: String
    let tokenHash: String

    init(_ request: Request) throws {
        guard let session = request.session, let personId = session.viewer.personId else { throw NotFound() }
        self.personId = personId
        tokenHash = session.tokenHash
    }
}
