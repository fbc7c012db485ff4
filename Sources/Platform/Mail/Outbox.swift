import Database
import Formats

/// The mails that wait, as those who send them take them: each by one at a time, for a while.
enum Outbox {
    /// A mail that is about to be tried.
    struct Taken: Sendable, Decodable {
        var id: String
        var createdAt: Instant
        var personId: String?
        var address: String
        var name: String?
        var subject: String
        var body: String
        var attempts: Int
        var againAt: Instant?
        var usefulUntil: Instant?

        var standing: MailSchedule.Standing {
            MailSchedule.Standing(since: againAt ?? createdAt, attempts: attempts, usefulUntil: usefulUntil)
        }

        /// What the journal says of it: whom it was for, never what it says.
        func details(_ reason: MailReason) -> [String: String] {
            ["reason": reason.rawValue].merging(personId.map { ["person": $0] } ?? [:]) { own, _ in own }
        }
    }

    /// The next mail to try, taken until a moment: nobody else tries it before. A moment further away than any of ours was
    /// written by a clock that was wrong, and is over.
    static func take(as taker: String, for lease: Duration, at now: Instant, _ writer: any Writer) throws -> Taken? {
        let (far, farLease) = (now + MailSchedule.horizon, now + lease + .minutes(10))
        let taken = try writer.first(
            Taken.self,
            """
            SELECT mail.id, mail.created_at, person_id, address, person.name, subject, body, attempts, again_at, useful_until FROM mail
            LEFT JOIN person ON person.id = mail.person_id
            WHERE state = 'waiting' AND (next_at <= \(now) OR next_at > \(far))
                AND (leased_until IS NULL OR leased_until <= \(now) OR leased_until > \(farLease))
            ORDER BY next_at, mail.id LIMIT 1
            """)
        guard let taken else { return nil }
        try writer.run("UPDATE mail SET leased_until = \(now + lease), leased_by = \(taker) WHERE id = \(taken.id)")
        return taken
    }

    /// Writes what became of a mail. That it was sent is true whoever holds it now, unless its return came first; anything
    /// else counts only for who holds it.
    static func settle(_ id: String, _ fate: MailSchedule.Fate, as taker: String, at now: Instant, _ writer: any Writer) throws {
        let release: SQL = "leased_until = NULL, leased_by = NULL"
        let tried: SQL = "attempts = attempts + 1, tried_at = \(now)"
        let held: SQL = "WHERE id = \(id) AND leased_by = \(taker) AND state = 'waiting'"
        switch fate {
        case .sent(let answer):
            try writer.run(
                """
                UPDATE mail SET state = 'sent', sent_at = \(now), reason = NULL, answer = \(answer), \(tried), \(release)
                WHERE id = \(id) AND state IN ('waiting', 'abandoned')
                """)
        case .again(let next, let reason, let answer):
            try writer.run("UPDATE mail SET next_at = \(next), reason = \(reason), answer = \(answer), \(tried), \(release) \(held)")
        case .failed(let reason, let answer):
            try writer.run("UPDATE mail SET state = 'failed', reason = \(reason), answer = \(answer), \(tried), \(release) \(held)")
        case .over(let reason, let answer):
            try writer.run("UPDATE mail SET state = 'abandoned', reason = \(reason), answer = \(answer), \(release) \(held)")
        case .asItWas:
            try writer.run("UPDATE mail SET \(release) \(held)")
        }
    }

    /// The server answers again: what waited for it leaves now.
    static func hasten(at now: Instant, _ writer: any Writer) throws {
        try writer.run(
            """
            UPDATE mail SET next_at = \(now)
            WHERE state = 'waiting' AND next_at > \(now) AND reason IN \(list: MailReason.ofServer.map(\.rawValue))
            """)
    }

    /// How many mails wait.
    static func waiting(_ reader: any Reader) throws -> Int { try reader.count("SELECT COUNT(*) FROM mail WHERE state = 'waiting'") }

    static func failed(_ reader: any Reader) throws -> Int { try reader.count("SELECT COUNT(*) FROM mail WHERE state = 'failed'") }
}

extension MailReason: SQLConvertible {}
