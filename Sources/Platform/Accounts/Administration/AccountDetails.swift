import Database
import Formats

/// One account, with what whoever helps its person needs to know.
struct AccountDetails: Sendable {
    let entry: AccountEntry
    /// How many sessions are open; on which devices is the person's own.
    let sessions: Int
    /// Until when the last invitation is good.
    let invitedUntil: Instant?
    /// When the account closes, once its person asked for it.
    let leavesAt: Instant?
    /// The mails that could not reach the address of today.
    let failures: [MailReason]

    static func load(_ personId: String, _ reader: any Reader, at now: Instant) throws -> AccountDetails {
        let entry = try AccountEntry.load(personId, reader)
        let invited = try moment(
            """
            SELECT MAX(expires_at) FROM sign_in_link
            WHERE person_id = \(personId) AND purpose = 'invitation' AND used_at IS NULL AND expires_at > \(now)
            """, reader)
        let failures = try reader.texts(
            """
            SELECT COALESCE(reason, '') FROM mail WHERE state = 'failed' AND person_id = \(personId) AND address = \(entry.email ?? "")
            ORDER BY created_at DESC, id DESC LIMIT 100
            """)
        return AccountDetails(
            entry: entry, sessions: try Sessions.open(of: personId, reader, at: now).count, invitedUntil: invited,
            leavesAt: try moment("SELECT due_at FROM erasure WHERE person_id = \(personId) AND done_at IS NULL", reader),
            failures: failures.map { MailReason(rawValue: $0) ?? .bounced })
    }

    private static func moment(_ statement: SQL, _ reader: any Reader) throws -> Instant? {
        let milliseconds = try reader.count(statement)
        return milliseconds > 0 ? Instant(milliseconds: Int64(milliseconds)) : nil
    }
}
