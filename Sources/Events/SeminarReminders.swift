import Database
import Formats
import Platform

/// Writes of itself, two days before a seminar, to those who said that they come; once, and again only when it was moved.
package enum SeminarReminders {
    static let kind = "seminar"
    private static let days = 2

    private struct Row: Decodable {
        var id: String
        var programmeId: String
        var title: String
        var place: String
        var mode: Event.Mode
        var slug: String
        var firstDay: Day
    }

    /// - Returns: how many people were written to.
    @discardableResult package static func sendDue(_ site: Site) async throws -> Int {
        let today = site.now().day()
        let due = try await site.database.read { reader in
            try reader.all(
                Row.self,
                """
                SELECT event.id, event.programme_id, event.title, event.place, event.mode, programme.slug, min(slot.day) AS first_day
                FROM event JOIN programme ON programme.id = event.programme_id JOIN slot ON slot.event_id = event.id AND slot.removed_at IS NULL
                WHERE event.kind <> 'visit' AND event.state <> 'cancelled'
                GROUP BY event.id, event.programme_id, event.title, event.place, event.mode, programme.slug
                HAVING min(slot.day) >= \(today) AND min(slot.day) <= \(today.adding(days: days)) ORDER BY event.id
                """)
        }
        var sent = 0
        for row in due {
            let people = try await site.database.read { reader in
                try reader.texts(
                    """
                    SELECT person_id FROM registration WHERE event_id = \(row.id) AND answer = 'yes'
                        AND NOT EXISTS (SELECT 1 FROM reminder WHERE object_id = \(row.id) AND reminder.person_id = registration.person_id
                            AND kind = \(kind) AND day = \(row.firstDay))
                        AND NOT EXISTS (SELECT 1 FROM mail_refusal WHERE mail_refusal.person_id = registration.person_id AND kind = \(kind))
                    ORDER BY person_id
                    """)
            }
            guard !people.isEmpty else { continue }
            sent += try await site.amend(as: "seminar.reminded", by: .site, isPublic: false) { change in
                let told = try people.filter { person in
                    let language = try change.text("SELECT language FROM person WHERE id = \(person)").flatMap(Language.init) ?? .french
                    let words = change.site.words(language)
                    return try change.remind(
                        person, kind, about: row.id, on: row.firstDay, "events.mail.seminarSoon",
                        ["event": row.title, "day": row.firstDay, "place": row.place.isEmpty ? words.name("events.mode", of: row.mode) : row.place],
                        opening: "/programmes/\(row.slug)/seminaires/\(row.id)")
                }
                guard !told.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                try change.trace("event", row.id, programme: row.programmeId, ["people": String(told.count), "label": row.title])
                return told.count
            }
        }
        return sent
    }
}
