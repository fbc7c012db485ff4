/// A text on its way to a word processor: what it says, and what is said of it.
public struct OfficePaper: Sendable, Hashable {
    public var title: String
    public var authors: [String]
    /// `fr`, `en`.
    public var language: String
    public var description: String
    public var blocks: [Prose.Block]
    /// The identifier of what it was made from, to be found again when it comes back.
    public var origin: String?

    public init(title: String, authors: [String] = [], language: String, description: String = "", blocks: [Prose.Block], origin: String? = nil) {
        self.title = title
        self.authors = authors
        self.language = language
        self.description = description
        self.blocks = blocks
        self.origin = origin
    }

    /// `fr-FR`, as documents say it.
    var locale: (language: String, country: String) { (language, language == "fr" ? "FR" : "GB") }

    /// The file, of that moment.
    /// - Throws: `ZipProblem`
    public func file(_ kind: OfficeFile.Kind, at moment: Instant) throws(ZipProblem) -> [UInt8] {
        switch kind {
        case .word: try WordWriter(self).file(at: moment)
        case .openDocument: try OpenDocumentWriter(self).file(at: moment)
        }
    }
}

extension Prose.Inline {
    /// An image leaves as the words that stand for it, leading to it.
    var imageAsLink: Prose.Inline {
        guard case .image(let alternative, let address) = content else { return self }
        var run = Prose.Inline(.text(alternative.isEmpty ? address : alternative), marks)
        if !address.isEmpty { run.marks.link = address }
        return run
    }
}
