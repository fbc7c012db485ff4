import Community
import Database
import Formats
import Platform

/// The mails that no programme could be told for, where there are several: whoever administers the site says whose each is, by
/// who sent it and its subject, without reading it.
enum StrayMail {
    static let path = "/administration/courriels-recus"
    static let entry = AdministrationEntry(path: path, title: "notes.stray.title", lede: "notes.stray.lede")

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators", list),
        .get("\(path)/{mail}", asks: .site(.administerSite), for: "administrators") { .page(try await page($0)) },
        .post("\(path)/{mail}/programme", asks: .site(.administerSite), for: "administrators", give),
        .post("\(path)/{mail}/reprise", asks: .site(.administerSite), for: "administrators", takeBack),
        .post("\(path)/{mail}/rejet", asks: .site(.administerSite), for: "administrators") { try await sort($0, as: "mail.discarded", from: [.waiting], to: .discarded, "discarded") },
        .post("\(path)/{mail}/retour", asks: .site(.administerSite), for: "administrators") {
            try await sort($0, as: "mail.restored", from: [.discarded, .automatic], to: .waiting, "restored")
        },
    ]

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        guard request.site.policy.allows(.administerSite, request.viewer) else { return [] }
        let count = try IncomingQueries.strayCounts(reader)[.waiting] ?? 0
        return count == 0 ? [] : [Todo(title: request.words("notes.stray.todo", ["n": count]), path: path)]
    }

    // MARK: - Pages

    @Sendable private static func list(_ request: Request) async throws -> Response {
        let states: [IncomingMail.State] = [.waiting, .automatic, .discarded]
        let state = request.query["etat"].flatMap(IncomingMail.State.init).flatMap { states.contains($0) ? $0 : nil } ?? .waiting
        let (counts, mails) = try await request.site.database.read { reader in
            let counts = try IncomingQueries.strayCounts(reader)
            let mails = try Paged(of: counts[state] ?? 0, by: IncomingPages.size, request) { limit, offset in
                try IncomingQueries.strays(state, limit: limit, offset: offset, reader)
            }
            return (counts, mails)
        }
        let words = request.words
        let title = words("notes.stray.title")
        let content = IncomingViews.list(states, state, counts, mails, at: path, empty: words("notes.stray.empty"), request)
        return .page(
            Page(
                title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(words("platform.administration.title"), "/administration"), Crumb(title)],
                "<h1>\(title)</h1><p class=\"lede\">\(words("notes.stray.lede"))</p>\(content)"
            ).with { $0.notice = done(request) })
    }

    private static func page(_ request: Request, typed: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let (mail, programmes) = try await request.site.database.read { reader in
            (try IncomingQueries.stray(request["mail"], reader), try reader.all(Choice.self, "SELECT id, title FROM programme ORDER BY title, id"))
        }
        let words = request.words
        let title = mail.subject.isEmpty ? words("notes.mailIn.noSubject") : mail.subject
        let form = FormView(request, values: typed, problems: problems)
        let options = [(value: "", label: words("notes.stray.choose"))] + programmes.map { ($0.id, $0.title) }
        let own = "\(path)/\(mail.id)"
        let acts: Markup =
            mail.state != .waiting
            ? "<div class=\"acts\">\(request.act("\(own)/retour", words("notes.mailIn.restore")))</div>"
            : """
            <section class="no-print"><h2>\(words("notes.stray.whose"))</h2>
            \(form.form(to: "\(own)/programme", button: words("notes.stray.give"), form.select("programme", words("notes.stray.programme"), options: options)))
            <div class="acts">\(request.act("\(own)/rejet", words("notes.mailIn.discard"), style: "link"))</div></section>
            """
        return Page(
            title, shape: .reading,
            crumbs: [
                Crumb(words("platform.shell.home"), "/"), Crumb(words("platform.administration.title"), "/administration"),
                Crumb(words("notes.stray.title"), path), Crumb(title),
            ],
            "<h1>\(title)</h1>\(IncomingViews.facts(mail, words))<p class=\"notice\">\(words("notes.stray.unread"))</p>\(acts)")
    }

    private struct Choice: Decodable, Sendable {
        var id: String
        var title: String
    }

    /// What was done; a mail that was given can be taken back at once.
    private static func done(_ request: Request) -> Markup {
        guard let done = request.query["fait"], ["given", "takenBack", "discarded", "restored"].contains(done) else { return .empty }
        let said = request.words("notes.stray.done.\(done)")
        guard done == "given", let mail = request.query["courriel"], Identifier.isName(mail) else {
            return "<p class=\"notice success\" role=\"status\">\(said)</p>"
        }
        return """
            <div class="notice undo" role="status" data-undo="20"><p>\(said)</p>\(request.act("\(path)/\(mail)/reprise", request.words("notes.done.undo")))<span data-undo-left></span></div>
            """
    }

    // MARK: - Acts

    @Sendable private static func give(_ request: Request) async throws -> Response {
        let (id, chosen) = (request["mail"], request.form.line("programme"))
        return try await request.attempt {
            try await request.site.amend(as: "mail.assigned", by: request.actor, isPublic: false) { change in
                try change.require(.administerSite)
                let mail = try IncomingQueries.stray(id, change)
                guard mail.state == .waiting else { throw Refused("notes.refusal.mailSorted") }
                guard try change.exists("SELECT id FROM programme WHERE id = \(chosen)") else { throw Refused("notes.refusal.mailProgramme", field: "programme") }
                try IncomingQueries.put(mail, in: chosen, change)
                try change.trace("incoming", id, programme: chosen)
            }
            return .redirect("\(path)?courriel=\(id)&fait=given")
        } otherwise: { problems in
            try await page(request, typed: request.form, problems: problems)
        }
    }

    /// As long as nobody of the programme did anything with it.
    @Sendable private static func takeBack(_ request: Request) async throws -> Response {
        let id = request["mail"]
        try await request.site.amend(as: "mail.takenBack", by: request.actor, isPublic: false) { change in
            try change.require(.administerSite)
            let mail = try IncomingQueries.load(id, change)
            guard mail.mayChangeProgramme, let programme = mail.programmeId,
                try IncomingQueries.isLast("mail.assigned", of: id, by: change.actor.personId, for: programme, change)
            else { throw NotFound() }
            try IncomingQueries.put(mail, in: nil, change)
            try change.trace("incoming", id, programme: programme)
        }
        return .redirect("\(path)?fait=takenBack")
    }

    @Sendable private static func sort(
        _ request: Request, as action: String, from: [IncomingMail.State], to state: IncomingMail.State, _ done: String
    ) async throws -> Response {
        let id = request["mail"]
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(.administerSite)
                guard from.contains(try IncomingQueries.stray(id, change).state) else { throw Refused("notes.refusal.mailSorted") }
                try IncomingQueries.settle(id, state, change)
                try change.trace("incoming", id)
            }
            return .redirect("\(path)?fait=\(done)")
        } otherwise: { problems in
            try await page(request, problems: problems)
        }
    }
}
