import Formats

/// One stage of a visit in « Où en est-on ? », with what is missing and whose move it is.
public struct StageMark: Sendable, Equatable {
    public enum State: String, Sendable {
        case done, now, late, todo, skipped
    }

    /// Where it stands among the others.
    public let place: Place
    public let label: String
    public let state: State
    /// A few words: « 4 notes sur 5 », « à écrire par ARDES ».
    public let detail: String
    public let path: String?
    /// A sentence when something is missing: « Il manque la réponse de 2 personnes. »
    public let missing: String?
    /// Whose move it is, when named people are waited for.
    public var waitsFor: [String] = []
    /// The same for readers who are not told names: « les personnes dont l’avis est demandé »; nil for what is usual at its stage.
    public var turn: String?
    /// By when they were asked for it, when they were given a date.
    public var due: Day?
    /// The same as something to do, for whoever's move it is: « Composer le groupe de visite de « Caen » »; nil where « À faire » has it otherwise.
    public var todo: String?

    /// The nine stages of a visit (dossier §3.2.1), in their order.
    public enum Stage: String, Sendable, CaseIterable, Comparable {
        case sheet, grid, delegation, attendance, minutes, notes, review, synthesis, validation

        public static func < (left: Stage, right: Stage) -> Bool { allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)! }
    }

    /// What a mark tells of: the dates come first, then the nine stages in their order (the meetings after the group), then what reached the commons.
    public enum Place: Sendable, Hashable, Comparable {
        case dates
        case stage(Stage)
        /// Whom one meets, once the group is known: no stage of the nine.
        case meetings
        case publication

        private var rank: Int {
            switch self {
            case .dates: 0
            case .stage(let stage): Self.rank(stage)
            case .meetings: Self.rank(.delegation) + 1
            case .publication: Self.rank(nil)
            }
        }

        /// Stages are two apart: something may come between.
        private static func rank(_ stage: Stage?) -> Int { 2 * (1 + (stage.flatMap { Stage.allCases.firstIndex(of: $0) } ?? Stage.allCases.count)) }

        public static func < (left: Place, right: Place) -> Bool { left.rank < right.rank }
    }

    /// Which of the nine stages of a visit it tells of; nil when of none (dates, meetings, publication).
    public var stage: Stage? { if case .stage(let stage) = place { stage } else { nil } }

    /// The same mark with the people whose move it is, who they are in a word, and the date that they were given.
    public func waiting(for people: [String], until due: Day? = nil, turn: String? = nil) -> StageMark {
        var mark = self
        (mark.waitsFor, mark.due, mark.turn) = (people, due, turn)
        return mark
    }

    /// The same mark with what it asks of whoever's move it is, in their list.
    public func asking(_ todo: String?) -> StageMark {
        var mark = self
        mark.todo = todo
        return mark
    }

    public init(_ place: Place, label: String, state: State, detail: String, path: String? = nil, missing: String? = nil) {
        self.place = place
        self.label = label
        self.state = state
        self.detail = detail
        self.path = path
        self.missing = missing
    }
}
