import Community
import Database
import Formats
import Platform
import Visits

/// The mails that came in and wait for somebody, for whoever conducts the programme: whose each is, or that it is nothing.
enum IncomingPages {
    static let size = 30

    private static let list = "/programmes/{programme}/courriels-recus"
    static let routes: [Route] = [
        .get(list, asks: .thing(.managePeople), for: "officer, coordinator", at(show)),
        .get("\(list)/{mail}", asks: .thing(.managePeople), for: "officer, coordinator", at(open)),
        .post("\(list)/{mail}/prise", asks: .thing(.managePeople), for: "officer, coordinator", at(take)),
        .post("\(list)/{mail}/attribution", asks: .thing(.managePeople), for: "officer, coordinator", at(give)),
        .post("\(list)/{mail}/rejet", asks: .thing(.managePeople), for: "officer, coordinator", at(discard)),
        .post("\(list)/{mail}/remise", asks: .thing(.managePeople), for: "officer, coordinator", at(handBack)),
        .post("\(list)/{mail}/retour", asks: .thing(.managePeople), for: "officer, coordinator", at(restore)),
        .get("/courriels-recus/{mail}/original", asks: .signedInTo(.see), for: "its writer; who sorts mails", original),
        .get("/courriels-recus/{mail}/fichiers/{file}", asks: .signedInTo(.see), for: "its writer; who sorts mails; who reads the note", file),
    ]

    // MARK: - Who

    private static func at(_ handle: @escaping @Sendable (Request, Programme) async throws -> Response) -> @Sendable (Request) async throws -> Response {
        { request in
            let programme = try await request.site.database.read { try ProgrammeFrame.load(request["programme"], $0, request) }
            guard request.site.policy.allows(.managePeople, request.viewer, on: programme.community) else { throw Forbidden(.managePeople) }
            return try await handle(request, programme)
        }
    }

    /// Its writer reads it, and whoever sorts the mails of its programme, as long as it is nobody's note.
    private static func mayRead(_ mail: IncomingMail, _ reader: any Reader, _ request: Request) throws -> Bool {
        if let thing = try reader.protection(of: mail.id), request.site.policy.allows(.see, request.viewer, on: thing) { return true }
        guard mail.isForSorting, let programme = mail.programmeId else { return false }
        let community = try Programme.load(id: programme, reader).community
        return request.site.policy.allows(.managePeople, request.viewer, on: community)
    }

    // MARK: - Pages

    private static func show(_ request: Request, _ programme: Programme) async throws -> Response {
        let state = request.query["etat"].flatMap(IncomingMail.State.init) ?? .waiting
        let (counts, page) = try await request.site.database.read { reader in
            let counts = try IncomingQueries.counts(programme.id, reader)
            let page = try Paged(of: counts[state] ?? 0, by: size, request) { limit, offset in
                try IncomingQueries.list(programme.id, state, limit: limit, offset: offset, reader)
            }
            return (counts, page)
        }
        let views = IncomingViews(request: request, programme: programme)
        return .page(views.page(request.words("notes.mailIn.title"), views.list(state, counts, page)).with { $0.notice = views.done })
    }

    private static func open(_ request: Request, _ programme: Programme) async throws -> Response {
        .page(try await page(request, programme))
    }

    private static func page(_ request: Request, _ programme: Programme, typed: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let (mail, files, people, mayHandBack) = try await request.site.database.read { reader in
            let mail = try IncomingQueries.load(request["mail"], sortedBy: programme.id, reader)
            let mayHandBack = try mail.mayChangeProgramme && mail.programmeId != nil && IncomingQueries.hasSeveralProgrammes(reader)
            return (mail, try IncomingQueries.files([mail.id], reader), try visitors(programme.id, reader), mayHandBack)
        }
        let bytes = mail.isForSorting && mail.programmeId != nil ? request.site.files.content(mail.hash) : nil
        let views = IncomingViews(request: request, programme: programme)
        let title = mail.subject.isEmpty ? request.words("notes.mailIn.noSubject") : mail.subject
        return views.page(title, views.mail(title, mail, bytes.map { ReceivedMail($0) }, files, people, typed, problems, mayHandBack: mayHandBack)).with {
            $0.notice = views.done
        }
    }

    /// Who may have written it: each visitor of each visit, « visit|person ».
    private static func visitors(_ programmeId: String, _ reader: any Reader) throws -> [(value: String, label: String)] {
        try reader.all(
            Visitor.self,
            """
            SELECT visit.id AS visit_id, visit.name AS visit, person.id AS person_id, person.name AS person FROM visit
            JOIN membership ON membership.scope_id = visit.delegation_id AND membership.until IS NULL AND membership.role IN ('visitor', 'staff')
            JOIN person ON person.id = membership.person_id WHERE visit.programme_id = \(programmeId)
            ORDER BY visit.position, visit.id, person.sort_key, person.id
            """
        ).map { ("\($0.visitId) \($0.personId)", "\($0.person), \($0.visit)") }
    }

    private struct Visitor: Decodable {
        var visitId: String
        var visit: String
        var personId: String
        var person: String
    }

    // MARK: - Acts

    /// A mail that no programme could be told for becomes this one's, the only one there is; or again, when it was just handed back.
    private static func take(_ request: Request, _ programme: Programme) async throws -> Response {
        try await act(request, programme, as: "mail.takenIn", "taken") { id, change in
            if try IncomingQueries.isLast("mail.handedBack", of: id, by: change.actor.personId, for: programme.id, change) {
                return try IncomingQueries.stray(id, change)
            }
            return try IncomingQueries.load(id, sortedBy: programme.id, change)
        } _: { mail, change in
            guard mail.programmeId == nil else { return }
            try IncomingQueries.put(mail, in: programme.id, change)
        }
    }

