import Database
import Formats
import Platform

/// The address under which a person's agenda asks for their events: whoever has it reads them, so it can be renewed and closed.
package enum CalendarFeed {
    private static let purpose = "calendar"

    /// A feed that is open.
    package struct Open: Sendable {
        /// `/calendrier/SECRET.ics`; nil when the key that sealed it is lost: it can only be renewed.
        package let path: String?
        package let since: Instant
    }

    package static func of(_ personId: String, _ site: Site) async throws -> Open? {
        let row = try await site.database.read { reader in
            try reader.rows("SELECT sealed, created_at FROM calendar_feed WHERE person_id = \(personId)").first
        }
        guard let row, case .blob(let sealed) = row[0], case .integer(let created) = row[1] else { return nil }
        return Open(path: try site.unseal(sealed, for: purpose).map { "/calendrier/\($0).ics" }, since: Instant(milliseconds: created))
    }

    package static func isOpen(_ personId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM calendar_feed WHERE person_id = \(personId)")
    }

    /// Opens it, or gives it another address: the former one answers nothing any more.
    package static func renew(_ personId: String, in change: Change) throws {
        let secret = Secrets.token()
        let sealed = try change.site.seal(secret, for: purpose)
        try change.run(
            """
            INSERT INTO calendar_feed (person_id, secret_hash, sealed, created_at) VALUES (\(personId), \(Secrets.sha256(secret)), \(sealed), \(change.now))
            ON CONFLICT (person_id) DO UPDATE SET secret_hash = excluded.secret_hash, sealed = excluded.sealed, created_at = excluded.created_at
            """)
    }

    package static func close(_ personId: String, in change: Change) throws {
        try change.run("DELETE FROM calendar_feed WHERE person_id = \(personId)")
    }

    static let addresses = OpenAddresses(
        "events.restored.calendars", count: { reader, _ in try reader.count("SELECT count(*) FROM calendar_feed") },
        close: { try $1.run("DELETE FROM calendar_feed WHERE \($0)") })

    /// Whose feed a secret opens, as they are today; nil when there is none.
    package static func viewer(_ secret: String, _ reader: any Reader) throws -> (viewer: Viewer, language: Language)? {
        struct Owner: Decodable {
            var id: String
            var name: String
            var language: Language?
        }
        let owner = try reader.first(
            Owner.self,
            """
            SELECT person.id, person.name, person.language FROM calendar_feed JOIN person ON person.id = calendar_feed.person_id
            JOIN account ON account.person_id = person.id AND account.closed_at IS NULL
            WHERE secret_hash = \(Secrets.sha256(secret))
            """)
        guard let owner else { return nil }
        return (Viewer(personId: owner.id, name: owner.name, roles: try reader.roles(of: owner.id)), owner.language ?? .french)
    }
}
