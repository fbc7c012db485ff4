import Database
import Events
import Formats
import Platform
import Visits

/// The notebook of a visit: what one writes, what the group shares.
enum NotebookPage {
    static func show(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        return .page(try await page(request, open))
    }

    static func page(
        _ request: Request, _ open: OpenNotebook, typed: Fields? = nil, problems: [Problem] = []
    ) async throws -> Page {
        let filter = NoteFilter(request.method == .get ? request.query : Fields())
        let found = try await NotebookShown.load(open, filter, page: request.query.integer("page") ?? 1, request)
        let views = NotebookViews(request: request, open: open, photos: found.photos)
        let fields =
            typed
            ?? Fields([
                ("id", Identifier.new(at: request.now)), ("base", "0"), ("sequence", String(found.next)),
                ("manner", Manner.reworded.rawValue), ("subgroup", open.subgroup(of: request.viewer.personId)?.id ?? ""),
            ])
        let words = request.words
        let write: Markup =
            open.isMember
            ? """
            <section><h2>\(words("notes.notebook.write"))</h2>\(views.form(fields, problems, next: found.next, isKnown: typed != nil))</section>
            """ : "<p class=\"notice\">\(words("notes.notebook.former")) <a href=\"\(ApartNotes.path)\">\(words("notes.apart.title"))</a></p>"
        let content: Markup = """
            <h1>\(words("notes.notebook.title", ["visit": open.visit.name]))</h1>
            <p class="lede">\(words("notes.notebook.lede"))</p>
            \(views.done)\(write)
            <section><h2>\(words("notes.notebook.list"))</h2>\(try await NotebookLive.bar(open, request))
            \(NotebookFilters(request: request, open: open).form(found.authors))
            <div data-notebook-shown data-live-part="notes">\(found.unshared > 0 ? views.shareAll(found.unshared) : .empty)
            \(views.list(found.blocks, grouping: NoteGrouping(request.query)))\(request.pages(found.page, of: found.pages))
            \(views.withdrawn(found.withdrawn))</div></section>
            """
        return open.visit.page(words("notes.notebook.crumb"), request, content).with {
            $0.assets = ["notes-notebook.js"]
            $0.application = Page.Installable(manifest: "\(open.path)/manifeste")
            $0.problems = problems
        }
    }

    /// The page with nobody's notes in it, for a telephone without network.
    static func shell(_ request: Request, _ open: OpenNotebook) -> Page {
        let words = request.words
        let views = NotebookViews(request: request, open: open)
        let fields = Fields([
            ("base", "0"), ("sequence", "1"), ("manner", Manner.reworded.rawValue),
            ("subgroup", open.subgroup(of: request.viewer.personId)?.id ?? ""),
        ])
        let content: Markup = """
            <h1>\(words("notes.notebook.title", ["visit": open.visit.name]))</h1>
            <p class="notice" data-notebook-offline>\(words("notes.phone.shell"))</p>
            <section><h2>\(words("notes.notebook.write"))</h2>\(views.form(fields, []))</section>
            <section><h2>\(words("notes.notebook.list"))</h2><div data-notebook-shown><ol class="blocks" data-notebook-list\(views.written)></ol></div></section>
            """
        return open.visit.page(words("notes.notebook.crumb"), request, content).with {
            $0.assets = ["notes-notebook.js"]
            $0.application = Page.Installable(manifest: "\(open.path)/manifeste")
        }
    }

    /// One block, to change it: written from the version that was read.
    static func edit(_ request: Request) async throws -> Response {
        let (open, block) = try await request.site.database.read { reader in
            let open = try OpenNotebook.at(request, reader)
            let block = try NoteQueries.block(request["block"], reader, request)
            guard block.authorId == request.viewer.personId, block.visitId == open.visit.id else { throw NotFound() }
            return (open, block)
        }
        let fields = Fields(
            [
                ("id", block.id), ("base", String(block.version)), ("slot", block.slotId ?? ""), ("encounter", block.encounterId ?? ""),
                ("manner", block.manner.rawValue), ("speaker", block.speaker ?? ""),
                ("text", block.text), ("sequence", "1"), ("offRecord", block.isOffRecord ? "1" : ""), ("place", block.place),
                ("subgroup", block.ownSubgroupId ?? ""),
            ] + block.dimensions.map { ("dimension", $0.id) })
        let words = request.words
        let views = NotebookViews(request: request, open: open)
        return .page(
            open.visit.page(
                words("notes.edit.title"), request,
                "<h1>\(words("notes.edit.title"))</h1><p class=\"lede\">\(words("notes.edit.lede"))</p>\(views.form(fields, [], isEdit: true, former: block))<p class=\"meta no-print\"><a data-icon=\"history\" href=\"/historique/\(block.id)\">\(words("notes.edit.history"))</a></p>"
            )
            .with { $0.assets = ["notes-notebook.js"] })
    }

    /// What one may read, as a table, from the first to the last: a file goes further than its author, what is off the record,
    /// or not added yet, does not.
    static func export(_ request: Request) async throws -> Response {
        var filter = NoteFilter(request.query)
        filter.isAdded = true
        let (open, blocks) = try await request.site.database.read { [filter] reader in
            let open = try OpenNotebook.at(request, reader)
            return (
                open,
                try NoteQueries.blocks(open.visit.id, filter, limit: 10_000, reader, request)
                    .filter { !$0.isOffRecord }
            )
        }
        let words = request.words
        let columns = ["day", "half", "encounter", "subgroup", "dimension", "manner", "speaker", "author", "text"]
        let rows = blocks.reversed().map { block in
            [
                block.day?.iso ?? "", block.half.map { words("events.half.\($0)") } ?? "", block.encounter ?? "", block.subgroup ?? "",
                NoteWords.listed(block.dimensions.map(\.name)), words("notes.manner.\(block.manner.rawValue)"), block.speaker.map { words("events.kind.\($0)") } ?? "", block.author,
                block.text,
            ]
        }
        return try .table(header: columns.map { words("notes.column.\($0)") }, rows: rows, named: "notes-\(open.visit.slug)", request)
    }
}
