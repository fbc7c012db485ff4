import Database
import Formats
import Platform
import Visits

/// What the site writes of itself after a visit: the impression note that is due, to whoever has shared none, once.
package enum ImpressionReminders {
    static let kind = "impressionDue"
    /// How long after the last day the site may still write: later it is for people to say.
    private static let days = 7

    private struct Owed: Decodable, Sendable {
        var visitId: String
        var personId: String
        var lastDay: Day
    }

    /// - Returns: how many people were written to.
    @discardableResult package static func sendDue(_ site: Site) async throws -> Int {
        let today = site.now().day()
        let owed = try await site.database.read { reader in
            try reader.all(
                Owed.self,
                """
                SELECT visit.id AS visit_id, membership.person_id, max(slot.day) AS last_day FROM visit
                JOIN membership ON membership.scope_id = visit.delegation_id AND membership.role = 'visitor' AND membership.until IS NULL
                JOIN person ON person.id = membership.person_id AND person.email IS NOT NULL
                JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL
                WHERE visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                    AND NOT EXISTS (SELECT 1 FROM text JOIN access ON access.object_id = text.id
                        WHERE text.kind = 'impression' AND subject_id = visit.id AND text.author_id = membership.person_id AND audience <> 'author')
                    AND NOT EXISTS (SELECT 1 FROM reminder WHERE object_id = visit.id AND reminder.person_id = membership.person_id AND kind = \(kind))
                    AND NOT EXISTS (SELECT 1 FROM mail_refusal WHERE mail_refusal.person_id = membership.person_id AND mail_refusal.kind = \(kind))
                GROUP BY visit.id, membership.person_id HAVING max(slot.day) < \(today) AND max(slot.day) >= \(today.adding(days: -days))
                ORDER BY visit.id, membership.person_id
                """)
        }
        var sent = 0
        for (visitId, people) in Dictionary(grouping: owed, by: \.visitId).sorted(by: { $0.key < $1.key }) {
            sent += try await site.amend(as: "visit.reminded", by: .site, isPublic: false) { change in
                let visit = try VisitQueries.load(id: visitId, change)
                let told = try people.filter { owed in
                    let byMail = try ReplyAddress.sentence(for: owed.personId, visitId, in: change)
                    return try change.remind(
                        owed.personId, kind, about: visitId, on: owed.lastDay, "notes.mail.impressionDue",
                        ["visit": visit.name, "day": owed.lastDay.adding(days: 14), "byMail": byMail], opening: "\(visit.path)#impressions")
                }
                guard !told.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                try change.trace("visit", visitId, programme: visit.programmeId, ["people": String(told.count), "kind": kind])
                return told.count
            }
        }
        return sent
    }
}