    /// It is not this programme's: whoever administers the site says whose it is.
    private static func handBack(_ request: Request, _ programme: Programme) async throws -> Response {
        try await act(request, programme, as: "mail.handedBack", "handedBack") { mail, change in
            guard mail.mayChangeProgramme, mail.programmeId == programme.id, try IncomingQueries.hasSeveralProgrammes(change) else {
                throw Refused("notes.refusal.mailSorted")
            }
            try IncomingQueries.put(mail, in: nil, change)
        }
    }

    private static func discard(_ request: Request, _ programme: Programme) async throws -> Response {
        try await act(request, programme, as: "mail.discarded", "discarded") { mail, change in
            guard mail.state == .waiting else { throw Refused("notes.refusal.mailSorted") }
            try IncomingQueries.settle(mail.id, .discarded, change)
        }
    }

    private static func restore(_ request: Request, _ programme: Programme) async throws -> Response {
        try await act(request, programme, as: "mail.restored", "restored") { mail, change in
            guard mail.state == .discarded || mail.state == .automatic else { throw Refused("notes.refusal.mailSorted") }
            try IncomingQueries.settle(mail.id, .waiting, change)
        }
    }

    /// It is that visitor's note, private until they share it.
    private static func give(_ request: Request, _ programme: Programme) async throws -> Response {
        let chosen = request.form.line("whose").split(separator: " ").map(String.init)
        let known = try await request.site.database.read { try IncomingQueries.load(request["mail"], sortedBy: programme.id, $0) }
        let bytes = request.site.files.content(known.hash) ?? []
        let joined = await Joined.receive(ReceivedMail(bytes).attachments, request.site)
        let words = [OwnWords.of(ReceivedMail(bytes).text), await joined.words()].filter { !Markdown.isBlank($0) }.joined(separator: "\n\n")
        return try await act(request, programme, as: "mail.given", "given") { mail, change in
            guard mail.state == .waiting, mail.programmeId == programme.id else { throw Refused("notes.refusal.mailSorted") }
            guard chosen.count == 2, try visitors(programme.id, change).contains(where: { $0.value == chosen.joined(separator: " ") }) else {
                throw Refused("notes.refusal.mailWhose", field: "whose")
            }
            guard !words.isEmpty else { throw Refused("notes.refusal.mailEmpty", field: "whose") }
            let visit = try VisitQueries.load(id: chosen[0], change)
            guard try MailNote.fits(words, visit.id, chosen[1], change) else { throw Refused("notes.refusal.mailTooLong", field: "whose") }
            let text = try MailNote.write(words, of: chosen[1], visit, by: change)
            try change.run("UPDATE received_mail SET visit_id = \(visit.id), person_id = \(chosen[1]), text_id = \(text) WHERE id = \(mail.id)")
            try change.run("UPDATE access SET author_id = \(chosen[1]) WHERE object_id = \(mail.id)")
            try IncomingQueries.settle(mail.id, .taken, change)
            try Answers.taken(to: chosen[1], visit, text, in: change)
        }
    }

    /// - Parameter find: the mail, for whom it concerns: what this programme sorts, unless told otherwise.
    private static func act(
        _ request: Request, _ programme: Programme, as action: String, _ done: String,
        _ find: (@Sendable (String, Change) throws -> IncomingMail)? = nil, _ body: @Sendable @escaping (IncomingMail, Change) throws -> Void
    ) async throws -> Response {
        let id = request["mail"]
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                guard change.site.policy.allows(.managePeople, change.viewer, on: programme.community) else { throw Forbidden(.managePeople) }
                try body(try find?(id, change) ?? IncomingQueries.load(id, sortedBy: programme.id, change), change)
                try change.trace("incoming", id, programme: programme.id)
            }
            let place = done == "taken" ? "/\(id)?" : done == "handedBack" ? "?courriel=\(id)&" : "?"
            return .redirect("\(programme.path)/courriels-recus\(place)fait=\(done)")
        } otherwise: { problems in
            try await page(request, programme, typed: request.form, problems: problems)
        }
    }

    // MARK: - Files

    @Sendable private static func original(_ request: Request) async throws -> Response {
        let mail = try await request.site.database.read { reader in
            let mail = try IncomingQueries.load(request["mail"], reader)
            guard try mayRead(mail, reader, request) else { throw NotFound() }
            return mail
        }
        guard let bytes = request.site.files.content(mail.hash) else { throw NotFound() }
        return .download(bytes, type: FileStore.Kind.mail.rawValue, name: FileStore.Kind.mail.named("courriel"))
    }

    @Sendable private static func file(_ request: Request) async throws -> Response {
        let file = try await request.site.database.read { reader in
            let mail = try IncomingQueries.load(request["mail"], reader)
            let isOfNote = try mail.textId.flatMap { try reader.protection(of: $0) }.map { request.site.policy.allows(.see, request.viewer, on: $0) } ?? false
            guard try isOfNote || mayRead(mail, reader, request) else { throw NotFound() }
            guard let file = try IncomingQueries.files([mail.id], reader).first(where: { $0.id == request["file"] }) else { throw NotFound() }
            return file
        }
        guard let hash = file.hash, let kind = file.kind, let bytes = request.site.files.content(hash) else { throw NotFound() }
        return .download(bytes, type: kind.rawValue, name: kind.named(file.name.isEmpty ? "fichier" : file.name))
    }
}
