import Database
import Events
import Formats
import Grids
import Platform
import Visits

/// The notebook of a visit read as a document: by time, encounter, dimension or author; to print, to take along.
enum ReadingPage {
    static let size = 50
    /// The most that is shown on one page, to print.
    static let most = 2_000

    /// What of a notebook is read, and how.
    struct Asked: Sendable {
        let order: ReadingOrder
        let filter: NoteFilter
        /// One's own notes that are not shared, too.
        let hasOwn: Bool
        let isWhole: Bool

        init(_ query: Fields) {
            order = ReadingOrder(query)
            filter = NoteFilter(query)
            hasOwn = query["miennes"] == "1"
            isWhole = query["tout"] == "1"
        }
    }

    static func show(_ request: Request) async throws -> Response {
        let asked = Asked(request.query)
        let (open, notes) = try await load(request, asked)
        let words = request.words
        let parts = asked.order.parts(of: notes, open, words)
        let ordered = parts.flatMap { part in part.notes.map { (part, $0) } }
        let page = Paged(ordered.map { $0.1 }, by: asked.isWhole ? most : size, request)
        let ids = Set(page.items.map(\.id)).sorted()
        let (blocks, photos) = try await request.site.database.read { reader in
            (try NoteQueries.blocks(ids, reader, request), try AttachmentQueries.of(ids, reader))
        }
        let shown = Dictionary(grouping: blocks, by: \.id)
        var body = Markup.empty
        var title: String?
        var seen: Set<String> = []
        for (part, note) in ordered.dropFirst((page.page - 1) * (asked.isWhole ? most : size)).prefix(page.items.count) {
            if part.title != title { body += "<h2>\(part.title)</h2>" }
            title = part.title
            guard let versions = shown[note.id], let first = versions.first else { continue }
            body += """
                <div class="block" data-manner="\(first.manner.rawValue)"\(Markup.attribute("id", value: seen.insert(note.id).inserted ? "note-\(note.id)" : nil))>\(NoteWords.shown(versions, photos[note.id] ?? [], in: open.visit.programmeLanguage, words))<p class="meta">\(NoteWords.provenance(first, note, without: asked.order, under: part.shelf, open, words))</p></div>
                """
        }
        let article: Markup =
            notes.isEmpty
            ? "<div class=\"empty\"><h2>\(words("notes.reading.empty.title"))</h2><p>\(words("notes.reading.empty.text"))</p></div>"
            : "<article class=\"notes-read\">\(body)</article>"
        let content: Markup = """
            <h1>\(words("notes.reading.title", ["visit": open.visit.name]))</h1>
            <p class="audience" data-audience="group">\(words(asked.hasOwn ? "notes.reading.withOwn" : "notes.audience.group"))</p>
            <p class="byline">\(words("notes.reading.count", ["n": notes.count]))</p>\(NotebookReadingForm(request: request, open: open).form)
            \(article)
            \(request.pages(of: page))\(whole(page.pages, request))\(DimensionMeter(notes, open).section(words))
            """
        return .page(open.visit.page(words("notes.reading.crumb"), request, shape: .reading, content))
    }

    static func load(_ request: Request, _ asked: Asked) async throws -> (OpenNotebook, [SharedNote]) {
        try await request.site.database.read { reader in
            let open = try OpenNotebook.at(request, reader)
            return (open, try SharedNote.all(open.visit.id, matching: asked.filter, withOwn: asked.hasOwn, reader, request))
        }
    }

    /// The way to all of it on one page.
    private static func whole(_ pages: Int, _ request: Request) -> Markup {
        guard pages > 1 else { return .empty }
        let query = URLForm.encode(request.query.without("page").pairs + [("tout", "1")])
        return "<p class=\"no-print\"><a href=\"?\(query)\">\(request.words("notes.reading.whole"))</a></p>"
    }
}

/// What is above the document: how to read it, what of it, how to take it along.
struct NotebookReadingForm {
    let request: Request
    let open: OpenNotebook
    private var words: Words { request.words }

    var form: Markup {
        let form = FormView(request, values: request.query)
        let orders = ReadingOrder.allCases.map { (value: $0.rawValue, label: words("notes.reading.order.\($0.rawValue)")) }
        let all = [(value: "", label: words("notes.filter.all"))]
        return """
            <form class="filters no-print" method="get" action="\(open.path)/lecture">\(form.select("ordre", words("notes.filter.view"), options: orders))\(form.select("rencontre", words("notes.column.encounter"), options: all + open.encounters.map { ($0.id, $0.title) }))\(form.select("axe", words("notes.field.dimension"), options: all + open.dimensions.map { ($0.id, $0.name) }))\(subgroups(form, all))\(form.check("miennes", words("notes.reading.own")))<button class="button quiet">\(words("notes.filter.button"))</button></form>
            \(take)
            """
    }

    private func subgroups(_ form: FormView, _ all: [(value: String, label: String)]) -> Markup {
        open.subgroups.isEmpty
            ? .empty : form.select("sous-groupe", words("notes.column.subgroup"), options: all + open.subgroups.map { ($0.id, $0.name) })
    }

    private var take: Markup {
        let query = request.query.without("page", "tout", "fait", "langue", "format").pairs.filter { !$0.1.isEmpty }
        let end = query.isEmpty ? "" : "?\(URLForm.encode(query))"
        let links = NotebookPaper.Kind.allCases.map { kind -> Markup in
            "<a data-icon=\"download\" href=\"\(open.path)/lecture/document.\(kind.rawValue)\(end)\">\(words("notes.reading.take.\(kind.rawValue)"))</a> "
        }
        return """
            <p class="acts no-print">\(links)<button type="button" class="link" data-print data-icon="print">\(words("notes.print"))</button></p>\(request.exports("\(open.path)/lecture/export"))
            """
    }
}
