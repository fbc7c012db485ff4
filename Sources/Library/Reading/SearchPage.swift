import Database
import Formats
import Platform

/// `/recherche` : what this person may find, with filters and extracts.
enum SearchPage {
    /// The filters of the address and the facets they stand for.
    static let facets = [("territoire", "territory"), ("dimension", "dimension"), ("programme", "programme")]

    static func show(_ request: Request) async throws -> Response {
        let query = request.query
        var wish = Search.Wish(query["q"] ?? "", page: max(1, min(query.integer("page") ?? 1, 1_000)))
        if let kind = query.optional("genre") { wish.kinds = [kind] }
        for (name, facet) in facets {
            if let value = query.optional(name) { wish.facets[facet] = value }
        }
        let asked = wish
        let answer = try await request.site.database.read { try Search.find(asked, $0, request) }
        return .page(SearchView(request: request, wish: asked, answer: answer).page)
    }
}

struct SearchView {
    let request: Request
    let wish: Search.Wish
    let answer: Search.Answer
    var words: Words { request.words }

    var page: Page {
        Page(
            words("library.search.title"), crumbs: [Crumb(words("library.home.crumb"), "/"), Crumb(words("library.search.title"))],
            "<h1>\(heading)</h1>\(form)\(partial)\(answer.hits.isEmpty ? none : found)")
    }

    private var typed: String { CleanText.line(String((request.query["q"] ?? "").prefix(200))) }

    private var heading: String {
        if typed.isEmpty { return words("library.search.title") }
        if answer.isCapped { return words("library.search.many", ["n": answer.total, "query": words.quoted(typed)]) }
        return words("library.search.count", ["n": answer.total, "query": words.quoted(typed)])
    }

    /// The words are typed once more here: at the top of the page the field may be out of sight.
    private var form: Markup {
        """
        <form class="filters wide" method="get" action="/recherche" role="search"><div class="field"><label for="words">\(words("library.search.words"))</label><p class="hint" id="words-hint">\(words("library.search.hint"))</p><input id="words" name="q" type="search" value="\(typed)" aria-describedby="words-hint"></div><button class="button quiet">\(words("library.search.button"))</button></form>
        """
    }

    private var partial: Markup {
        answer.isPartial && answer.total > 0 ? "<p class=\"notice\">\(words("library.search.partial"))</p>" : .empty
    }

    private var none: Markup {
        """
        <div class="empty"><h2>\(words("library.search.none"))</h2><p>\(words("library.search.noneText"))</p><p class="acts"><a class="button quiet" href="/ressources">\(words("library.list.all"))</a></p></div>
        """
    }

    private var found: Markup {
        let hits = answer.hits.map { hit -> Markup in
            """
            <li><h2><a href="\(hit.path)">\(hit.title.marked)</a></h2><p>\(hit.extract.marked)</p><p class="meta">\(kind(hit.kind)) · \(words.date(hit.updatedAt.day()))</p></li>
            """
        }
        let pages = (answer.total + wish.perPage - 1) / wish.perPage
        return """
            <div class="with-aside"><aside class="facets" aria-label="\(words("library.search.refine"))">\(facets)</aside><div><ol class="entries">\(hits)</ol>\(request.pages(wish.page, of: pages))</div></div>
            """
    }

    private func kind(_ name: String) -> String {
        request.site.features.lazy.compactMap { $0.searchKinds[name] }.first.map { words($0) } ?? name
    }

    private var facets: Markup {
        let all = [("genre", "kind")] + SearchPage.facets
        return all.map { name, facet -> Markup in
            guard let values = answer.facets[facet], !values.isEmpty else { return .empty }
            let items = values.prefix(12).map { value, count -> Markup in
                let isCurrent = request.query[name] == value
                let label = facet == "kind" ? kind(value) : value
                return """
                    <li><a href="\(address(name, isCurrent ? nil : value))"\(Markup.attribute("aria-current", value: isCurrent ? "true" : nil))>\(label) <b class="count">\(count)</b></a></li>
                    """
            }
            return "<h2>\(words("library.search.facet.\(facet)"))</h2><ul>\(items)</ul>"
        }.joined()
    }

    /// This search with a filter put on or taken off.
    private func address(_ name: String, _ value: String?) -> String {
        let query = request.query.without(name, "page").pairs + (value.map { [(name, $0)] } ?? [])
        return "/recherche?\(URLForm.encode(query))"
    }
}
