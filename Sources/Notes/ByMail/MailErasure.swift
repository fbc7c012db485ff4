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

    /// The mails of a person who asks to be forgotten, whichever of their addresses they came from, and their private addresses.
    static let erase: @Sendable (Erasure, Change) throws -> Void = { erasure, change in
        try change.run("UPDATE reply_address SET revoked_at = \(change.now) WHERE person_id = \(erasure.personId) AND revoked_at IS NULL")
        let senders = try change.texts("SELECT DISTINCT sender FROM received_mail").filter { erasure.has(address: $0) }
        let mails = try change.all(
            Mail.self,
            """
            SELECT received_mail.id, person_id, state,
                CASE WHEN audience <> 'author' OR text_opening.text_id IS NOT NULL THEN 1 ELSE 0 END AS is_shared FROM received_mail
            LEFT JOIN access ON access.object_id = received_mail.text_id LEFT JOIN text_opening ON text_opening.text_id = received_mail.text_id
            WHERE person_id = \(erasure.personId) OR sender IN \(list: senders) ORDER BY received_mail.id
            """)
        for mail in mails {
            // The note of somebody else, or one that others read, stays with its files: only who wrote the mail goes.
            let isKept = mail.personId == erasure.personId ? mail.isShared && !erasure.isComplete : true
            if isKept, mail.state == .taken || mail.state == .empty { try bare(mail.id, in: change) } else { try remove(mail.id, in: change) }
        }
    }

    private struct Mail: Decodable {
        var id: String
        var personId: String?
        var state: IncomingMail.State
        var isShared: Bool
    }

    /// What stands in the place of a mail that was erased.
    private static let nothing = "Content-Type: text/plain; charset=utf-8\r\n\r\n\(Erasure.emptied)\r\n"

    /// Takes out of a mail who sent it, and all that it carried: what was made of it stays.
    private static func bare(_ id: String, in change: Change) throws {
        let whole = try change.text("SELECT file_id FROM received_mail WHERE id = \(id)")
        let file = try change.keep(UploadedFile(name: "courriel.eml", bytes: Array(nothing.utf8)), .mail, of: id)
        try change.run(
            """
            UPDATE received_mail SET sender = '', sender_name = '', subject = '', message_id = NULL, size = \(nothing.utf8.count), file_id = \(file)
            WHERE id = \(id)
            """)
        if let whole { try change.forget(file: whole) }
    }

    private static func remove(_ id: String, in change: Change) throws {
        try change.run("DELETE FROM received_file WHERE mail_id = \(id)")
        try change.run("DELETE FROM received_mail WHERE id = \(id)")
        for file in try change.texts("SELECT id FROM file WHERE owner_id = \(id) ORDER BY id") { try change.forget(file: file) }
        try change.run("DELETE FROM access WHERE object_id = \(id)")
    }
}
