import Community
import Database
import Formats
import Notes
import Platform

/// The excerpts of a programme that a person may read: the list, the file, the way to them from the notes.
enum ExcerptList {
    static let size = 20

    static func show(_ request: Request) async throws -> Response {
        let shelf = try await request.site.database.read { try ExcerptShelf.load(request, $0) }
        let words = request.words
        let count = max(1, (shelf.lines.count + size - 1) / size)
        let page = min(max(1, request.query.integer("page") ?? 1), count)
        let items = shelf.lines.dropFirst((page - 1) * size).prefix(size).map { item($0, words) }
        let list: Markup =
            items.isEmpty
            ? """
            <div class="empty"><h2>\(words("evidence.list.empty.title"))</h2><p>\(words("evidence.list.empty.text"))</p></div>
            """
            : "<ol class=\"entries\">\(items)</ol>"
        return .page(
            shelf.programme.page(
                words("evidence.list.title"), at: "/notes",
                crumbs: [Crumb(words("evidence.list.notes"), "\(shelf.programme.path)/notes")], request,
                """
                <h1>\(words("evidence.list.title"))</h1><p class="lede">\(words("evidence.list.lede"))</p>
                <p class="audience" data-audience="group">\(words("evidence.list.audience"))</p>
                \(filters(shelf, request))\(download(shelf, request))\(list)\(request.pages(page, of: count))\(page == count && shelf.isCapped ? "<p class=\"notice\">\(words("evidence.list.more", ["n": ExcerptShelf.ceiling]))</p>" as Markup : .empty)
                """
            ).with { $0.notice = ExcerptPage.notice(request) })
    }

    private static func filters(_ shelf: ExcerptShelf, _ request: Request) -> Markup {
        let words = request.words
        let form = FormView(request, values: request.query)
        let everything = [(value: "", label: words("evidence.list.all"))]
        let states = [Allowance.pending, .given].map { (value: $0.rawValue, label: words.name("evidence.allowance", of: $0)) }
        return """
            <form class="filters" method="get">\(form.select("state", words("evidence.fact.state"), options: everything + states))\(form.select("visit", words("evidence.fact.visit"), options: everything + shelf.visits))\(form.select("dimension", words("evidence.fact.dimension"), options: everything + shelf.dimensions))<button class="button quiet">\(words("evidence.list.filter"))</button></form>
            """
    }

    private static func download(_ shelf: ExcerptShelf, _ request: Request) -> Markup {
        guard shelf.isStaff else { return .empty }
        return request.exports("\(shelf.programme.path)/extraits/export")
    }

    private static func item(_ line: ExcerptShelf.Line, _ words: Words) -> Markup {
        let meta = [line.excerpt.shownAs(words), line.visit, line.dimension ?? words("evidence.panel.untagged")]
        return """
            <li><h2><a href="/extraits/\(line.excerpt.id)">\(line.excerpt.said(words))</a></h2><p class="meta">\(meta.joined(separator: " · ")) · \(AllowanceMark.shown(line.allowance, words))</p></li>
            """
    }

    /// The same list as a file, for whoever records consents.
    static func export(_ request: Request) async throws -> Response {
        let shelf = try await request.site.database.read { try ExcerptShelf.load(request, whole: true, $0) }
        guard shelf.isStaff else { throw Forbidden(.recordConsent) }
        let words = request.words
        let rows = shelf.lines.map { line in
            [
                line.visit, line.dimension ?? "", words.name("evidence.manner", of: line.excerpt.manner),
                line.excerpt.shownAs(words), words.name("evidence.allowance", of: line.allowance), line.excerpt.words,
                request.site.configuration.link("/extraits/\(line.excerpt.id)"),
            ]
        }
        let header = ["visit", "dimension", "manner", "attribution", "state", "words", "address"]
            .map { words("evidence.fact.\($0)") }
        return try .table(header: header, rows: rows, named: "\(words("evidence.list.file"))-\(shelf.programme.slug)", request)
    }

    /// On « Notes et extraits »: how many there are, and the way to the list.
    static let link = Panel(on: "notes", rank: 10) { programmeId, request in
        let (count, path) = try await request.site.database.read { reader in
            (
                try reader.count(
                    """
                    SELECT COUNT(*) FROM excerpt JOIN access ON access.object_id = excerpt.id
                    WHERE excerpt.programme_id = \(programmeId) AND \(request.site.policy.condition(.see, request.viewer))
                    """), try Programme.load(id: programmeId, reader).path
            )
        }
        let words = request.words
        return """
            <section><h2>\(words("evidence.list.title"))</h2><p>\(words("evidence.list.count", ["n": count]))</p><p class="acts"><a class="button quiet" data-icon="quote" href="\(path)/extraits">\(words("evidence.list.open"))</a></p></section>
            """
    }
}
