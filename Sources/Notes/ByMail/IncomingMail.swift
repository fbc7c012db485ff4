import Database
import Formats
import Platform

/// A mail that came in, and what became of it.
struct IncomingMail: Sendable, Decodable, Equatable {
    enum State: String, Sendable, CaseIterable, Codable, SQLConvertible {
        /// It became somebody's impression note.
        case taken
        /// It said nothing; its writer was told so.
        case empty
        /// It waits for somebody to say whose it is.
        case waiting
        /// A machine wrote it: an absence, a list, a report.
        case automatic
        case discarded
    }

    /// Why it waits.
    enum Reason: String, Sendable, CaseIterable, Codable, SQLConvertible {
        case unknownAddress = "unknown_address"
        case unknownSender = "unknown_sender"
        /// The address has ended.
        case ended
        /// Its owner is in the visiting group no more.
        case left
        case cancelled
        case tooLong = "too_long"
    }

    var id: String
    var receivedAt: Instant
    var sender: String
    var senderName: String
    var subject: String
    var size: Int
    var hash: String
    var programmeId: String?
    var visitId: String?
    var visit: String?
    var personId: String?
    var person: String?
    var state: State
    var reason: Reason?
    var textId: String?
    var handledBy: String?

    /// Whoever sorts mails reads what waits and what was put aside; a note that was taken is its author's.
    var isForSorting: Bool { state != .taken && state != .empty }

    /// Whether it may be said to be another programme's: one that came to the address of a visit is not.
    var mayChangeProgramme: Bool { isForSorting && visitId == nil }
}

/// A file that was joined to a mail.
struct IncomingFile: Sendable, Decodable, Equatable {
    var id: String
    var mailId: String
    var name: String
    /// Nil when the site does not take its kind: it is in the mail itself.
    var hash: String?
    var kind: FileStore.Kind?
    var size: Int?
}

/// The reads of mails that came in.
enum IncomingQueries {
    private static let columns: SQL = """
        received_mail.id, received_at, sender, sender_name, subject, received_mail.size, file.hash, received_mail.programme_id,
        received_mail.visit_id, visit.name AS visit, received_mail.person_id, person.name AS person, state, reason, text_id, clerk.name AS handled_by
        """
    private static let tables: SQL = """
        received_mail JOIN file ON file.id = received_mail.file_id LEFT JOIN visit ON visit.id = received_mail.visit_id
        LEFT JOIN person ON person.id = received_mail.person_id LEFT JOIN person AS clerk ON clerk.id = received_mail.handled_by
        """

    /// The mails that a programme sorts: its own and, where there is no other programme, those that none could be told for.
    static func sorted(by programme: SQL) -> SQL {
        """
        (received_mail.programme_id = \(programme) OR received_mail.programme_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM programme AS other WHERE other.id <> \(programme)))
        """
    }

    /// - Throws: `NotFound` for what this programme does not sort.
    static func load(_ id: String, sortedBy programme: String, _ reader: any Reader) throws -> IncomingMail {
        let mail = try load(id, reader)
        guard try reader.exists("SELECT 1 FROM received_mail WHERE id = \(id) AND \(sorted(by: "\(programme)"))") else { throw NotFound() }
        return mail
    }

    /// - Throws: `NotFound`
    static func load(_ id: String, _ reader: any Reader) throws -> IncomingMail {
        let mail = try reader.first(IncomingMail.self, "SELECT \(columns) FROM \(tables) WHERE received_mail.id = \(id)")
        guard let mail else { throw NotFound() }
        return mail
    }

    /// Those of a state that a programme sorts, the newest first.
    static func list(_ programme: String, _ state: IncomingMail.State, limit: Int, offset: Int, _ reader: any Reader) throws -> [IncomingMail] {
        try reader.all(
            IncomingMail.self,
            """
            SELECT \(columns) FROM \(tables) WHERE \(sorted(by: "\(programme)")) AND state = \(state)
            ORDER BY received_at DESC, received_mail.id DESC LIMIT \(limit) OFFSET \(offset)
            """)
    }

    private struct Count: Decodable {
        var state: IncomingMail.State
        var count: Int
    }

