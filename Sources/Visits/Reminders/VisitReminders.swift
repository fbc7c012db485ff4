import Database
import Events
import Formats
import Platform

/// What the site writes of itself about a visit: a week before, on the morning of the first day. Each once a person, unless they do
/// not want it; a visit that was moved is announced again for its new day.
package enum VisitReminders {
    /// How many days before the first one.
    static let days = 7
    /// From which hour of the first day, on the clocks of the visit.
    static let hour = 5

    enum Kind: String, CaseIterable {
        case before = "visitBefore"
        case day = "visitDay"

        /// What is written at a moment about a visit; nil when nothing is.
        static func due(first: Day, at moment: (day: Day, minute: Int)) -> Kind? {
            let ahead = moment.day.days(until: first)
            if ahead == 0 { return moment.minute >= hour * 60 ? .day : nil }
            return (1...days).contains(ahead) ? .before : nil
        }
    }

    private struct Row: Decodable {
        var id: String
        var zone: String
        var firstDay: Day
    }

    /// - Returns: how many people were written to.
    @discardableResult package static func sendDue(_ site: Site) async throws -> Int {
        let today = site.now().day()
        let visits = try await site.database.read { reader in
            try reader.all(
                Row.self,
                """
                SELECT visit.id, event.zone, min(slot.day) AS first_day FROM visit JOIN event ON event.id = visit.id
                JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL
                WHERE visit.id NOT IN (SELECT visit_id FROM visit_cancellation) AND visit.stage IN ('planned', 'prepared')
                GROUP BY visit.id, event.zone
                HAVING min(slot.day) >= \(today.adding(days: -1)) AND min(slot.day) <= \(today.adding(days: days + 1))
                """)
        }
        var sent = 0
        for row in visits {
            guard let kind = Kind.due(first: row.firstDay, at: site.now().civil(in: row.zone)) else { continue }
            let people = try await site.database.read { try toTell(kind, row, $0, at: site.now()) }
            guard !people.isEmpty else { continue }
            sent += try await site.amend(as: "visit.reminded", by: .site, isPublic: false) { change in
                let told = try people.filter { try tell($0, kind, row.id, row.firstDay, in: change) }
                guard !told.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                let visit = try VisitQueries.load(id: row.id, change)
                try change.trace("visit", row.id, programme: visit.programmeId, ["people": String(told.count), "kind": kind.rawValue])
                return told.count
            }
        }
        return sent
    }

    /// Those of the group who were not written to for this day, want it, and were not invited in the last two days.
    private static func toTell(_ kind: Kind, _ row: Row, _ reader: any Reader, at now: Instant) throws -> [String] {
        try reader.texts(
            """
            SELECT DISTINCT membership.person_id FROM membership JOIN visit ON visit.circle_id = membership.scope_id
            JOIN person ON person.id = membership.person_id AND person.email IS NOT NULL
            WHERE visit.id = \(row.id) AND membership.until IS NULL AND membership.role IN ('visitor', 'staff')
                AND NOT EXISTS (SELECT 1 FROM reminder WHERE object_id = visit.id AND reminder.person_id = membership.person_id
                    AND kind = \(kind.rawValue) AND day = \(row.firstDay))
                AND NOT EXISTS (SELECT 1 FROM mail_refusal WHERE mail_refusal.person_id = membership.person_id AND kind = \(kind.rawValue))
                AND (\(kind == .day ? 1 : 0) = 1 OR NOT EXISTS (SELECT 1 FROM visit_invitation WHERE visit_id = visit.id
                    AND visit_invitation.person_id = membership.person_id AND visit_invitation.invited_at > \(now - .days(2))))
            ORDER BY membership.person_id
            """)
    }

    private static func tell(_ person: String, _ kind: Kind, _ visitId: String, _ first: Day, in change: Change) throws -> Bool {
        let visit = try VisitQueries.load(id: visitId, change)
        let agenda = Agenda(try Slots.of(visitId, change))
        let words = try change.words(of: person)
        let practical = try Practical.of(visitId, change)
        let start = agenda.slots.first.map { Hour.said($0.hours.start, in: words) } ?? ""
        let point = [practical.meetingPoint.split(separator: "\n").first.map(String.init) ?? "", visit.place, visit.name].first { !$0.isEmpty } ?? ""
        let mail = try VisitMail(
            "visits.mail.\(kind.rawValue)", to: person, about: visit,
            [
                "visit": visit.name, "dates": agenda.days(in: words) ?? "", "hour": start, "place": point,
                "zone": visit.zone == EventZone.paris.rawValue ? "" : " (\(EventZone.said(visit.zone, in: words)))",
            ], opening: "\(visit.path)/programme", in: change)
        return try change.remind(person, kind.rawValue, about: visitId, on: first, mail.key, mail.arguments, opening: mail.path)
    }

    /// Where the page of an event is: for the reminders of its poll.
    @Sendable package static func path(of event: Event, _ reader: any Reader) throws -> String? { try EventPages.paths([event], reader)[event.id] }
}
