import Community
import Database
import Formats
import Platform
import Visits

/// The texts of a programme that a person may read: filtered, sorted, page by page, and as a file.
enum TextList {
    private static let size = 30

    static func show(_ request: Request) async throws -> Response {
        let (shelf, page, opensVisits) = try await request.site.database.read { reader in
            let shelf = try TextShelf.load(request, reader)
            let lines = Paged(shelf.lines, by: size, request)
            return (shelf, (lines, try TextShelf.entries(lines.items, reader)), try VisitQueries.opens(shelf.programme.id, reader, request))
        }
        let words = request.words
        let title = words("texts.list.title")
        let (lines, entries) = page
        let older: Markup =
            shelf.isCapped && lines.page == lines.pages ? "<p class=\"notice\">\(words("texts.list.more", ["n": TextShelf.ceiling]))</p>" : .empty
        return .page(
            shelf.programme.page(
                title, at: "/textes", request,
                """
                <h1>\(title)</h1><p class="lede">\(words("texts.list.lede"))</p>
                \(filters(shelf, request))\(entries.isEmpty ? empty(shelf, words, opensVisits) : list(entries, words))\(request.pages(of: lines))\(older)\
                \(entries.isEmpty ? .empty : request.exports("\(shelf.programme.path)/textes/export"))
                """))
    }

    /// The same list as a file, with the filters of the address.
    static func export(_ request: Request) async throws -> Response {
        let (shelf, entries) = try await request.site.database.read { reader in
            let shelf = try TextShelf.load(request, whole: true, reader)
            return (shelf, try TextShelf.entries(shelf.lines, reader))
        }
        let words = request.words
        let rows = entries.map { entry in
            [
                entry.head.title, words.name("texts.kind", of: entry.text.kind), entry.line.visit ?? "", entry.state.said(words),
                String(entry.head.number), entry.head.createdAt.rfc3339, entry.author ?? "", entry.head.hash,
                request.site.configuration.link("/textes/\(entry.text.id)"),
            ]
        }
        let header = ["title", "kind", "visit", "state", "revision", "at", "author", "hash", "address"].map { words("texts.list.column.\($0)") }
        return try .table(header: header, rows: rows, named: "\(words("texts.list.file"))-\(shelf.programme.slug)", request)
    }

    private static func filters(_ shelf: TextShelf, _ request: Request) -> Markup {
        let words = request.words
        let kinds = [("", words("texts.list.all"))] + TextKind.allCases.map { ($0.rawValue, words.name("texts.kind", of: $0)) }
        let orders = TextShelf.Order.allCases.map { ($0.rawValue, words.name("texts.list.order", of: $0)) }
        let form = FormView(request, values: request.query)
        return """
            <form class="filters" method="get" action="\(shelf.programme.path)/textes">\(form.select("genre", words("texts.list.kind"), options: kinds))\(form.input("titre", words("texts.list.words"), width: "medium"))\(form.select("tri", words("texts.list.order"), options: orders))<button class="button quiet">\(words("texts.list.filter"))</button></form>
            """
    }

    private static func list(_ entries: [TextShelf.Entry], _ words: Words) -> Markup {
        let items = entries.map { entry -> Markup in
            """
            <li><h2><a href="/textes/\(entry.text.id)">\(entry.head.title)</a></h2><p class="meta">\(words.name("texts.kind", of: entry.text.kind)) · \(entry.state.shown(words)) · \(words("texts.revision.number", ["n": entry.head.number]))\(entry.author.map { ", \($0)" }), \(words.element(entry.head.createdAt))</p></li>
            """
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    /// Who does not see the visits is not sent there.
    private static func empty(_ shelf: TextShelf, _ words: Words, _ opensVisits: Bool) -> Markup {
        let key = !opensVisits ? "closed" : shelf.kind != nil || !shelf.words.isEmpty ? "filtered" : "none"
        let visits: Markup = opensVisits ? "<p class=\"acts\"><a class=\"button\" href=\"\(shelf.programme.path)/visites\">\(words("texts.list.visits"))</a></p>" : .empty
        return """
            <div class="empty"><h2>\(words("texts.list.\(key).title"))</h2><p>\(words("texts.list.\(key).text"))</p>\(visits)</div>
            """
    }
}
