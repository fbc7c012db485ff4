import Formats

/// When a mail that did not leave is tried again, and when the site gives up.
enum MailSchedule {
    /// A mail is tried for so long, then it is for the administrator to say.
    static let patience = Duration.days(5)
    /// No wait of ours is longer: a later moment was written by a clock that was wrong.
    static let horizon = Duration.days(1)

    /// What is known of a mail before a try.
    struct Standing: Sendable {
        /// Written, or asked for again.
        var since: Instant
        var attempts: Int
        var usefulUntil: Instant?
    }

    /// What becomes of a mail.
    enum Fate: Sendable, Equatable {
        case sent(answer: String)
        case again(at: Instant, MailReason, answer: String)
        case failed(MailReason, answer: String)
        /// It is of no use any more: nobody has to look at it.
        case over(MailReason, answer: String)
        /// As before the try.
        case asItWas
    }

    /// What is not even tried: a mail that waited for a server longer than the site is patient, or whose link is over.
    static func refusal(_ mail: Standing, at now: Instant) -> Fate? {
        if let end = mail.usefulUntil, end <= now { return .over(.expired, answer: "") }
        return mail.attempts == 0 && mail.since + patience <= now ? .failed(.stale, answer: "") : nil
    }

    static func fate(of mail: Standing, after delivery: Delivery, at now: Instant) -> Fate {
        switch delivery {
        case .sent(let answer): return .sent(answer: answer)
        case .never(let reason, let answer): return .failed(reason, answer: answer)
        case .stopped: return .asItWas
        case .later(let reason, let answer):
            let next = now + wait(after: mail.attempts + 1, reason)
            if let end = mail.usefulUntil, end <= next { return .over(.expired, answer: answer) }
            return mail.since + patience <= next ? .failed(reason, answer: answer) : .again(at: next, reason, answer: answer)
        }
    }

    /// The server may be back at any moment: a quarter of an hour at most. A mail that is deferred has to wait longer and
    /// longer (RFC 5321 §4.5.4.1).
    static func wait(after attempts: Int, _ reason: MailReason) -> Duration {
        let minutes = reason.isOfServer ? [1, 2, 5, 10, 15] : [1, 5, 15, 60, 120, 240, 360]
        return .minutes(minutes[min(max(attempts, 1), minutes.count) - 1])
    }

    /// How long no mail at all is tried, after so many failures of the server in a row.
    static func pause(after failures: Int) -> Duration { wait(after: failures, .unreachable) - .seconds(30) }
}
