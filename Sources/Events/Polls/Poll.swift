import Database
import Formats
import Platform

/// Which dates suit whom, asked before the dates of an event are set (« sondage de dates »).
package struct Poll: Sendable, Decodable, Equatable {
    package var id: String
    package var programmeId: String
    package var eventId: String
    /// How long the event lasts, in half-days.
    package var halfDays: Int
    package var message: String
    package var answerBy: Day?
    package var askedAt: Instant
    package var chosenId: String?
    package var closedAt: Instant?
    /// Whether other dates were proposed since for the same event.
    package var isReplaced: Bool

    package var isClosed: Bool { closedAt != nil || isReplaced }

    /// What somebody says of a date.
    package enum Answer: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case yes
        /// If it must be.
        case maybe
        case no
    }

    /// A date that is proposed: the half-day on which the event would begin.
    package struct Option: Sendable, Decodable, Equatable {
        package var id: String
        package var day: Day
        package var half: HalfDay.Half

        package func halfDays(_ count: Int) -> [HalfDay] { HalfDay.row(from: day, half, count: count) }

        /// « 14 et 15 avril 2026 », « 14 avril 2026, matin ».
        package func said(_ count: Int, in words: Words) -> String {
            let all = halfDays(count)
            guard let first = all.first, let last = all.last, first != last else { return HalfDay(day, half).said(in: words) }
            let from = half == .afternoon ? words("events.poll.fromAfternoon") : ""
            return ["\(words("platform.weekday.\(day.weekday)")) \(words.days(first.day, last.day))", from].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    /// Somebody who is asked.
    package struct Voter: Sendable, Decodable, Equatable {
        package var personId: String
        package var name: String
        package var email: String?
        package var hasAccount: Bool
        package var comment: String
        package var answeredAt: Instant?
    }
}

/// A poll with its dates, whom it asks and what they said.
package struct PollBoard: Sendable {
    package let poll: Poll
    package let options: [Poll.Option]
    package let voters: [Poll.Voter]
    /// By date, then by person.
    package let answers: [String: [String: Poll.Answer]]

    package func answer(_ personId: String, _ option: Poll.Option) -> Poll.Answer? { answers[option.id]?[personId] }

    package func count(_ answer: Poll.Answer, _ option: Poll.Option) -> Int { answers[option.id]?.values.count { $0 == answer } ?? 0 }

    /// Those who said nothing yet.
    package var silent: [Poll.Voter] { voters.filter { $0.answeredAt == nil } }

    /// The date that suits most people: most who can, then those who can if they must; the earliest between equals.
    package var best: Poll.Option? {
        guard voters.contains(where: { $0.answeredAt != nil }) else { return nil }
        return options.max { left, right in
            let (one, other) = (score(left), score(right))
            return one == other ? HalfDay(left.day, left.half) > HalfDay(right.day, right.half) : one < other
        }
    }

    private func score(_ option: Poll.Option) -> Int { count(.yes, option) * 1_000 + count(.maybe, option) }

    package var chosen: Poll.Option? { options.first { $0.id == poll.chosenId } }

    func asks(_ personId: String?) -> Bool { voters.contains { $0.personId == personId } }
}

/// Polls in the database.
package enum Polls {
    /// What holds of a poll that no later one replaced.
    package static let isLast: SQL =
        """
        NOT EXISTS (SELECT 1 FROM poll AS later WHERE later.event_id = poll.event_id
            AND (later.asked_at > poll.asked_at OR (later.asked_at = poll.asked_at AND later.id > poll.id)))
        """

    private static let columns: SQL =
        """
        SELECT id, programme_id, event_id, half_days, message, answer_by, asked_at, chosen_id, closed_at, CASE WHEN \(isLast) THEN 0 ELSE 1 END AS is_replaced
        FROM poll
        """

    /// The last poll about an event.
    package static func last(about eventId: String, _ reader: any Reader) throws -> PollBoard? {
        try reader.first(Poll.self, "\(columns) WHERE event_id = \(eventId) ORDER BY asked_at DESC, id DESC LIMIT 1").map { try board($0, reader) }
    }

    /// What somebody was asked last about an event: it stays theirs to see once other people are asked.
    static func last(about eventId: String, asking personId: String?, _ reader: any Reader) throws -> PollBoard? {
        try reader.first(
            Poll.self,
            """
            \(columns) WHERE event_id = \(eventId) AND EXISTS (SELECT 1 FROM poll_person WHERE poll_id = poll.id AND person_id = \(personId))
            ORDER BY asked_at DESC, id DESC LIMIT 1
            """
        ).map { try board($0, reader) }
    }

    /// Closes what is asked about an event whose dates were set without it.
    static func close(about eventId: String, in change: Change) throws {
        try change.run(
            "UPDATE poll SET closed_at = \(change.now), closed_by = \(change.actor.personId) WHERE event_id = \(eventId) AND closed_at IS NULL")
    }

    package static func board(id: String, _ reader: any Reader) throws -> PollBoard {
        guard let poll = try reader.first(Poll.self, "\(columns) WHERE id = \(id)") else { throw NotFound() }
        return try board(poll, reader)
    }

    private struct Said: Decodable {
        var optionId: String
        var personId: String
        var answer: Poll.Answer
    }

    private static func board(_ poll: Poll, _ reader: any Reader) throws -> PollBoard {
        let said = try reader.all(
            Said.self,
            """
            SELECT option_id, person_id, answer FROM poll_answer JOIN poll_option ON poll_option.id = option_id WHERE poll_id = \(poll.id)
            """)
        let answers = Dictionary(grouping: said, by: \.optionId).mapValues { all in
            Dictionary(all.map { ($0.personId, $0.answer) }) { first, _ in first }
        }
        return PollBoard(
            poll: poll, options: try reader.all(Poll.Option.self, "SELECT id, day, half FROM poll_option WHERE poll_id = \(poll.id) ORDER BY day, half"),
            voters: try reader.all(
                Poll.Voter.self,
                """
                SELECT person.id AS person_id, person.name, person.email,
                    CASE WHEN account.person_id IS NULL OR account.closed_at IS NOT NULL THEN 0 ELSE 1 END AS has_account, comment, answered_at
                FROM poll_person JOIN person ON person.id = poll_person.person_id LEFT JOIN account ON account.person_id = person.id
                WHERE poll_id = \(poll.id) ORDER BY person.sort_key, person.id
                """), answers: answers)
    }

    /// What somebody says of each date; said again, it replaces.
    static func answer(_ board: PollBoard, _ personId: String, _ answers: [String: Poll.Answer], comment: String, in change: Change) throws {
        guard !board.poll.isReplaced else { throw Refused("events.refusal.pollReplaced") }
        guard !board.poll.isClosed else { throw Refused("events.refusal.pollClosed") }
        for option in board.options {
            guard let answer = answers[option.id] else { continue }
            try change.run(
                """
                INSERT INTO poll_answer (option_id, person_id, answer) VALUES (\(option.id), \(personId), \(answer))
                ON CONFLICT (option_id, person_id) DO UPDATE SET answer = excluded.answer
                """)
        }
        try change.run(
            "UPDATE poll_person SET comment = \(comment), answered_at = \(change.now) WHERE poll_id = \(board.poll.id) AND person_id = \(personId)")
    }
}
