import Community
import Database
import Events
import Formats
import Platform

/// A structure that was to receive a visit gives up: its people leave the circle, those invited are told, what it wrote stays.
enum HostWithdrawal {
    struct Past: Decodable, Sendable {
        var name: String
        var reason: String
        var notedAt: Instant
    }

    static func of(_ visitId: String, _ reader: any Reader) throws -> [Past] {
        try reader.all(
            Past.self,
            """
            SELECT COALESCE(organization.short_name, organization.name) AS name, reason, noted_at FROM visit_withdrawal
            JOIN organization ON organization.id = organization_id WHERE visit_id = \(visitId) ORDER BY noted_at, visit_withdrawal.id
            """)
    }

    static func note(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let reason = request.form.text("withdrawal")
        return try await request.attempt {
            try await request.site.amend(as: "visit.hostWithdrew", by: request.actor) { change in
                try change.require(.manageVisit, on: open.visit.id)
                var visit = try VisitQueries.load(id: open.visit.id, change)
                guard !visit.isHeld else { throw VisitRefusal.alreadyHeld }
                guard let host = visit.hostId else { throw Refused("visits.refusal.noHostToWithdraw") }
                guard !reason.allSatisfy(\.isWhitespace) else { throw Refused("visits.refusal.noWithdrawalReason", field: "withdrawal") }
                try change.run(
                    """
                    INSERT INTO visit_withdrawal (id, visit_id, organization_id, reason, noted_by, noted_at)
                    VALUES (\(change.newId()), \(visit.id), \(host), \(reason), \(change.actor.personId), \(change.now))
                    """)
                let name = visit.hostName ?? ""
                try Invitations.tellAll("visits.mail.hostWithdrew", visit, ["host": name, "reason": reason], in: change)
                for person in try Delegation.people(visit, change).host { try change.leave(person.id, scope: visit.circleId, as: .host) }
                (visit.hostId, visit.signatoryId) = (nil, nil)
                try VisitQueries.save(visit, in: change)
                try change.trace("visit", visit.id, programme: visit.programmeId, ["label": name, "reason": reason])
            }
            return .redirect(Done.path(open.visit.path, .withdrawn))
        } otherwise: { problems in
            try await GroupPage.page(open.visit, request, typed: request.form, problems: problems)
        }
    }

    /// What is said of those that gave up, and the way to note it of the one that receives.
    static func section(_ visit: Visit, _ past: [Past], _ form: FormView) -> Markup {
        let words = form.request.words
        let list: Markup =
            past.isEmpty
            ? .empty
            : "<ul>\(past.map { "<li>\(words("visits.withdrawal.past", ["name": $0.name, "day": $0.notedAt.day(), "reason": $0.reason]))</li>" as Markup })</ul>"
        guard visit.hostId != nil, !visit.isHeld else { return list }
        let isTyped = form.problems.contains { $0.field == "withdrawal" }
        return """
            \(list)<details class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("visits.withdrawal.open"))</summary><p>\(words("visits.withdrawal.text"))</p>\(form.form(to: "\(visit.path)/desistement", button: words("visits.withdrawal.button"), style: "button danger", form.area("withdrawal", words("visits.withdrawal.reason"), rows: 2)))</details>
            """
    }
}
