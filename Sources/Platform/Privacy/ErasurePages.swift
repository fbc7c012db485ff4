import Database
import Formats

/// Leaving the site, or being erased: by oneself, with a week to change one's mind; by an administrator, at once, on a written
/// request.
enum ErasurePages {
    static let path = "/compte/effacement"
    static let administration = "/administration/effacement"

    static let routes: [Route] = [
        .get(path, asks: .signedIn, for: "who has an account", fresh: .always) { .page(page($0)) },
        .post(path, asks: .signedIn, for: "who has an account", fresh: .always, ask),
        .get("\(path)/demande", asks: .anyone, for: "everybody") { .page(asked($0)) },
        .get(administration, asks: .site(.administerSite), for: "administrators", fresh: .always) { request in
            .page(try await list(request, values: Fields([("person", request.query.line("person"))])))
        },
        .post(administration, asks: .site(.administerSite), for: "administrators", fresh: .always, erase),
    ]

    // MARK: - Oneself

    private static func ask(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let form = request.form
        return try await request.attempt(
            {
                let kind = try kind(form)
                guard form.has("confirmed") else { throw Refused("platform.erasure.notConfirmed", field: "confirmed") }
                try await request.site.amend(as: "account.erasureAsked", by: request.actor, isPublic: false) { change in
                    try Erasures.ask(kind, keepsAuthorship: form.line("authorship") == "kept", for: own.personId, in: change)
                }
                var answer = Response.redirect("\(path)/demande")
                answer.endSession(site: request.site)
                return answer
            },
            otherwise: { page(request, values: form, problems: $0) })
    }

    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        return .ofAccount(
            words("platform.erasure.title"), request, lede: words("platform.erasure.lede"),
            """
            \(consequences(words))<p>\(words("platform.erasure.grace"))</p>
            \(form.form(to: path, button: words("platform.erasure.button"), style: "button danger", cancel: PersonalPages.path,
                choices(form) + form.check("confirmed", words("platform.erasure.confirm"))))
            """)
    }

    private static func asked(_ request: Request) -> Page {
        let words = request.words
        let title = words("platform.erasure.asked.title")
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            "<h1>\(title)</h1><p>\(words("platform.erasure.asked.text"))</p><p class=\"acts\"><a class=\"button quiet\" href=\"/connexion\">\(words("platform.erasure.asked.back"))</a></p>")
    }

    /// - Parameter key: whom it speaks to: the person (`platform.erasure`), or who erases somebody else (`platform.erasure.theirs`).
    private static func consequences(_ words: Words, _ key: String = "platform.erasure") -> Markup {
        Erasure.Kind.allCases.map { kind -> Markup in
            let lines = ["goes", "stays"].map { line -> Markup in
                "<div><dt>\(words("platform.erasure.\(line)"))</dt><dd>\(words("\(key).\(kind.rawValue).\(line)"))</dd></div>"
            }
            return "<section><h2>\(words.name("platform.erasure.kind", of: kind))</h2><dl class=\"facts\">\(lines)</dl></section>"
        }.joined(separator: "")
    }

    private static func choices(_ form: FormView, _ key: String = "platform.erasure") -> Markup {
        let words = form.request.words
        return form.choices(
            "kind", words("platform.erasure.choice"), options: Erasure.Kind.allCases.map { ($0.rawValue, words.name("platform.erasure.kind", of: $0)) })
            + form.choices(
                "authorship", words("\(key).authorship"), hint: words("platform.erasure.authorshipHint"),
                options: [("removed", words("platform.erasure.authorship.removed")), ("kept", words("\(key).authorship.kept"))])
    }

    private static func kind(_ form: Fields) throws -> Erasure.Kind {
        guard let kind = Erasure.Kind(rawValue: form.line("kind")) else { throw Refused("platform.erasure.noKind", field: "kind") }
        return kind
    }

    // MARK: - By an administrator

    private static let theirs = "platform.erasure.theirs"

    private struct Pending: Decodable, Sendable {
        var name: String
        var kind: Erasure.Kind
        var dueAt: Instant
    }

    private static func erase(_ request: Request) async throws -> Response {
        let form = request.form
        return try await request.attempt(
            {
                let kind = try kind(form)
                let reason = form.line("reason")
                guard !reason.isEmpty else { throw Refused("platform.erasure.noReason", field: "reason") }
                guard reason.count <= 300 else { throw Refused("platform.reset.longReason", field: "reason") }
                guard form.has("confirmed") else { throw Refused("platform.erasure.notConfirmed", field: "confirmed") }
                let typed = form.line("person")
                let person = try await request.site.database.read { try Erasures.find(typed, $0) }
                guard person != request.viewer.personId else { throw Refused("platform.erasure.oneself", field: "person") }
                let outcome = try await Erasures.apply(
                    kind, keepsAuthorship: form.line("authorship") == "kept", to: person, by: request.actor, reason: reason, request.site)
                let places = outcome.mentions.prefix(20).map { ("lieu", $0) } + outcome.documents.prefix(20).map { ("document", $0) }
                return .redirect("\(administration)?\(URLForm.encode([("fait", kind.rawValue)] + places))")
            },
            otherwise: { try await list(request, values: form, problems: $0) })
    }

    private static func list(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let words = request.words
        let (pending, done) = try await request.site.database.read { reader in
            (
                try reader.all(
                    Pending.self,
                    "SELECT name, kind, due_at FROM erasure JOIN person ON person.id = person_id WHERE done_at IS NULL ORDER BY due_at"),
                try reader.count("SELECT COUNT(*) FROM erasure WHERE done_at IS NOT NULL")
            )
        }
        let form = FormView(request, values: values, problems: problems)
        let waiting = pending.map { "<li>\(words("platform.erasure.pending", ["name": $0.name, "day": $0.dueAt.day()])) (\(words.name("platform.erasure.kind", of: $0.kind)))</li>" as Markup }
        return .ofAccount(
            words("platform.erasure.administration"), request, lede: words("platform.erasure.administrationLede"),
            """
            \(notice(request))<p>\(words("platform.erasure.count", ["n": done]))</p>\(waiting.isEmpty ? .empty : "<ul>\(waiting)</ul>")\(consequences(words, theirs))
            \(form.form(to: administration, button: words("platform.erasure.now"), style: "button danger", cancel: AdministrationPage.path,
                form.input("person", words("platform.erasure.person"), hint: words("platform.erasure.personHint"), isRequired: true, autocomplete: "off")
                    + choices(form, theirs) + form.input("reason", words("platform.erasure.reason"), hint: words("platform.erasure.reasonHint"), isRequired: true)
                    + form.check("confirmed", words("platform.erasure.confirmNow"))))
            """)
    }

    private static func notice(_ request: Request) -> Markup {
        guard Erasure.Kind(rawValue: request.query["fait"] ?? "") != nil else { return .empty }
        func left(_ name: String, _ key: String) -> Markup {
            let places = request.query.all(name).filter(Response.isLocal).map { "<li><a href=\"\($0)\">\($0)</a></li>" as Markup }
            return places.isEmpty ? .empty : "<p>\(request.words(key))</p><ul>\(places)</ul>"
        }
        return """
            <div class="notice success" role="status"><p>\(request.words("platform.erasure.done"))</p>\(left("lieu", "platform.erasure.mentions"))\(left("document", "platform.erasure.documents"))</div>
            """
    }
}
