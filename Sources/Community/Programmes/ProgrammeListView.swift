import Formats
import Platform

/// The programmes: mine first, then those that anybody may read about.
struct ProgrammeListView {
    static let size = 20
    let request: Request
    let programmes: [Programme]
    var words: Words { request.words }

    var page: Page {
        let title = words("community.programmes.title")
        let found = filtered
        let paged = Paged(found.filter(isMine) + found.filter { !isMine($0) }, by: Self.size, request)
        let mine = paged.items.filter(isMine)
        let others = paged.items.filter { !isMine($0) }
        let lists: Markup =
            if programmes.isEmpty {
                """
                <div class="empty"><h2>\(words("community.programmes.emptyTitle"))</h2><p>\(words("community.programmes.emptyText"))</p></div>
                """
            } else if found.isEmpty {
                "<p>\(words("community.programmes.none"))</p>"
            } else if mine.isEmpty {
                list(others)
            } else {
                section("mine", mine) + section("others", others)
            }
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.programmes.lede"))</p>\(acts)\(search)\(lists)\(request.pages(of: paged))
            """
        return Page(title, crumbs: [Crumb(words("community.home"), "/"), Crumb(title)], content)
    }

    private func isMine(_ programme: Programme) -> Bool { !request.viewer.roles(in: programme.id).isEmpty }

    /// Those whose title or summary has the words typed, accents aside.
    private var filtered: [Programme] {
        let typed = French.fold(request.query.line("nom")).split(separator: " ")
        return programmes.filter { programme in
            let text = French.fold("\(programme.title) \(programme.summary)")
            return typed.allSatisfy { text.contains($0) }
        }
    }

    private var search: Markup {
        guard programmes.count > 1 else { return .empty }
        let form = FormView(request, values: request.query)
        return """
            <form class="filters no-print" method="get" action="/programmes">\(form.input("nom", words("community.programmes.search"), width: "medium"))<button class="button quiet">\(words("community.filter"))</button></form>
            """
    }

    private var acts: Markup {
        guard request.site.policy.allows(.startProgramme, request.viewer) else { return .empty }
        return """
            <p class="acts"><a class="button" data-icon="plus" href="/programmes/nouveau">\(words("community.programmes.start"))</a> <a class="button quiet" href="/programmes/importer">\(words("community.programmes.import"))</a></p>
            """
    }

    private func section(_ key: String, _ programmes: [Programme]) -> Markup {
        guard !programmes.isEmpty else { return .empty }
        return "<section><h2>\(words("community.programmes.\(key)"))</h2>\(list(programmes, level: 3))</section>"
    }

    private func list(_ programmes: [Programme], level: Int = 2) -> Markup {
        let items = programmes.map { programme -> Markup in
            let summary = Markdown.plain(programme.summary).split(separator: "\n").first.map(String.init) ?? ""
            let line: Markup = summary.isEmpty ? .empty : "<p>\(summary)</p>"
            return "<li><h\(level)><a href=\"\(programme.path)\">\(programme.title)</a></h\(level)>\(line)</li>"
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }
}
