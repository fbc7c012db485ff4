import Database
import Formats
import Platform

/// The list of what is in the commons, and its file for spreadsheets.
enum ResourceListPage {
    static func show(_ request: Request) async throws -> Response {
        let counts = try await ResourceCounts.kept(request)
        let list = try await request.site.database.read {
            try ResourceList.load(ResourceList.Wish(request.query), counts, $0, request)
        }
        let page = ResourceListView(request: request, list: list).page
        // Without filter everybody sees the same; filters are too many to keep.
        return request.query.isEmpty ? .sharedPage(page) : .page(page)
    }

    static func export(_ request: Request) async throws -> Response {
        let words = request.words
        let lines = try await request.site.database.read {
            try ResourceList.lines(ResourceList.Wish(request.query), limit: 200_000, $0, request)
        }
        let columns = ["title", "kind", "territory", "programme", "authors", "licence", "opened", "updated", "version", "address"]
        return try .table(
            header: columns.map { words("library.export.\($0)") },
            rows: lines.map { line in
                [
                    line.title, words("library.kind.\(line.kind)"), line.territory, line.programme,
                    line.authors.split(separator: "\n").joined(separator: " ; "), line.license, line.openedAt.day().iso,
                    line.updatedAt.day().iso, String(line.version), request.site.configuration.link(line.path),
                ]
            }, named: words("library.export.file"), request)
    }
}

/// The list as people read it: filters, entries, pages.
struct ResourceListView {
    let request: Request
    let list: ResourceList
    var words: Words { request.words }

    var page: Page {
        let title = words("library.list.title")
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("library.list.lede"))</p>
            \(list.total == 0 && !list.wish.isFiltered ? empty : found)
            """
        return Page(title, shape: .workshop, crumbs: [Crumb(words("library.home.crumb"), "/"), Crumb(title)], content)
    }

    private var found: Markup {
        let none: Markup = """
            <div class="empty"><h2>\(words("library.list.none"))</h2><p class="acts"><a class="button quiet" href="/ressources">\(words("library.list.all"))</a></p></div>
            """
        return """
            \(filters)
            <p class="meta">\(words(list.isCapped ? "library.list.many" : "library.list.count", ["n": list.total]))</p>
            \(list.lines.isEmpty ? none : "<ol class=\"entries\">\(list.lines.map(ResourceEntry(words: words).view))</ol>")\(request.pages(list.wish.page, of: list.pageCount))\(request.exports("/ressources.csv"))
            """
    }

    private var filters: Markup {
        let form = FormView(request, values: request.query)
        func options(_ all: String, _ choices: [(String, String)]) -> [(value: String, label: String)] {
            [("", words(all))] + choices.map { ($0.0, $0.1) }
        }
        let kinds = list.counts.kinds.map { ($0.value, words("library.list.option", ["name": words("library.kind.\($0.value)"), "count": $0.count])) }
        let named = { (choices: [ResourceCounts.Choice]) in
            choices.map { ($0.value, words("library.list.option", ["name": $0.name, "count": $0.count])) }
        }
        let orders = ResourceList.Wish.Order.allCases.map { (value: $0.rawValue, label: words.name("library.list.order", of: $0)) }
        return """
            <form class="filters" method="get" action="/ressources">\(form.select("territoire", words("library.list.territory"), options: options("library.list.anyTerritory", named(list.counts.territories))))\(form.select("dimension", words("library.list.dimension"), options: options("library.list.anyDimension", named(list.counts.dimensions))))\(form.select("genre", words("library.list.kind"), options: options("library.list.anyKind", kinds)))\(form.select("tri", words("library.list.sort"), options: orders))<button class="button quiet">\(words("library.list.filter"))</button></form>
            """
    }

    private var empty: Markup {
        """
        <div class="empty"><h2>\(words("library.list.emptyTitle"))</h2><p>\(words("library.list.emptyText"))</p></div>
        """
    }
}

/// A resource in a list.
struct ResourceEntry {
    let words: Words
    var level = 2

    func view(_ line: ResourceList.Line) -> Markup {
        let heading = Markup.raw("h\(level)")
        let lede: Markup = line.lede.isEmpty ? .empty : "<p>\(line.lede)</p>"
        return """
            <li><\(heading)><a href="\(line.path)">\(line.title)</a></\(heading)>\(lede)<p class="meta">\(words("library.kind.\(line.kind)")) · \(line.territory) · \(words.date(line.openedAt.day()))</p></li>
            """
    }
}
