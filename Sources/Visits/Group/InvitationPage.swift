import Database
import Events
import Formats
import Platform

/// Asks before the invitations leave: a mail does not come back.
enum InvitationPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(try await page(request, open))
    }

    static func send(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: "visit.invited", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                let visit = try VisitQueries.load(id: id, change)
                let agenda = Agenda(try Slots.of(id, change))
                guard !agenda.slots.isEmpty else { throw VisitRefusal.noDates }
                _ = try Invitations.send(visit, dates: { agenda.days(in: $0) ?? "" }, in: change)
            }
            return .redirect(Done.path(open.visit.path, .invitations))
        } otherwise: { _ in
            try await page(request, open)
        }
    }

    private static func page(_ request: Request, _ open: OpenVisit) async throws -> Page {
        let visit = open.visit
        let (people, sent, slots) = try await request.site.database.read { reader in
            (
                try Invitations.toSend(visit, by: request.viewer.personId, reader, request.now),
                try Invitations.sent(visit.id, reader), try Slots.of(visit.id, reader)
            )
        }
        let words = request.words
        let title = words("visits.invite.title", ["visit": visit.name])
        let done: Markup =
            sent.isEmpty
            ? .empty
            : "<section><h2>\(words("visits.invite.done"))</h2><ul>\(sent.map { "<li>\($0.name), \(words.element($0.invitedAt))</li>" as Markup })</ul></section>"
        let ask: Markup
        if slots.isEmpty {
            ask =
                "<p class=\"notice warning\">\(words("visits.invite.noDates")) <a href=\"\(visit.path)/dates\">\(words("visits.act.dates"))</a></p>"
        } else if people.isEmpty {
            ask =
                "<p class=\"notice\">\(words("visits.invite.nobody")) <a href=\"\(visit.path)/groupe\">\(words("visits.act.group"))</a></p>"
        } else {
            ask = """
                <p>\(words("visits.invite.who", ["n": people.count]))</p><ul>\
                \(people.map { "<li>\($0.said)</li>" as Markup })</ul>
                <p>\(words("visits.invite.once"))</p>
                \(FormView(request).form(to: "\(visit.path)/invitations", button: words("visits.invite.button", ["n": people.count]), cancel: visit.path, .empty))
                """
        }
        return visit.page(title, request, "<h1>\(title)</h1>\(ask)\(done)")
    }
}
