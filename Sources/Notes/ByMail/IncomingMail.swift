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

    /// - Throws: `NotFound`
    static func load(_ id: String, _ reader: any Reader) throws -> IncomingMail {
        let mail = try reader.first(IncomingMail.self, "SELECT \(columns) FROM \(tables) WHERE received_mail.id = \(id)")
        guard let mail else { throw NotFound() }
        return mail
    }

    /// Those of a state that a programme sorts, and those that no programme has taken yet, the newest first.
    static func list(_ programme: String, _ state: IncomingMail.State, limit: Int, offset: Int, _ reader: any Reader) throws -> [IncomingMail] {
        try reader.all(
            IncomingMail.self,
            """
            SELECT \(columns) FROM \(tables) WHERE (received_mail.programme_id = \(programme) OR received_mail.programme_id IS NULL) AND state = \(state)
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
            "SELECT state, count(*) AS count FROM received_mail WHERE programme_id = \(programme) OR programme_id IS NULL GROUP BY state")
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

    static func known(_ hash: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM received_mail WHERE hash = \(hash)")
    }
}
