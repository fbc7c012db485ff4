import Formats
import Grids
import Platform

/// The questions really taken up in a visit: what can be compared with the others, and why the rest cannot.
struct Coverage: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        /// Answered.
        case addressed
        /// No answer, and somebody said why; or the grid of the visit passes over it.
        case explained
        /// No answer, no reason yet.
        case blank
    }

    struct Line: Sendable, Equatable {
        var choice: AnswerQueries.Choice
        var answers: Int
        var encounters: Int
        var reason: String?
        var state: State

        /// Whether other visits were asked the same: a question of the common grid, answered. Asked in other words, it is said.
        var isComparable: Bool { choice.origin != .added && state == .addressed }
    }

    let lines: [Line]

    init(_ choices: [AnswerQueries.Choice], counts: [String: AnswerQueries.Count], reasons: [String: String]) {
        lines = choices.map { choice in
            let count = counts[choice.id] ?? AnswerQueries.Count(answers: 0, encounters: 0)
            let reason = reasons[choice.id] ?? choice.skipped
            let state: State = count.answers > 0 ? .addressed : reason == nil ? .blank : .explained
            return Line(choice: choice, answers: count.answers, encounters: count.encounters, reason: reason, state: state)
        }
    }

    func count(_ state: State) -> Int { lines.count { $0.state == state } }

    /// Common questions answered, as the core says them and in other words; those that this visit alone asks.
    var comparable: (asIs: Int, reworded: Int, own: Int) {
        let answered = lines.filter { $0.state == .addressed }
        return (
            answered.count { $0.choice.origin == .core }, answered.count { $0.choice.origin == .reworded }, answered.count { $0.choice.origin == .added }
        )
    }
}
