import Community
import Database
import Evidence
import Formats
import Platform
import Texts

/// A published text as a paper that anybody may take away: the text, where each quotation comes from, who validated it, its
/// licence. In the language of the text, whoever asks.
struct ResourcePaper {
    let site: Site
    let resource: Resource
    private let passage: ProsePassage
    private let images: [String: OfficeImage]
    private var publication: Publication { resource.publication }
    var words: Words { site.words(resource.text.language) }

    init(_ resource: Resource, _ reader: any Reader, _ site: Site) throws {
        self.site = site
        self.resource = resource
        let ids = resource.revision.citations.values.flatMap { $0 }
        let words = site.words(resource.text.language)
        let quotations: [String: Prose.Quotation] = try ExcerptQueries.excerpts(ids, reader).reduce(into: [:]) { all, excerpt in
            let address = site.configuration.link("\(resource.publication.path)/sources/\(excerpt.id)")
            all["citation:\(excerpt.id)"] = try Self.quotation(excerpt, address, words, reader, site)
        }
        // Somebody on an image who does not agree, or not yet: it is not shown, as on the page.
        let files = try TextFiles.images(resource.sections, of: resource.text.id, reader)
        let hidden = files.filter { $0.people == .pending }.map { ($0.address, words("texts.file.hidden")) }
        passage = ProsePassage(
            site: site.configuration.link(""), quotations: quotations, images: Set(files.filter { $0.people != .pending }.map(\.address)),
            hidden: Dictionary(hidden) { first, _ in first })
        images = TextPaper.inside(files, passage, site)
    }

    /// The words when anybody may read them, with a note that says where they come from; else the neutral mark.
    private static func quotation(
        _ excerpt: Excerpt, _ address: String, _ words: Words, _ reader: any Reader, _ site: Site
    ) throws -> Prose.Quotation {
        guard try Quotable.isPublic(excerpt, reader, site) else {
            let allowance = try ExcerptQueries.allowances(of: [excerpt], reader)[excerpt.id] ?? .pending
            let mark = words("evidence.quotation.\(allowance.isHidden ? "withdrawn" : "pending")")
            return Prose.Quotation(id: "", words: [mark], attribution: [], address: "")
        }
        let provenance = try Provenance.of(excerpt.id, reader)
        let note = Prose.Inline(.note([.paragraph([.text("\(words("library.source.title"))\(words("library.paper.colon")) \(provenance.said(words)) "), .link(address, to: address)])]))
        let manner = excerpt.isSpeech ? "" : " · \(words.name("evidence.manner", of: excerpt.manner))"
        return Prose.Quotation(
            id: "", words: excerpt.said(words).split(separator: "\n").map(String.init),
            attribution: [.text("— \(excerpt.shownAs(words))\(manner)"), note], address: "")
    }

    var paper: OfficePaper {
        OfficePaper(
            title: publication.title, authors: publication.authorNames, language: resource.text.language.rawValue,
            description: publication.lede, blocks: front + body + reply + VouchingPaper(words: words, resource: resource).blocks + colophon,
            images: images)
    }

    /// What the PDF is made from.
    var data: JSONValue {
        let address = site.configuration.link(publication.path)
        let shown = address.firstRange(of: "://").map { String(address[$0.upperBound...]) } ?? address
        let isLong = CleanText.wordCount(resource.revision.plain) > 1_200
        return PaperData.json(
            paper, footer: "\(shown) · \(publication.license)", keywords: [resource.territory, resource.programme.title] + resource.covered,
            contents: isLong ? words("library.resource.contents") : nil)
    }

    /// The images of the PDF, by their names.
    var files: [String: [UInt8]] { Dictionary(images.values.map { ($0.part, $0.bytes) }) { first, _ in first } }

    private var front: [Prose.Block] {
        let day = (publication.openedAt ?? publication.publishedAt).day()
        let byline = [
            words("library.resource.by", ["authors": words.list(publication.authorNames)]), resource.territory, words.date(day),
            words("library.resource.version", ["n": String(publication.version)]),
        ].joined(separator: " · ")
        var front: [Prose.Block] = [.line(.title, [.text(publication.title)])]
        if !publication.lede.isEmpty { front.append(.line(.subtitle, [.text(publication.lede)])) }
        front.append(.line(.particulars, [.text(byline)]))
        if let since = resource.reviewedSince {
            front.append(.line(.particulars, [.strong(words("library.resource.reviewed", ["day": words.date(since.day())]))]))
        }
        return front
    }

    private var body: [Prose.Block] {
        resource.sections.flatMap { section in
            [.heading(1, [.text(section.title)])] + passage.outgoing(ProseReader.blocks(section.body))
        }
    }

    private var reply: [Prose.Block] {
        guard let reply = resource.reply else { return [] }
        let passage = ProsePassage(site: site.configuration.link(""))
        var from = words("library.resource.replyFrom", ["day": reply.writtenAt.day()])
        if let channel = reply.receivedBy { from += " " + words("library.resource.replyEntered", ["channel": words.name("library.channel", of: channel)]) }
        return [.heading(1, [.text(words("library.resource.reply"))])] + passage.outgoing(ProseReader.blocks(reply.body)) + [.line(.particulars, [.text(from)])]
    }

    private var colophon: [Prose.Block] {
        let license = License(id: publication.license)
        let name = license.name(in: words)
        let address = site.configuration.link(publication.path)
        let day = words.date(publication.updatedAt.day())
        var title = Prose.Inline.text(publication.title)
        title.marks.isEmphasized = true
        let citation: [Prose.Inline] = [
            .text("\(publication.authorNames.joined(separator: ", ")), "), title,
            .text(", \(resource.programme.title), \(day), \(words("library.resource.version", ["n": String(publication.version)])), \(publication.license), "),
            .link(address, to: address),
        ]
        let facts: [(String, [Prose.Inline])] = [
            ("library.colophon.licence", [license.address(in: words).map { .link(name, to: $0) } ?? .text(name)]), ("library.colophon.address", [.link(address, to: address)]),
            ("library.paper.date", [.text(day)]),
            ("library.colophon.version", [.text(words("library.colophon.versionOf", ["n": String(publication.version), "revision": resource.revision.number]))]),
            ("library.colophon.territory", [.text(resource.territory)]), ("library.colophon.programme", [.text(resource.programme.title)]), ("library.paper.visit", [.text(resource.visitName)]),
            ("library.colophon.hash", [.text(resource.revision.hash)]),
        ]
        let lines = facts.map { key, value -> Prose.Block in
            .line(.particulars, [.strong("\(words(key))\(words("library.paper.colon")) ")] + value)
        }
        return [.heading(1, [.text(words("library.colophon.cite"))]), .paragraph(citation)] + lines
            + [.line(.particulars, [.text(words("library.colophon.copies"))])]
    }
}
