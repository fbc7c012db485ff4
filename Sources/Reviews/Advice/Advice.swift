import Database
import Formats
import Platform

/// What the visitors advise the host: an object that the host answers, and that is followed up six months later.
struct Advice: Sendable, Equatable {
    /// What the host says of it, always in its own words unless it simply keeps it.
    enum Answer: String, Sendable, CaseIterable, Codable, SQLConvertible {
        /// « Piste retenue ».
        case kept
        /// A reply that neither keeps nor declines.
        case answered
        /// « Piste écartée ».
        case declined
    }

    /// What became of it.
    enum Outcome: String, Sendable, CaseIterable, Codable, SQLConvertible {
        case done
        case underWay = "under_way"
        case givenUp = "given_up"
    }

    /// How an answer came to the person who entered it.
    enum Channel: String, Sendable, CaseIterable, Codable, SQLConvertible {
        case mail, phone, paper
    }

    /// An answer, the latest or one before.
    struct Given: Sendable, Equatable, Decodable {
        var adviceId: String
        var answer: Answer
        var words: String
        var name: String
        var at: Instant
        var channel: Channel?
        var enteredBy: String?
        var replacedAt: Instant?
    }

    /// What somebody said became of it.
    struct FollowUp: Sendable, Equatable, Decodable {
        var adviceId: String
        var outcome: Outcome
        var words: String
        var name: String
        var at: Instant
        var replacedAt: Instant?
    }

    /// As it is written.
    struct Row: Sendable, Equatable, Decodable {
        var id: String
        var reviewId: String
        var text: String
        var author: String
        var due: Day
    }

    var row: Row
    /// Oldest first.
    var answers: [Given] = []
    var followUps: [FollowUp] = []

    var id: String { row.id }
    var text: String { row.text }
    var answer: Given? { answers.last { $0.replacedAt == nil } }
    var followUp: FollowUp? { followUps.last { $0.replacedAt == nil } }

    /// Where it stands, in one word.
    enum State: String, Sendable, CaseIterable {
        case waiting, kept, answered, declined, done, underWay = "under_way", givenUp = "given_up"
    }

    var state: State {
        if let followUp { return State(rawValue: followUp.outcome.rawValue)! }
        return answer.map { State(rawValue: $0.answer.rawValue)! } ?? .waiting
    }

    /// Whether people are to be asked what became of it: six months after, unless it was declined or is settled.
    func isToFollow(on today: Day) -> Bool {
        today >= row.due && answer?.answer != .declined && (followUp == nil || followUp?.outcome == .underWay)
    }

    /// The same day six months later, or the last of that month.
    static func followUpDay(after day: Day) -> Day {
        let months = day.month + 5
        let (year, month) = (day.year + months / 12, months % 12 + 1)
        return (0...3).lazy.compactMap { Day(year: year, month: month, day: day.day - $0) }.first ?? day.adding(days: 182)
    }
}

/// What was typed about several advice at once, on one page.
struct AdviceForm: Sendable {
    /// The new answers, by advice; what was not answered, or is as it was, is left alone.
    static func answers(_ form: Fields, _ advice: [Advice]) throws -> [(advice: Advice, answer: Advice.Answer, words: String)] {
        var refusals: [any Refusal] = []
        let read = advice.compactMap { one -> (advice: Advice, answer: Advice.Answer, words: String)? in
            let words = form.text("words-\(one.id)")
            guard let answer = form["answer-\(one.id)"].flatMap(Advice.Answer.init) else {
                if !Markdown.isBlank(words) { refusals.append(Refused("reviews.refusal.whichAnswer", field: "answer-\(one.id)")) }
                return nil
            }
            if answer != .kept, Markdown.isBlank(words) { refusals.append(Refused("reviews.refusal.noWords", field: "words-\(one.id)")) }
            check(words, "words-\(one.id)", &refusals)
            return one.answer?.answer == answer && one.answer?.words == words ? nil : (one, answer, words)
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        guard !read.isEmpty else { throw Refused("reviews.refusal.nothingAnswered") }
        return read
    }

    /// What became of them, the same way.
    static func outcomes(_ form: Fields, _ advice: [Advice]) throws -> [(advice: Advice, outcome: Advice.Outcome, words: String)] {
        var refusals: [any Refusal] = []
        let read = advice.compactMap { one -> (advice: Advice, outcome: Advice.Outcome, words: String)? in
            let words = form.text("told-\(one.id)")
            guard let outcome = form["outcome-\(one.id)"].flatMap(Advice.Outcome.init) else {
                if !Markdown.isBlank(words) { refusals.append(Refused("reviews.refusal.whichOutcome", field: "outcome-\(one.id)")) }
                return nil
            }
            check(words, "told-\(one.id)", &refusals)
            return one.followUp?.outcome == outcome && one.followUp?.words == words ? nil : (one, outcome, words)
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        guard !read.isEmpty else { throw Refused("reviews.refusal.nothingTold") }
        return read
    }

    private static func check(_ words: String, _ field: String, _ refusals: inout [any Refusal]) {
        guard words.unicodeScalars.count > Review.longest else { return }
        refusals.append(Refused("reviews.refusal.tooLong", ["n": Review.longest], field: field))
    }

    /// The fields as they are known.
    static func values(_ advice: [Advice]) -> Fields {
        Fields(
            advice.flatMap { one in
                [
                    one.answer.map { [("answer-\(one.id)", $0.answer.rawValue), ("words-\(one.id)", $0.words)] } ?? [],
                    one.followUp.map { [("outcome-\(one.id)", $0.outcome.rawValue), ("told-\(one.id)", $0.words)] } ?? [],
                ].flatMap { $0 }
            })
    }
}
