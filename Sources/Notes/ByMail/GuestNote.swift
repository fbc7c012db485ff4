import Database
import Formats
import Platform
import Texts
import Visits

/// One's impression note behind a private link, without account: write it, send it as a file, share it.
enum GuestNote {
    static let routes: [Route] = [
        .get("/impression/{secret}", asks: .link, for: "who holds the link", behind(show)),
        .post("/impression/{secret}", asks: .link, for: "who holds the link", behind(save)),
        .post("/impression/{secret}/fichier", asks: .link, for: "who holds the link", upTo: ReceivedFile.formLimit, behind(upload)),
        .post("/impression/{secret}/partage", asks: .link, for: "who holds the link", behind(share)),
        .get("/impression/{secret}/pas-moi", asks: .link, for: "who holds the link", behind { DisownedLink.ask($1.base, $0) }),
        .post("/impression/{secret}/pas-moi", asks: .link, for: "who holds the link", behind(disown)),
    ]

    /// The visit of the link, and whose note it is.
    struct Open: Sendable {
        let visit: Visit
        let personId: String
        let base: String
    }

    private static func behind(_ handle: @escaping @Sendable (Request, Open) async throws -> Response) -> @Sendable (Request) async throws -> Response {
        { request in
            guard let link = request.link, link.purpose == Answers.purpose else { throw NotFound() }
            let visit = try await request.site.database.read { reader in
                try reader.see(link.objectId, request)
                return try VisitQueries.load(id: link.objectId, reader)
            }
            guard request.viewer.isMember(of: visit.delegationId) else { throw NotFound() }
            return try await handle(request, Open(visit: visit, personId: link.personId, base: "\(Answers.guests)/\(request["secret"])"))
        }
    }

    private static func show(_ request: Request, _ open: Open) async throws -> Response {
        .page(try await page(request, open))
    }

    private static func save(_ request: Request, _ open: Open) async throws -> Response {
        let form = request.form
        return try await act(request, open, as: "impression.written", "written") { change in
            let words = form.text("note")
            guard !Markdown.isBlank(words) else { throw Refused("notes.refusal.emptyImpression", field: "note") }
            return try MailNote.put(words, of: open.personId, open.visit, from: form.line("base"), by: change)
        }
    }

    /// A document of a word processor, or a text: its words go below what is there.
    private static func upload(_ request: Request, _ open: Open) async throws -> Response {
        try await request.attempt {
            let file = try await request.site.receive(request.form.file("file"), nil)
            let words = await Joined(all: [.init(name: file.name, file: file)]).words()
            guard !words.isEmpty else { throw Refused("notes.refusal.fileWithoutWords", field: "file") }
            return try await act(request, open, as: "impression.written", "received") { change in
                guard try MailNote.fits(words, open.visit.id, open.personId, change) else { throw Refused("notes.refusal.mailTooLong", field: "file") }
                return try MailNote.write(words, of: open.personId, open.visit, by: change)
            }
        } otherwise: { problems in
            try await page(request, open, problems: problems)
        }
    }

    private static func share(_ request: Request, _ open: Open) async throws -> Response {
        try await act(request, open, as: "impression.shared", "shared") { change in
            guard let id = try Impressions.own(open.visit.id, of: open.personId, change) else { throw Refused("notes.refusal.emptyImpression") }
            let body = try TextQueries.head(id, change).sections.map(\.body).joined()
            guard !Markdown.isBlank(body) else { throw Refused("notes.refusal.emptyImpression") }
            try TextOpening.open(id, to: open.visit.delegationId, in: change)
            return id
        }
    }

