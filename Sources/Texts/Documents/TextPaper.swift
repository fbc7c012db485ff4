import Database
import Formats
import Platform

/// A text as it leaves for a word processor: what this reader may read of it, no more.
package enum TextPaper {
    /// The way of a text to a document: what this person sees of its quotations, and where they are.
    static func passage(_ textId: String, _ sections: [Section], _ reader: any Reader, _ request: Request) throws -> ProsePassage {
        let site = request.site.configuration
        let shown = try CitationWords.shown(sections.flatMap(\.citations), reader, request)
        let quotations = shown.map { id, shown in
            (
                "citation:\(id)",
                Prose.Quotation(
                    id: id, words: [shown.words], attribution: shown.attribution.isEmpty ? [] : [.text("— \(shown.attribution)")],
                    address: site.link("/textes/\(textId)#citation-\(id)"))
            )
        }
        let images = try TextFiles.images(sections, of: textId, reader)
        let hidden = try images.filter { try TextFiles.isHidden($0, reader, request) }.map(\.address)
        return ProsePassage(
            site: site.link(""), quotations: Dictionary(quotations) { first, _ in first },
            images: Set(images.map(\.address)).subtracting(hidden),
            hidden: Dictionary(hidden.map { ($0, request.words("texts.file.hidden")) }) { first, _ in first })
    }

    /// The images that go inside a document, by the address that it gives them.
    package static func inside(_ images: [Attachment], _ passage: ProsePassage, _ site: Site) -> [String: OfficeImage] {
        images.reduce(into: [:]) { inside, file in
            guard passage.images.contains(file.address), let bytes = site.files.content(file.hash) else { return }
            inside[passage.absolute(file.address)] = OfficeImage(
                address: file.address, bytes: bytes, ending: file.kind == .png ? "png" : "jpg", width: file.width ?? 0, height: file.height ?? 0)
        }
    }

    static func make(_ revision: Revision, of text: Text, by author: String?, _ reader: any Reader, _ request: Request) throws -> OfficePaper {
        let passage = try passage(text.id, revision.sections, reader, request)
        let sections = revision.sections.flatMap { section in
            [Prose.Block.heading(1, [.text(section.title)])] + passage.outgoing(ProseReader.blocks(section.body))
        }
        return OfficePaper(
            title: revision.title, authors: [author].compactMap { $0 }, language: text.language.rawValue,
            blocks: [.line(.title, [.text(revision.title)])] + sections, origin: revision.id,
            images: try inside(TextFiles.images(revision.sections, of: text.id, reader), passage, request.site))
    }

    /// The ways to take a text along.
    static func links(_ open: OpenText, _ words: Words) -> Markup {
        let links = OfficeFile.Kind.allCases.map { kind -> Markup in
            "<a class=\"button quiet\" data-icon=\"download\" href=\"\(open.base)/document.\(kind.rawValue)\">\(words("texts.take.\(kind.rawValue)"))</a>"
        }
        return "<p class=\"acts no-print\">\(links.joined(separator: " "))</p>"
    }

    /// The revision that the page shows: that of the request, for who is asked to answer behind a link; the latest otherwise.
    private static func shown(_ open: OpenText, _ reader: any Reader, _ request: Request) throws -> Revision {
        guard request.link?.purpose == OpenText.Purpose.validation.rawValue,
            let asked = try Validation.summary(open.text.id, reader)?.request.revisionId
        else { return open.head }
        return try TextQueries.revision(asked, of: open.text.id, reader)
    }

    static func download(_ kind: OfficeFile.Kind) -> OpenText.Handler {
        { request, open in
            let (paper, number) = try await request.site.database.read { reader in
                let revision = try shown(open, reader, request)
                return (try make(revision, of: open.text, by: Authors.names([revision], reader).values.first, reader, request), revision.number)
            }
            let now = request.now
            let bytes = try await Blocking.run { Result { try paper.file(kind, at: now) } }.get()
            let name = "\(French.slug(paper.title))-\(number).\(kind.rawValue)"
            return .download(bytes, type: kind.type, name: name)
        }
    }
}
