import Database
import Formats
import Platform

/// The reads and writes of advice.
enum AdviceQueries {
    /// The advice of a review, in the order they were given.
    static func of(_ reviewId: String, _ reader: any Reader) throws -> [Advice] { try all("advice.review_id = \(reviewId)", reader) }

    /// Those of several reviews.
    static func of(_ reviewIds: [String], _ reader: any Reader) throws -> [Advice] { try all("advice.review_id IN \(list: reviewIds)", reader) }

    private static func all(_ condition: SQL, _ reader: any Reader) throws -> [Advice] {
        let rows = try reader.all(
            Advice.Row.self,
            """
            SELECT advice.id, advice.review_id, review_line.text, person.name AS author, due FROM advice
            JOIN review_line ON review_line.id = advice.line_id JOIN person ON person.id = review_line.author_id
            WHERE \(condition) ORDER BY advice.review_id, review_line.position, review_line.written_at, advice.id
            """)
        let ids = rows.map(\.id)
        let answers = Dictionary(
            grouping: try reader.all(
                Advice.Given.self,
                """
                SELECT advice_id, answer, words, person.name, answered_at AS at, channel, clerk.name AS entered_by, replaced_at
                FROM advice_answer JOIN person ON person.id = answered_by LEFT JOIN person AS clerk ON clerk.id = entered_by
                WHERE advice_id IN \(list: ids) ORDER BY answered_at, advice_answer.id
                """), by: \.adviceId)
        let followUps = Dictionary(
            grouping: try reader.all(
                Advice.FollowUp.self,
                """
                SELECT advice_id, outcome, words, person.name, told_at AS at, replaced_at FROM advice_follow_up
                JOIN person ON person.id = told_by WHERE advice_id IN \(list: ids) ORDER BY told_at, advice_follow_up.id
                """), by: \.adviceId)
        return rows.map { Advice(row: $0, answers: answers[$0.id] ?? [], followUps: followUps[$0.id] ?? []) }
    }

    /// A line of a closed review becomes an advice.
    static func make(of line: ReviewLine, in reviewId: String, due: Day, _ change: Change) throws {
        try change.run(
            "INSERT INTO advice (id, review_id, line_id, due) VALUES (\(change.newId()), \(reviewId), \(line.id), \(due))")
    }

    /// How an answer came to whoever entered it.
    struct Receipt: Sendable {
        var channel: Advice.Channel
        var enteredBy: String?
    }

    /// Writes an answer; the one before stays, replaced.
    static func answer(
        _ adviceId: String, _ answer: Advice.Answer, _ words: String, of personId: String, receipt: Receipt? = nil, in change: Change
    ) throws {
        try change.run("UPDATE advice_answer SET replaced_at = \(change.now) WHERE advice_id = \(adviceId) AND replaced_at IS NULL")
        try change.run(
            """
            INSERT INTO advice_answer (id, advice_id, answer, words, answered_by, answered_at, channel, entered_by)
            VALUES (\(change.newId()), \(adviceId), \(answer), \(words), \(personId), \(change.now), \(receipt?.channel), \(receipt?.enteredBy))
            """)
    }

    /// Writes what became of it. What is under way is asked again six months later.
    static func follow(_ adviceId: String, _ outcome: Advice.Outcome, _ words: String, by personId: String, in change: Change) throws {
        try change.run("UPDATE advice_follow_up SET replaced_at = \(change.now) WHERE advice_id = \(adviceId) AND replaced_at IS NULL")
        try change.run(
            """
            INSERT INTO advice_follow_up (id, advice_id, outcome, words, told_by, told_at)
            VALUES (\(change.newId()), \(adviceId), \(outcome), \(words), \(personId), \(change.now))
            """)
        guard outcome == .underWay else { return }
        let due = Advice.followUpDay(after: change.today)
        try change.run("UPDATE advice SET due = \(due), asked_at = NULL WHERE id = \(adviceId)")
    }

    /// Advice to follow on a day that nobody was asked about yet, by review.
    static func toAsk(on today: Day, _ reader: any Reader) throws -> [String: [Advice]] {
        let reviews = try reader.texts("SELECT DISTINCT review_id FROM advice WHERE due <= \(today) AND asked_at IS NULL")
        let asked = Set(try reader.texts("SELECT id FROM advice WHERE asked_at IS NOT NULL AND review_id IN \(list: reviews)"))
        let due = try of(reviews, reader).filter { $0.isToFollow(on: today) && !asked.contains($0.id) }
        return Dictionary(grouping: due, by: \.row.reviewId)
    }
}