    private static func act(
        _ request: Request, _ open: Open, as action: String, _ done: String, _ body: @Sendable @escaping (Change) throws -> String
    ) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: open.visit.id)
                guard !open.visit.isCancelled else { throw Refused("notes.refusal.cancelledVisit") }
                try change.trace("text", try body(change), programme: open.visit.programmeId)
            }
            return .redirect("\(open.base)?fait=\(done)")
        } otherwise: { problems in
            try await page(request, open, typed: request.form, problems: problems)
        }
    }

    /// The link went to somebody else: it closes, with the addresses that go with it.
    private static func disown(_ request: Request, _ open: Open) async throws -> Response {
        let name = request.viewer.name ?? ""
        try await request.site.amend(as: "link.disowned", by: request.actor, isPublic: false) { change in
            try change.disownLinks(to: open.visit.id, for: open.personId)
            try change.run(
                "UPDATE reply_address SET revoked_at = \(change.now) WHERE person_id = \(open.personId) AND visit_id = \(open.visit.id) AND revoked_at IS NULL")
            try change.trace("visit", open.visit.id, programme: open.visit.programmeId)
            for officer in try change.people(in: open.visit.programmeId) where officer.role == .officer {
                try change.write(
                    to: officer.personId, "notes.mail.notMe", ["person": name, "visit": open.visit.name], opening: "\(open.visit.path)/groupe",
                    about: open.visit.id)
            }
        }
        return DisownedLink.thanks(request)
    }

    /// The links of visitors, to their impression note, that reached somebody else.
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        try DisownedLink.waiting(
            Answers.purpose, .manageVisit,
            concerned: """
                EXISTS (SELECT 1 FROM visit JOIN membership ON membership.scope_id = visit.delegation_id
                    WHERE visit.id = private_link.object_id AND membership.person_id = private_link.person_id AND role = 'visitor' AND until IS NULL)
                """, reader, request
        ).map { link in
            let visit = try VisitQueries.load(id: link.objectId, reader)
            return link.todo(about: visit.name, at: "\(visit.path)#impressions", request.words)
        }
    }

    private static func page(_ request: Request, _ open: Open, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let (head, isShared) = try await request.site.database.read { reader -> (Revision?, Bool) in
            guard let id = try Impressions.own(open.visit.id, of: open.personId, reader) else { return (nil, false) }
            return (try TextQueries.head(id, reader), try reader.protection(of: id).map { $0.audience > .author } ?? false)
        }
        let words = request.words
        let body = head?.sections.map(\.body).joined(separator: "\n\n") ?? ""
        let isTyped = typed?.has("note") == true
        let form = FormView(request, values: isTyped ? typed! : Fields([("note", body)]), problems: problems)
        let share: Markup =
            isShared
            ? "<p class=\"notice success\">\(words("notes.impression.shared"))</p>"
            : Markdown.isBlank(body)
                ? .empty
                : "<div class=\"next\"><p><strong>\(words("notes.impression.private"))</strong></p>\(request.act("\(open.base)/partage", words("notes.impression.share"), style: "button"))</div>"
        let title = words("notes.guest.title", ["visit": open.visit.name])
        // What stands now, when the form came back because it had changed.
        let now: Markup = isTyped && problems.contains { $0.field == nil } && !body.isEmpty ? "<details open><summary>\(words("notes.guest.now"))</summary><pre class=\"words\">\(body)</pre></details>" : .empty
        return Page(
            title, shape: .reading,
            """
            <h1>\(title)</h1><p class="lede">\(words("notes.impression.guide"))</p>\(share)\(now)
            \(form.form(to: open.base, button: words("notes.guest.save"), keep: "impression-\(open.visit.id)", form.hidden("base", head?.id ?? "") + form.area("note", words("notes.guest.note"), rows: 16)))
            <section class="no-print"><h2>\(words("notes.guest.file"))</h2><p>\(words("notes.guest.fileText"))</p>
            \(form.form(to: "\(open.base)/fichier", button: words("notes.guest.fileButton"), isMultipart: true, style: "button quiet", form.file("file", words("notes.guest.fileLabel"), hint: words("notes.guest.fileHint", ["most": ReceivedFile.limit >> 20]), accept: ".odt,.docx,.txt")))</section>
            \(DisownedLink.section(open.base, request))
            """
        ).with { page in
            guard let done = request.query["fait"], ["written", "received", "shared"].contains(done) else { return }
            page.notice = "<p class=\"notice success\" role=\"status\">\(words("notes.guest.done.\(done)"))</p>"
            page.kept = ["impression-\(open.visit.id)"]
        }
    }
}
