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
    /// The images that go inside, by the address that the blocks give them.
    public var images: [String: OfficeImage]

    public init(
        title: String, authors: [String] = [], language: String, description: String = "", blocks: [Prose.Block], origin: String? = nil,
        images: [String: OfficeImage] = [:]
    ) {
        self.title = title
        self.authors = authors
        self.language = language
        self.description = description
        self.blocks = blocks
        self.origin = origin
        self.images = images
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

extension OfficePaper {
    /// An image that does not go inside leaves as the words that stand for it, leading to it.
    func written(_ run: Prose.Inline) -> Prose.Inline {
        guard case .image(let image) = run.content, images[image.address] == nil else { return run }
        var run = Prose.Inline(.text(image.alternative.isEmpty ? image.address : image.alternative), run.marks)
        if !image.address.isEmpty { run.marks.link = image.address }
        return run
    }

    /// What is said under an image that stands alone.
    func caption(_ runs: [Prose.Inline]) -> [Prose.Inline]? {
        guard let image = runs.figure, images[image.address] != nil, !image.legend.isEmpty else { return nil }
        return [.text(image.legend)]
    }
}
