import Formats

/// A rule said no, for a reason that a person can act upon. `key` names the sentence in the locale files.
public protocol Refusal: Error, Sendable {
    var key: String { get }
    var arguments: [String: any WordArgument] { get }
    /// The field of the form that the sentence is about, when there is one.
    var field: String? { get }
}

extension Refusal {
    public var arguments: [String: any WordArgument] { [:] }
    public var field: String? { nil }
}

/// One refusal said with its key only: for the many rules that need no type of their own.
public struct Refused: Refusal {
    public let key: String
    public let arguments: [String: any WordArgument]
    public let field: String?

    public init(_ key: String, _ arguments: [String: any WordArgument] = [:], field: String? = nil) {
        self.key = key
        self.arguments = arguments
        self.field = field
    }
}

/// Several refusals at once: everything that is wrong with a form.
public struct Refusals: Error, Sendable {
    public let all: [any Refusal]

    public init(_ all: [any Refusal]) {
        self.all = all
    }
}

/// There is no such thing, or not for this person: both answer 404 alike.
public struct NotFound: Error, Sendable {
    public init() {}
}

/// The thing is visible but the act is not this person's: 403.
public struct Forbidden: Error, Sendable {
    public let action: Action

    public init(_ action: Action) {
        self.action = action
    }
}
