import Database
import Formats

extension People {
    /// Gives a person another address, or none; the links sent to the former one open nothing any more.
    /// - Throws: `PersonRefusal` for what cannot be an address, or is somebody else's.
    public static func readdress(_ id: String, to email: String?, in change: Change) throws {
        let email = try email.map(CleanText.line).flatMap { $0.isEmpty ? nil : try checkedEmail($0) }
        if let email, let holder = try find(email: email, change), holder != id { throw PersonRefusal.takenEmail(email) }
        try remember(id, insteadOf: email, "email", in: change)
        try change.run("UPDATE person SET email = \(email), email_key = \(email.map(emailKey)) WHERE id = \(id)")
        try change.run("UPDATE sign_in_link SET used_at = \(change.now) WHERE person_id = \(id) AND used_at IS NULL")
        try change.run("UPDATE private_link SET revoked_at = \(change.now) WHERE person_id = \(id) AND revoked_at IS NULL")
        try change.run("UPDATE email_change SET used_at = \(change.now) WHERE person_id = \(id) AND used_at IS NULL")
        change.tell(LiveTopic.sessions)
        try change.trace("account", id, as: "account.readdressed")
    }
}

extension Accounts {
    /// Whether the person came in by their account once: from then on they alone change its address.
    public static func isUsed(_ personId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT person_id FROM account WHERE person_id = \(personId) AND (password_hash IS NOT NULL OR is_administrator = 1)
            UNION ALL SELECT person_id FROM session WHERE person_id = \(personId)
            UNION ALL SELECT actor_id FROM audit WHERE actor_id = \(personId) AND actor_kind = 'person'
            """)
    }

    public static func has(_ personId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT person_id FROM account WHERE person_id = \(personId) AND closed_at IS NULL")
    }
}
