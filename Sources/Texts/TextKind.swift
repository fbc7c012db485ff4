import Database
import Platform

/// The kinds of long writing this thread knows, with their sections and who writes them.
public enum TextKind: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// Presentation sheet of the host: its ecosystem, its flagship initiative.
    case sheet
    /// Synthesis of a visit: the four lenses of the dossier (§3.2.1).
    case synthesis
    /// What was said and decided during a visit or a seminar (compte rendu).
    case minutes
    /// Impression note of one visitor, free.
    case impression
    /// What is drawn from a synthesis for the public.
    case publicVersion = "public_version"
    /// A frozen version of the question grid of a programme: read, compared and validated like the others, written by its grid alone.
    case grid

    /// The keys of its sections, in order; their titles are in the locale files (`texts.section.<key>`).
    public var sections: [String] {
        switch self {
        case .sheet: ["ecosystem", "flagship"]
        case .synthesis, .publicVersion: ["support_structure", "initiative", "transition_impact", "method_specifics"]
        case .minutes: ["proceedings", "decisions", "follow_up"]
        case .impression: ["impression"]
        // Its dimensions.
        case .grid: []
        }
    }

    /// The right it takes to write it; nil when only its author may.
    public var right: Action? {
        switch self {
        case .sheet: .writeSheet
        case .synthesis, .publicVersion, .minutes: .writeSynthesis
        case .impression, .grid: nil
        }
    }

    /// The right it takes to answer about it, being asked besides: those who came to a seminar are in no circle of its own.
    var answering: Action { self == .minutes ? .see : .answerValidation }

    /// The key of a sentence, with its own words where the kind has some (`texts.ask.lede.grid`).
    func key(_ base: String, _ words: Words) -> String {
        let own = "\(base).\(rawValue)"
        return words.has(own) || words.has("\(own).subject") ? own : base
    }

    /// The name of what was done about a request, with its own for minutes, which are read over, not validated.
    func act(_ validation: String, minutes: String) -> String { self == .minutes ? minutes : validation }

    /// Whether named people are asked what they find of a revision: to validate it; of minutes, to approve them.
    public var isValidated: Bool { isPublishable || self == .grid || self == .minutes }

    /// Whether it may go to the commons, and quotes the notes of its visit.
    public var isPublishable: Bool { self == .synthesis || self == .publicVersion }
}
