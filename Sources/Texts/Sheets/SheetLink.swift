import Database
import Formats
import Platform

/// A private link sent to somebody of the host to write the sheet: who, when, by whom, until when.
struct SheetLink: Sendable, Decodable {
    var personId: String
    var name: String
    var sentAt: Instant
    var expiresAt: Instant
    var revokedAt: Instant?
    /// Who asked.
    var asker: String?

    var lastDay: Day { Self.lastDay(before: expiresAt) }

    /// A link works until the midnight that ends its last day.
    static func end(of lastDay: Day) -> Instant { Instant(milliseconds: Int64(lastDay.daysSinceEpoch + 1) * 86_400_000) }
    static func lastDay(before end: Instant) -> Day { (end - .days(1)).day() }

    /// The links of a sheet, newest first; those that only show a revision sent are not among them.
    static func of(_ textId: String, _ reader: any Reader) throws -> [SheetLink] {
        try reader.all(
            SheetLink.self,
            """
            SELECT private_link.person_id, person.name, private_link.created_at AS sent_at, expires_at, revoked_at,
                asker.name AS asker
            FROM private_link JOIN person ON person.id = private_link.person_id
            JOIN audit ON audit.object_id = private_link.object_id AND audit.at = private_link.created_at
                AND audit.action = 'sheet.linked'
            LEFT JOIN person AS asker ON asker.id = audit.actor_id
            WHERE private_link.object_id = \(textId) AND purpose = \(OpenText.Purpose.sheet.rawValue)
            ORDER BY private_link.created_at DESC, person.sort_key, private_link.id
            """)
    }
}