    static func counts(_ programme: String, _ reader: any Reader) throws -> [IncomingMail.State: Int] {
        let counts = try reader.all(
            Count.self,
            "SELECT state, count(*) AS count FROM received_mail WHERE \(sorted(by: "\(programme)")) GROUP BY state")
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.count) })
    }

    /// The mails that made a note, oldest first.
    static func of(text id: String, _ reader: any Reader) throws -> [IncomingMail] {
        try reader.all(
            IncomingMail.self, "SELECT \(columns) FROM \(tables) WHERE text_id = \(id) AND state = 'taken' ORDER BY received_at, received_mail.id")
    }

    static func files(_ mailIds: [String], _ reader: any Reader) throws -> [IncomingFile] {
        try reader.all(
            IncomingFile.self,
            """
            SELECT received_file.id, mail_id, received_file.name, file.hash, file.kind, file.size FROM received_file
            LEFT JOIN file ON file.id = received_file.file_id WHERE mail_id IN \(list: mailIds) ORDER BY received_file.id
            """)
    }

    /// Those of a state that no programme could be told for, where there are several or none: for whoever administers the site.
    static let isStray: SQL = "received_mail.programme_id IS NULL AND (SELECT count(*) FROM programme) <> 1"

    static func strays(_ state: IncomingMail.State, limit: Int, offset: Int, _ reader: any Reader) throws -> [IncomingMail] {
        try reader.all(
            IncomingMail.self,
            """
            SELECT \(columns) FROM \(tables) WHERE \(isStray) AND state = \(state)
            ORDER BY received_at DESC, received_mail.id DESC LIMIT \(limit) OFFSET \(offset)
            """)
    }

    static func strayCounts(_ reader: any Reader) throws -> [IncomingMail.State: Int] {
        let counts = try reader.all(Count.self, "SELECT state, count(*) AS count FROM received_mail WHERE \(isStray) GROUP BY state")
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.count) })
    }

    /// - Throws: `NotFound` for what a programme sorts.
    static func stray(_ id: String, _ reader: any Reader) throws -> IncomingMail {
        let mail = try load(id, reader)
        guard try reader.exists("SELECT 1 FROM received_mail WHERE id = \(id) AND \(isStray)") else { throw NotFound() }
        return mail
    }

    static func hasSeveralProgrammes(_ reader: any Reader) throws -> Bool { try reader.count("SELECT count(*) FROM programme") > 1 }

    /// Says which programme sorts a mail, or none.
    static func put(_ mail: IncomingMail, in programme: String?, _ change: Change) throws {
        try change.run(
            """
            UPDATE received_mail SET programme_id = \(programme), handled_by = \(change.actor.personId), handled_at = \(change.now) WHERE id = \(mail.id)
            """)
        try change.run("UPDATE access SET programme_id = \(programme) WHERE object_id = \(mail.id)")
    }

    /// Says what became of a mail, and by whom; one that a machine wrote has no reason to wait until somebody puts it back.
    static func settle(_ id: String, _ state: IncomingMail.State, _ change: Change) throws {
        try change.run(
            """
            UPDATE received_mail SET state = \(state), reason = \(state == .waiting ? "COALESCE(reason, 'unknown_sender')" : "reason" as SQL),
                handled_by = \(change.actor.personId), handled_at = \(change.now) WHERE id = \(id)
            """)
    }

    private struct Act: Decodable {
        var action: String
        var actorId: String?
        var programmeId: String?
    }

    /// Whether the last thing done with a mail is this, by this person, for this programme: nobody has gone on from it, it can be undone.
    static func isLast(_ action: String, of id: String, by personId: String?, for programme: String?, _ reader: any Reader) throws -> Bool {
        let last = try reader.first(
            Act.self,
            """
            SELECT action, actor_id, programme_id FROM audit WHERE object_kind = 'incoming' AND object_id = \(id) ORDER BY at DESC, id DESC LIMIT 1
            """)
        return last.map { $0.action == action && $0.actorId == personId && $0.programmeId == programme && personId != nil } ?? false
    }

    static func known(_ hash: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM received_mail WHERE hash = \(hash)")
    }
}
