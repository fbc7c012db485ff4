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
        try await act(request, open, as: "visit.invited", Done.path(open.visit.path, .invitations)) { visit, agenda, change in
            _ = try Invitations.send(visit, agenda, in: change)
        }
    }

    static func sendAgain(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let done = Done.path("\(open.visit.path)/invitations", .invitedAgain)
        return try await act(request, open, as: "visit.invitedAgain", done) { visit, agenda, change in
            try Invitations.sendAgain(to: request["person"], visit, agenda, in: change)
        }
    }

    static func tellDates(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.datesTold", Done.path(open.visit.path, .datesTold), needsDates: false) {
            visit, agenda, change in try Invitations.tellDates(visit, agenda, in: change)
        }
    }

    private static func act(
        _ request: Request, _ open: OpenVisit, as action: String, _ done: String, needsDates: Bool = true,
        _ send: @Sendable @escaping (Visit, Agenda, Change) throws -> Void
    ) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                let visit = try VisitQueries.load(id: id, change)
                let agenda = Agenda(try Slots.of(id, change))
                guard !needsDates || !agenda.slots.isEmpty else { throw VisitRefusal.noDates }
                guard !visit.isCancelled else { throw VisitRefusal.cancelled }
                try send(visit, agenda, change)
            }
            return .redirect(done)
        } otherwise: { _ in
            try await page(request, open)
        }
    }

    private static func page(_ request: Request, _ open: OpenVisit) async throws -> Page {
        let visit = open.visit
        let (people, group, sent, slots) = try await request.site.database.read { reader in
            (
                try Invitations.toSend(visit, by: request.viewer.personId, reader),
                try Delegation.people(visit, reader),
                try Invitations.sent(visit.id, reader), try Slots.of(visit.id, reader)
            )
        }
        let words = request.words
        let title = words("visits.invite.title", ["visit": visit.name])
        let done: Markup =
            sent.isEmpty
            ? .empty
            : "<section><h2>\(words("visits.invite.done"))</h2><ul>\(sent.map { item($0, group, slots.isEmpty, visit, request) })</ul></section>"
        let ask: Markup
        if slots.isEmpty {
            ask =
                "<p class=\"notice warning\">\(words("visits.invite.noDates")) <a href=\"\(visit.path)/dates\">\(words("visits.act.dates"))</a></p>"
        } else if people.isEmpty {
            ask =
                "<p class=\"notice\">\(words(group.visitors.isEmpty && group.staff.isEmpty ? "visits.invite.emptyGroup" : "visits.invite.nobody")) <a href=\"\(visit.path)/groupe\">\(words("visits.act.group"))</a></p>"
        } else {
            ask = """
                <p>\(words("visits.invite.who", ["n": people.count]))</p><ul>\
                \(people.map { "<li>\($0.said)</li>" as Markup })</ul>
                <p>\(words("visits.invite.once"))</p>
                \(FormView(request).form(to: "\(visit.path)/invitations", button: words("visits.invite.button", ["n": people.count]), cancel: visit.path, .empty))
                """
        }
        return visit.page(title, request, "<h1>\(title)</h1>\(ask)\(done)").with { $0.notice = Done.notice(request) }
    }

    /// Somebody invited already, with the button that writes again to whoever is still of the group.
    private static func item(
        _ invitation: Invitation, _ group: Delegation, _ lacksDates: Bool, _ visit: Visit, _ request: Request
    ) -> Markup {
        let isOf = (group.visitors + group.staff).contains { $0.id == invitation.personId }
        let again: Markup =
            isOf && !lacksDates
            ? request.act(
                "\(visit.path)/invitations/\(invitation.personId)", request.words("visits.invite.again", ["name": invitation.name]),
                style: "link")
            : .empty
        return "<li>\(invitation.name), \(request.words.element(invitation.invitedAt)) \(again)</li>"
    }
}
