import Database
import Formats
import Notes
import Platform

/// The atom of evidence: a stretch of one version of a note (or of one revision of an impression), with its exact words.
public struct Excerpt: Sendable, Codable, Equatable {
    public enum Source: String, Sendable, Codable, SQLConvertible {
        case block, revision
    }

    /// How the person quoted is shown to readers.
    public enum Attribution: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case name, function, pseudonym, none
    }

    public var id: String
    public var programmeId: String
    public var visitId: String
    public var source: Source
    public var sourceId: String
    public var sourceVersion: Int
    public var sectionKey: String
    /// Unicode code points of the stored text, 0-based, end excluded.
    public var startPoint: Int
    public var endPoint: Int
    public var words: String
    public var wordsBefore: String
    public var wordsAfter: String
    public var manner: Manner
    public var speaker: String?
    public var dimensionId: String?
    public var encounterId: String?
    public var salt: String
    public var commitment: String
    public var attribution: Attribution
    public var shownAs: String
    public var createdBy: String?
    public var createdAt: Instant
    public var withdrawnAt: Instant?
    /// When its words were erased.
    public var erasedAt: Instant?
    /// The kind of meeting is not said to readers: it would point at the person.
    public var hidesEncounter: Bool = false
    /// Where an open publication shows the words; empty when none does.
    public var publicPath: String = ""

    /// Only what was noted word for word is speech, and gets quotation marks.
    public var isSpeech: Bool { manner == .verbatim }

    /// What the hash of a text holds in place of the words.
    public static func commitment(salt: String, words: String) -> String { Secrets.sha256("\(salt)\n\(words)") }

    /// What a consent is given on: the words and who they will be said to come from.
    /// What a yes or a no is about: an answer to something else is refused.
    var base: FormBase { FormBase(shown: shownHash) }
    public var shownHash: String { Secrets.sha256("\(words)\n\(attribution.rawValue)\n\(shownAs)") }
}
