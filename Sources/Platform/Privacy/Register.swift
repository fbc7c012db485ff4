import Database
import Formats

/// The register of processing (article 30 of the GDPR), filled from what the software does; whoever is responsible for the
/// site says who they are, and on which legal bases.
struct Register: Sendable {
    /// What the site does with data about people, in the order of a life: `platform.register.accounts.purpose`…
    static let activities = ["accounts", "community", "visits", "notes", "texts", "evidence", "library", "mails", "security"]
    /// What is said of each.
    static let facts = ["purpose", "people", "data", "recipients", "basis", "term"]
    /// What only whoever is responsible knows.
    static let controller = ["name", "address", "contact", "officer", "hosting", "transfers"]

    let entries: [String: String]

    /// How the data are kept safe, as this site is set.
    static func measures(_ request: Request) -> String {
        let factor = request.site.configuration.requiresFactor ? "required" : "offered"
        return request.words("platform.register.measures", ["factor": request.words("platform.register.factor.\(factor)")])
    }

    static func load(_ reader: any Reader) throws -> Register {
        let rows = try reader.all(Entry.self, "SELECT name, value FROM register_entry")
        return Register(entries: Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.value) }))
    }

    subscript(_ name: String) -> String? { entries[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// What is said of an activity: the legal basis as the site says it, else as it is proposed.
    func fact(_ fact: String, of activity: String, _ words: Words) -> String {
        (fact == "basis" ? self["basis.\(activity)"] : nil) ?? words("platform.register.\(activity).\(fact)")
    }

    static var fields: [String] { controller + activities.map { "basis.\($0)" } }

    static func save(_ form: Fields, in change: Change) throws {
        for name in fields {
            let value = form.line(name)
            guard value.count <= 500 else { throw Refused("platform.register.long", field: name) }
            try change.run("INSERT INTO register_entry (name, value) VALUES (\(name), \(value)) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        }
        try change.trace("site", "site")
    }

    private struct Entry: Decodable {
        var name: String
        var value: String
    }
}

/// The pages of the register, for whoever administers the site.
enum RegisterPages {
    static let path = "/administration/registre"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { .page(try await page($0)) },
        .get("\(path)/export", asks: .site(.administerSite), for: "administrators", export),
        .get("\(path)/modifier", asks: .site(.administerSite), for: "administrators") { request in
            let register = try await request.site.database.read { try Register.load($0) }
            return .page(edition(request, values: Fields(register.entries.map { ($0.key, $0.value) })))
        },
        .post(path, asks: .site(.administerSite), for: "administrators") { request in
            let form = request.form
            return try await request.attempt(
                {
                    try await request.site.amend(as: "site.registerWritten", by: request.actor) { change in
                        try change.require(.administerSite)
                        try Register.save(form, in: change)
                    }
                    return .redirect("\(path)?fait=1")
                },
                otherwise: { edition(request, values: form, problems: $0) })
        },
    ]

    private static func export(_ request: Request) async throws -> Response {
        let words = request.words
        let register = try await request.site.database.read { try Register.load($0) }
        let header = [words("platform.register.activity")] + Register.facts.map { words("platform.register.\($0)") }
        let rows = Register.activities.map { activity in
            [words("platform.register.\(activity).title")] + Register.facts.map { register.fact($0, of: activity, words) }
        }
        return try .table(header: header, rows: rows, named: "registre-des-traitements", request)
    }

    private static func page(_ request: Request) async throws -> Page {
        let words = request.words
        let register = try await request.site.database.read { try Register.load($0) }
        let done: Markup = request.query.has("fait") ? "<p class=\"notice success\" role=\"status\">\(words("platform.register.done"))</p>" : .empty
        let activities = Register.activities.map { activity -> Markup in
            let rows = Register.facts.map { fact -> Markup in
                "<div><dt>\(words("platform.register.\(fact)"))</dt><dd>\(register.fact(fact, of: activity, words))</dd></div>"
            }
            return "<section><h2>\(words("platform.register.\(activity).title"))</h2><dl class=\"facts\">\(rows)</dl></section>"
        }
        return .ofAccount(
            words("platform.register.heading"), request, lede: words("platform.register.lede"),
            """
            \(done)\(request.exports("\(path)/export"))<p class="acts no-print"><a class="button" href="\(path)/modifier">\(words("platform.register.edit"))</a></p>
            <section><h2>\(words("platform.register.controller"))</h2>\(controller(register, words))</section>\(activities)
            <section><h2>\(words("platform.register.security"))</h2><p>\(Register.measures(request))</p></section>
            """)
    }

    static func controller(_ register: Register, _ words: Words) -> Markup {
        let rows = Register.controller.map { name -> Markup in
            "<div><dt>\(words("platform.register.controller.\(name)"))</dt><dd>\(register[name] ?? words("platform.register.unsaid"))</dd></div>"
        }
        return "<dl class=\"facts\">\(rows)</dl>"
    }

    private static func edition(_ request: Request, values: Fields, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let who = Register.controller.map { form.input($0, words("platform.register.controller.\($0)"), hint: words("platform.register.controller.\($0)Hint")) }
        let bases = Register.activities.map { activity in
            form.input(
                "basis.\(activity)", words("platform.register.basisOf", ["activity": words("platform.register.\(activity).title")]),
                hint: words("platform.register.\(activity).basis"))
        }
        return .ofAccount(
            words("platform.register.edit"), request, lede: words("platform.register.editLede"),
            form.form(to: path, button: words("platform.register.save"), cancel: path, who.joined(separator: "") + bases.joined(separator: "")))
    }
}
