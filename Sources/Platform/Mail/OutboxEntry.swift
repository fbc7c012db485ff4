import Database
import Formats

/// A mail of the site as its administrator sees it: to whom, about what, what became of it. Its text, with the links it bears,
/// is only for whom it was written to.
struct OutboxEntry: Sendable, Decodable {
    enum State: String, Sendable, Codable, CaseIterable {
        case waiting, failed, sent, abandoned
    }

    var id: String
    var createdAt: Instant
    var personId: String?
    var name: String?
    /// Where the person is written to today.
    var email: String?
    var address: String
    var subject: String
    var state: State
    var attempts: Int
    var triedAt: Instant?
    var nextAt: Instant
    var sentAt: Instant?
    var usefulUntil: Instant?
    var reason: MailReason?
    var answer: String

    private static let select: SQL = """
        SELECT mail.id, mail.created_at, mail.person_id, person.name, person.email, mail.address, mail.subject, mail.state, mail.attempts,
            mail.tried_at, mail.next_at, mail.sent_at, mail.useful_until, mail.reason, mail.answer
        FROM mail LEFT JOIN person ON person.id = mail.person_id
        """

    /// - Throws: `NotFound`
    static func load(_ id: String, _ reader: any Reader) throws -> OutboxEntry {
        guard let entry = try reader.first(OutboxEntry.self, select + " WHERE mail.id = \(id)") else { throw NotFound() }
        return entry
    }

    /// The newest first.
    static func all(where condition: SQL, limit: Int, offset: Int, _ reader: any Reader) throws -> [OutboxEntry] {
        try reader.all(
            OutboxEntry.self, "\(select) WHERE \(condition) ORDER BY mail.created_at DESC, mail.id DESC LIMIT \(limit) OFFSET \(offset)")
    }

    /// The last mail that the server as a whole kept from leaving.
    static func trouble(_ reader: any Reader) throws -> OutboxEntry? {
        try reader.first(
            OutboxEntry.self,
            """
            \(select) WHERE mail.state = 'waiting' AND mail.reason IN \(list: MailReason.ofServer.map(\.rawValue))
            ORDER BY mail.tried_at DESC LIMIT 1
            """)
    }

    /// The address that its person has given since.
    var newAddress: String? { email == address ? nil : email }

    /// - Throws: `Refused`
    func checkMayLeave(at now: Instant) throws {
        guard state != .sent else { throw Refused("platform.outbox.refusal.sent") }
        if let usefulUntil, usefulUntil <= now { throw Refused("platform.outbox.refusal.expired") }
    }

    func checkMayBeGivenUp() throws {
        guard state == .waiting || state == .failed else { throw Refused("platform.outbox.refusal.over") }
    }
}
