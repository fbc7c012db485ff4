import Database
import Formats
import Grids
import Platform
import Visits

/// The common page as it is read and arranged: one dimension at a time, each note with who wrote it, where and when.
enum CommonPageView {
    static let size = 20

    /// The group's own page: whoever left it has their notebook.
    static func open(_ request: Request) async throws -> OpenNotebook {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        guard open.isMember else { throw NotFound() }
        return open
    }

    static func show(_ request: Request) async throws -> Response {
        let open = try await open(request)
        let words = request.words
        let dimensions = Set(open.dimensions.map(\.id))
        let (notes, shelf, page, blocks, photos, line) = try await request.site.database.read { reader in
            let notes = try SharedNote.all(open.visit.id, reader, request)
            let shelf = Self.shelf(notes, open, request)
            let page = Paged(CommonPage.notes(notes, under: shelf.dimensionId, among: dimensions), by: size, request)
            let ids = page.items.map(\.id)
            return (
                notes, shelf, page, try NoteQueries.blocks(ids, reader, request), try AttachmentQueries.of(ids, reader),
                try NotebookLive.line(open, reader, request)
            )
        }
        let shown = Dictionary(grouping: blocks, by: \.id)
        let items = page.items.enumerated().map { index, note in
            item(
                note, shown[note.id] ?? [], photos[note.id] ?? [], isFirst: page.page == 1 && index == 0,
                isLast: page.page == page.pages && index == page.items.count - 1, on: shelf, open, request)
        }
        let after = CommonPage.notes(notes, under: shelf.dimensionId, among: dimensions).dropFirst(page.page * size).first
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h2>\(words("notes.common.empty.title"))</h2><p>\(words("notes.common.empty.text"))</p></div>"
            : "<ol class=\"blocks common\" data-common=\"\(open.path)/commune\" data-shelf=\"\(shelf.address)\"\(Markup.attribute("data-next", value: after?.id))>\(items)</ol>\(request.manyActs)"
        let content: Markup = """
            <h1>\(words("notes.common.title", ["visit": open.visit.name]))</h1><p class="lede">\(words("notes.common.lede"))</p>
            \(moved(CommonPage.notes(notes, under: shelf.dimensionId, among: dimensions), request))<p class="audience" data-audience="group">\(words("notes.audience.group"))</p>\(line)
            <div data-live-part="common">\(tabs(notes, shelf, open, words))
            \(list)\(request.pages(of: page))</div>
            \(DimensionMeter(notes, open).section(words))
            <p class="acts no-print"><a href="\(open.path)/lecture?ordre=dimension">\(words("notes.reading.open"))</a> <a href="\(open.path)">\(words("notes.common.back"))</a></p>
            """
        return .page(open.visit.page(words("notes.common.crumb"), request, content).with { $0.assets = ["notes-common.js"] })
    }

    /// Where the note that was just moved stands now; the script goes back to the button that moved it.
    private static func moved(_ line: [SharedNote], _ request: Request) -> Markup {
        guard let id = request.query.optional("note"), let place = line.firstIndex(where: { $0.id == id }) else { return .empty }
        let said = request.words("notes.done.moved", ["place": place + 1, "count": line.count])
        return "<p class=\"notice success\" role=\"status\" data-moved=\"\(id)\" data-act=\"\(request.query["geste"] ?? "")\">\(said)</p>"
    }

    /// The dimension asked for, else the first that has notes.
    private static func shelf(_ notes: [SharedNote], _ open: OpenNotebook, _ request: Request) -> CommonPageShelf {
        let known = open.dimensions.map(\.id)
        if let asked = CommonPageShelf(request.query.optional("axe"), among: Set(known)) { return asked }
        let held = Set(notes.flatMap { $0.dimensions(among: Set(known)) })
        return CommonPageShelf(dimensionId: known.first { held.contains($0) } ?? (notes.isEmpty ? known.first : nil))
    }

    private static func tabs(_ notes: [SharedNote], _ shelf: CommonPageShelf, _ open: OpenNotebook, _ words: Words) -> Markup {
        let known = Set(open.dimensions.map(\.id))
        let shelves = open.dimensions.map { (CommonPageShelf(dimensionId: $0.id), $0.name) } + [(.none, words("notes.group.noDimension"))]
        let links = shelves.map { each, name -> Markup in
            let count = CommonPage.notes(notes, under: each.dimensionId, among: known).count
            return "<a href=\"?axe=\(each.address)\"\(Markup.attribute("aria-current", value: each == shelf ? "page" : nil))>\(name) (\(count))</a> "
        }
        return "<nav class=\"tabs\" aria-label=\"\(words("notes.common.dimensions"))\">\(links)</nav>"
    }

    private static func item(
        _ note: SharedNote, _ versions: [NoteBlock], _ photos: [Attachment], isFirst: Bool, isLast: Bool, on shelf: CommonPageShelf,
        _ open: OpenNotebook, _ request: Request
    ) -> Markup {
        let words = request.words
        guard let first = versions.first else { return .empty }
        let address = "\(open.path)/commune/\(note.id)"
        let up: Markup = isFirst ? .empty : request.actOfMany("\(address)/plus-haut?axe=\(shelf.address)", words("notes.common.up")) + " "
        let down: Markup = isLast ? .empty : request.actOfMany("\(address)/plus-bas?axe=\(shelf.address)", words("notes.common.down")) + " "
        return """
            <li class="block" data-manner="\(first.manner.rawValue)" id="note-\(note.id)" data-note="\(note.id)">\(NoteWords.shown(versions, photos, in: open.visit.programmeLanguage, words))<p class="meta">\(NoteWords.provenance(first, note, under: shelf, open, words))</p><div class="acts no-print">\(up)\(down)<a href="\(address)">\(words("notes.common.move"))</a></div></li>
            """
    }

    /// The page where a note is put under other dimensions.
    static func edit(_ request: Request) async throws -> Response {
        .page(try await form(request, try await open(request)))
    }

    static func form(_ request: Request, _ open: OpenNotebook, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let id = request["block"]
        let (note, versions) = try await request.site.database.read { reader in
            guard let note = try SharedNote.all(open.visit.id, reader, request).first(where: { $0.id == id }) else { throw NotFound() }
            return (note, try NoteQueries.blocks([id], reader, request))
        }
        let words = request.words
        let form = FormView(request, values: values ?? Fields(note.dimensions(among: Set(open.dimensions.map(\.id))).map { ("dimension", $0) }), problems: problems)
        let options = open.dimensions.map { (value: $0.id, label: $0.name) }
        let content: Markup = """
            <h1>\(words("notes.common.moveTitle"))</h1><p class="lede">\(words("notes.common.moveLede"))</p>
            <div class="block" data-manner="\(versions.first?.manner.rawValue ?? "")">\(NoteWords.shown(versions, [], in: open.visit.programmeLanguage, words))<p class="meta">\(versions.first.map { NoteWords.provenance($0, note, open, words) })</p></div>
            \(form.form(to: "\(open.path)/commune/\(id)", button: words("notes.common.moveButton"), cancel: "\(open.path)/commune#note-\(id)", form.choices("dimension", words("notes.field.dimensions"), hint: words("notes.common.moveHint"), options: options, several: true)))
            """
        return open.visit.page(words("notes.common.moveTitle"), request, content)
    }
}
