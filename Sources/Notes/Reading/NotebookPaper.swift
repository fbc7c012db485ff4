import Database
import Events
import Formats
import Grids
import Platform
import Visits

/// The notebook of a visit on its way out: as a document, as Markdown, as a table; what its reader may read, no more.
enum NotebookPaper {
    enum Kind: String, CaseIterable {
        case openDocument = "odt"
        case markdown = "md"
    }

    /// Images weigh on a phone and in a mail: those that come after stay on the site.
    private static let heaviest = 32 << 20

    static func download(_ kind: Kind) -> @Sendable (Request) async throws -> Response {
        { request in
            let asked = ReadingPage.Asked(request.query)
            let (open, notes) = try await ReadingPage.load(request, asked)
            let ids = notes.map(\.id)
            let (blocks, photos) = try await request.site.database.read { reader in
                (try NoteQueries.blocks(ids, reader, request), try AttachmentQueries.of(ids, reader))
            }
            let paper = Paper(
                asked: asked, open: open, notes: notes, versions: Dictionary(grouping: blocks, by: \.id), photos: photos, request: request)
            let name = "notes-\(open.visit.slug).\(kind.rawValue)"
            guard kind == .openDocument else {
                return .download(
                    Array((ProseWriter.markdown(paper.blocks) + "\n").utf8), type: "text/markdown; charset=utf-8", name: name)
            }
            let (site, now, language) = (request.site, request.now, request.language.rawValue)
            let bytes = try await Blocking.run {
                Result {
                    try OfficePaper(
                        title: paper.title, language: language, blocks: paper.blocks, images: paper.images(in: site)
                    ).file(.openDocument, at: now)
                }
            }.get()
            return .download(bytes, type: OfficeFile.Kind.openDocument.type, name: name)
        }
    }

    /// The same notes as a table, in the order of the document.
    static func table(_ request: Request) async throws -> Response {
        let asked = ReadingPage.Asked(request.query)
        let (open, notes) = try await ReadingPage.load(request, asked)
        let words = request.words
        let parts = asked.order.parts(of: notes, open, words)
        var seen: Set<String> = []
        let ordered = parts.flatMap(\.notes).filter { seen.insert($0.id).inserted }
        let blocks = try await request.site.database.read { try NoteQueries.blocks(ordered.map(\.id), $0, request) }
        let placed = Dictionary(ordered.map { ($0.id, $0) }) { first, _ in first }
        let columns = ["day", "half", "time", "encounter", "subgroup", "dimension", "chosen", "manner", "speaker", "author", "readers", "text"]
        let rows = blocks.map { block in
            [
                block.day?.iso ?? "", block.half.map { words("events.half.\($0)") } ?? "", block.createdAt.rfc3339, block.encounter ?? "",
                block.subgroup ?? "", NoteWords.listed(NoteWords.dimensions(of: block, placed[block.id], open).map(\.name)),
                NoteWords.listed(block.dimensions.map(\.name)),
                words("notes.manner.\(block.manner.rawValue)"), block.speaker.map { words("events.kind.\($0)") } ?? "", block.author,
                words(block.isShared ? "notes.audience.group" : "notes.audience.author"), block.text,
            ]
        }
        return try .table(header: columns.map { words("notes.column.\($0)") }, rows: rows, named: "notes-\(open.visit.slug)", request)
    }

    /// What the document says.
    struct Paper: Sendable {
        let title: String
        let blocks: [Prose.Block]
        private let files: [Attachment]

        init(
            asked: ReadingPage.Asked, open: OpenNotebook, notes: [SharedNote], versions: [String: [NoteBlock]], photos: [String: [Attachment]],
            request: Request
        ) {
            let words = request.words
            let title = words("notes.reading.title", ["visit": open.visit.name])
            var blocks: [Prose.Block] = [
                .line(.title, [.text(title)]),
                .line(.particulars, [.text(words("notes.reading.taken", ["name": request.viewer.name ?? "", "date": words.moment(request.now)]))]),
                .line(.particulars, [.text(words(asked.hasOwn ? "notes.reading.withOwn" : "notes.audience.group"))]),
            ]
            for part in asked.order.parts(of: notes, open, words) {
                blocks.append(.heading(1, [.text(part.title)]))
                for note in part.notes {
                    guard let known = versions[note.id], let first = known.first else { continue }
                    blocks += known.enumerated().flatMap { index, block -> [Prose.Block] in
                        (known.count > 1 ? [Self.aside(NoteWords.version(index, block, words))] : []) + Self.said(block, words)
                    }
                    blocks += (photos[note.id] ?? []).map { Self.picture($0, request) }
                    blocks.append(Self.aside(NoteWords.provenance(first, note, without: asked.order, under: part.shelf, open, words)))
                }
            }
            self.title = title
            self.blocks = blocks
            files = notes.flatMap { photos[$0.id] ?? [] }.filter { $0.isImage && $0.people == .none }
        }

        private static func said(_ block: NoteBlock, _ words: Words) -> [Prose.Block] {
            let lines = NoteWords.text(block, words).split(separator: "\n", omittingEmptySubsequences: true)
            let runs = lines.enumerated().flatMap { index, line -> [Prose.Inline] in
                (index > 0 ? [Prose.Inline(.lineBreak)] : []) + [.text(String(line))]
            }
            return block.manner == .verbatim ? [.quote([.paragraph(runs)])] : [.paragraph(runs)]
        }

        private static func aside(_ text: String) -> Prose.Block {
            var marks = Prose.Inline.Marks()
            marks.isEmphasized = true
            return .paragraph([Prose.Inline(.text(text), marks)])
        }

        /// People who could be recognised do not leave the site with a file.
        private static func picture(_ file: Attachment, _ request: Request) -> Prose.Block {
            guard file.isImage else { return aside("\(file.caption.isEmpty ? file.name : file.caption) (\(file.about(request.words)))") }
            guard file.people == .none else { return aside(request.words("notes.reading.photoKept")) }
            let image = Prose.Image(
                alternative: file.alternative, address: request.site.configuration.link(file.address), legend: file.legend(request.words))
            return .paragraph([Prose.Inline(.image(image))])
        }

        /// The photographs inside the document, at the width of a screen.
        func images(in site: Site) -> [String: OfficeImage] {
            var weight = 0
            return files.reduce(into: [:]) { images, file in
                guard weight < NotebookPaper.heaviest, let hash = file.smallHash, let bytes = site.files.content(hash) else { return }
                weight += bytes.count
                let width = file.smallWidth ?? file.width ?? 1
                let height = (file.height ?? 1) * width / max(1, file.width ?? width)
                images[site.configuration.link(file.address)] = OfficeImage(
                    address: file.address, bytes: bytes, ending: file.kind == .png ? "png" : "jpg", width: width, height: height)
            }
        }
    }
}
