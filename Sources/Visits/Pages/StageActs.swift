import Database
import Events
import Formats
import Platform

/// The turns of a visit that is not simply next: cancelled, resumed, noted as held by mistake.
enum StageActs {
    static func cancel(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let reason = request.form.text("cancellation")
        return try await act(request, open, as: "visit.cancelled", .cancelled) { visit, change in
            try visit.cancel(reason)
            try change.run(
                """
                INSERT INTO visit_cancellation (visit_id, reason, cancelled_by, cancelled_at)
                VALUES (\(visit.id), \(reason), \(change.actor.personId), \(change.now)) ON CONFLICT (visit_id) DO NOTHING
                """)
            try Self.follow(visit.id, in: change)
            try Invitations.tellAll("visits.mail.cancelled", visit, ["reason": reason], in: change)
            return ["reason": reason]
        }
    }

    static func resume(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.resumed", .resumed) { visit, change in
            try change.run("DELETE FROM visit_cancellation WHERE visit_id = \(visit.id)")
            try Self.follow(visit.id, in: change)
            try Invitations.tellAll("visits.mail.resumed", visit, [:], in: change)
            return [:]
        }
    }

    /// What calendars are told of a visit called off, or taken up again.
    private static func follow(_ id: String, in change: Change) throws {
        try VisitQueries.save(try VisitQueries.load(id: id, change), in: change)
    }

    /// The visit did not take place after all.
    static func reopen(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.reopened", .reopened) { visit, change in
            var visit = visit
            try visit.reopen()
            try VisitQueries.save(visit, in: change)
            try VisitQueries.settle(visit.id, in: change)
            return [:]
        }
    }

    private static func act(
        _ request: Request, _ open: OpenVisit, as action: String, _ done: Done,
        _ edit: @Sendable @escaping (Visit, Change) throws -> [String: String]
    ) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: action, by: request.actor) { change in
                try change.require(.manageVisit, on: open.visit.id)
                let visit = try VisitQueries.load(id: open.visit.id, change)
                let details = try edit(visit, change)
                try change.trace("visit", visit.id, programme: visit.programmeId, details)
            }
            return .redirect(Done.path(open.visit.path, done))
        } otherwise: { problems in
            try await VisitPage.page(request, open, problems: problems)
        }
    }
}
