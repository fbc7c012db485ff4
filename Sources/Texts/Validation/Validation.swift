import Database
import Formats
import Platform

/// Where the validation of a text stands: who was asked, on which revision, who answered what.
public struct Validation: Sendable, Equatable {
    public enum Side: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case host, visitor
        /// Of the programme, asked about its grid.
        case member
    }

    public struct Request: Sendable, Codable, Equatable {
        public var id: String
        public var textId: String
        public var revisionId: String
        public var revisionHash: String
        public var revisionNumber: Int
        public var deadline: Day
        public var askedBy: String?
        public var askedAt: Instant
        public var closedAt: Instant?
        /// Set with `closedAt` when the request was a mistake.
        public var cancelledAt: Instant?
        /// When the steering group was asked to decide.
        public var referredAt: Instant?

        /// What a form about it was shown for.
        var base: FormBase { FormBase(shown: id) }
    }

    /// Somebody asked; `answer` is nil as long as there is none: « sans réponse », never a yes.
    public struct Person: Sendable, Equatable {
        public var personId: String
        public var name: String
        public var email: String?
        public var function: String
        public var organization: String?
        public var side: Side
        /// Signs for the host, as it was known when the question was asked.
        public var isSignatory: Bool
        public var remindedAt: Instant?
        public var answer: Given?
        /// Answers that a later one replaced, newest first.
        public var earlier: [Given]
        /// On the visitors' side without visiting: the team that comes along, whose answer is printed and counts for nobody.
        public var isStaff = false
    }

    /// An answer as it was given and received.
    public struct Given: Sendable, Equatable {
        public var id: String
        public var answer: Answer
        public var answeredAt: Instant
        public var receivedBy: Answer.Channel?
        public var enteredBy: String?
        public var proof: String
        public var proofFileId: String?
        public var outcome: Outcome?
    }

    /// What became of an objection.
    public struct Outcome: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
            case changed, withdrawn, arbitrated
        }

        public var outcome: Kind
        public var revisionId: String?
        public var reason: String
        public var reply: String
        public var decidedBy: String?
        public var decidedAt: Instant
    }

    public var request: Request
    public var people: [Person]
    /// The revisions made since the one that was asked about, oldest first; `isFormOnly` as their authors declared.
    public var since: [Revision]
    /// How many of the visiting group were not asked: they count as not having endorsed.
    public var unasked = 0

    /// The one person whose answer is the host's; nil when nobody was named.
    public var signatory: Person? { people.first(where: \.isSignatory) }
    /// Those of the visiting group who were asked, the team that comes along left out; of a grid, the people of the programme.
    public var visitors: [Person] { people.filter { $0.side != .host && !$0.isStaff } }
    /// The whole visiting group, asked or not: what shares are counted on.
    public var groupSize: Int { visitors.count + unasked }
    public var silent: [Person] { people.filter { $0.answer == nil } }
    /// Whose answer is waited for as long as the request is not over.
    static func waited(_ validation: Validation?) -> [Person] { validation.map { $0.isClosed ? [] : $0.silent } ?? [] }
    public var objections: [Given] { people.compactMap(\.answer).filter { $0.answer.kind == .object } }
    /// The text has changed since, in more than its form.
    public var hasChanged: Bool { since.contains { !$0.isFormOnly } }
    public var isClosed: Bool { request.closedAt != nil }

    public func person(_ id: String?) -> Person? { people.first { $0.personId == id } }
}
