import Formats
import Platform

/// A long writing: presentation sheet, synthesis, impression note, public version.
public struct Text: Sendable, Codable, Equatable {
    public var id: String
    public var programmeId: String
    public var kind: TextKind
    public var subjectId: String
    public var drawnFromId: String?
    public var language: Language
    public var authorId: String?
    public var headId: String?
    public var createdAt: Instant
}

/// One state of a text, that never changes.
public struct Revision: Sendable, Equatable {
    public var id: String
    public var textId: String
    public var number: Int
    public var parentId: String?
    public var title: String
    public var authorId: String?
    public var createdAt: Instant
    public var summary: String
    public var isFormOnly: Bool
    public var hash: String
    public var sections: [Section]

    /// What a form that acts on the latest revision was shown for.
    package var base: FormBase { FormBase(shown: id) }

    public func section(_ key: String) -> Section? { sections.first { $0.key == key } }

    /// The identifiers quoted, by section, in order: `[[citation:ID]]`.
    public var citations: [String: [String]] {
        Dictionary(uniqueKeysWithValues: sections.map { ($0.key, $0.citations) })
    }
}

/// A part of a text under its own title.
public struct Section: Sendable, Equatable {
    public var key: String
    public var title: String
    /// Markdown, NFC, LF.
    public var body: String

    public init(key: String, title: String, body: String) {
        self.key = key
        self.title = title
        self.body = body
    }

    /// 200,000 code points: a whole book is not typed in one section.
    public static let limit = 200_000

    var citations: [String] {
        Markdown.directives(in: body, named: "citation")
    }
}
