import Database
import Formats

/// Which reminders a person wants by mail: all, until they say otherwise.
enum ReminderPages {
    static let path = "/compte/rappels"
    /// The same page for somebody without account, behind a private link.
    static let guest = "/rappels"
    static let purpose = "reminders"

    static let routes: [Route] = [
        .get(path, asks: .signedIn, for: "who has an account") { .page(try await page(Own($0).personId, at: path, $0)) },
        .post(path, asks: .signedIn, for: "who has an account") { try await save(Own($0).personId, at: path, $0) },
        .get("\(guest)/{secret}", asks: .link, for: "who holds the link") { .page(try await page(owner($0), at: $0.path, $0)) },
        .post("\(guest)/{secret}", asks: .link, for: "who holds the link") { try await save(owner($0), at: $0.path, $0) },
    ]

    private static func owner(_ request: Request) throws -> String {
        guard let link = request.link, link.purpose == purpose else { throw NotFound() }
        return link.personId
    }

    private static func kinds(_ site: Site) -> [String] { site.features.flatMap(\.reminders) }

    private static func save(_ personId: String, at path: String, _ request: Request) async throws -> Response {
        let wanted = Set(request.form.all("kinds"))
        let refused = kinds(request.site).filter { !wanted.contains($0) }
        try await request.site.amend(as: "account.remindersChosen", by: request.actor, isPublic: false) { change in
            try change.run("DELETE FROM mail_refusal WHERE person_id = \(personId)")
            for kind in refused {
                try change.run("INSERT INTO mail_refusal (person_id, kind, since) VALUES (\(personId), \(kind), \(change.now))")
            }
            try change.trace("account", personId, ["refused": String(refused.count)])
        }
        return .redirect("\(path)?fait=rappels")
    }

    private static func page(_ personId: String, at path: String, _ request: Request) async throws -> Page {
        let words = request.words
        let refused = try await request.site.database.read {
            Set(try $0.texts("SELECT kind FROM mail_refusal WHERE person_id = \(personId)"))
        }
        let all = kinds(request.site)
        let form = FormView(request, values: Fields(all.filter { !refused.contains($0) }.map { ("kinds", $0) }))
        let done: Markup =
            request.query["fait"] == nil ? .empty : "<p class=\"notice success\" role=\"status\">\(words("platform.reminders.done"))</p>"
        let title = words("platform.reminders.title")
        let choices = form.choices(
            "kinds", words("platform.reminders.which"), options: all.map { ($0, words("reminder.\($0)")) }, several: true)
        let content: Markup = "\(done)\(form.form(to: path, button: words("platform.reminders.save"), choices))"
        guard request.link == nil else {
            return Page(title, shape: .narrow, "<h1>\(title)</h1><p class=\"lede\">\(words("platform.reminders.lede"))</p>\(content)")
        }
        return .ofAccount(title, request, lede: words("platform.reminders.lede"), content)
    }
}
