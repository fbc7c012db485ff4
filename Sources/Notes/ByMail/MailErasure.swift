import Database
import Formats
import Platform

/// What becomes of mails that came in: those of machines and those that nobody wanted do not stay; those of a person go with them.
enum MailErasure {
    /// A mailbox full of absences is emptied after a month.
    static let automatic = retention("notes.retention.automaticMails", days: 30, "state IN ('automatic', 'discarded')")
    /// What nobody sorted in a year.
    static let waiting = retention("notes.retention.waitingMails", days: 365, "state = 'waiting'")

    private static func retention(_ key: String, days: Int, _ which: SQL) -> Retention {
        Retention(
            key, days: days,
            count: { try $0.count("SELECT COUNT(*) FROM received_mail WHERE \(which) AND received_at <= \($1 - .days(days))") },
            apply: { change in
                for id in try change.texts("SELECT id FROM received_mail WHERE \(which) AND received_at <= \(change.now - .days(days)) ORDER BY id") {
                    try remove(id, in: change)
                }
            })
    }

    /// The mails of a person who asks to be forgotten, and their addresses.
    static let erase: @Sendable (Erasure, Change) throws -> Void = { erasure, change in
        try change.run("UPDATE reply_address SET revoked_at = \(change.now) WHERE person_id = \(erasure.personId) AND revoked_at IS NULL")
        guard erasure.isComplete else { return }
        for id in try change.texts("SELECT id FROM received_mail WHERE person_id = \(erasure.personId) ORDER BY id") { try remove(id, in: change) }
    }

    private static func remove(_ id: String, in change: Change) throws {
        try change.run("DELETE FROM received_file WHERE mail_id = \(id)")
        try change.run("DELETE FROM received_mail WHERE id = \(id)")
        for file in try change.texts("SELECT id FROM file WHERE owner_id = \(id) ORDER BY id") { try change.forget(file: file) }
        try change.run("DELETE FROM access WHERE object_id = \(id)")
    }
}
