import Formats
import Platform

/// The territories that the public resources are about.
enum TerritoriesPage {
    static func show(_ request: Request) async throws -> Response {
        let territories = try await ResourceCounts.kept(request).territories
        let words = request.words
        let title = words("library.territories.title")
        let items = territories.map { territory -> Markup in
            """
            <li><h2><a href="/ressources?territoire=\(territory.value)">\(territory.name)</a></h2><p class="meta">\(words("library.list.count", ["n": territory.count]))</p></li>
            """
        }
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h2>\(words("library.territories.empty"))</h2><p>\(words("library.list.emptyText"))</p></div>"
            : "<ul class=\"entries\">\(items)</ul>"
        let content: Markup = "<h1>\(title)</h1><p class=\"lede\">\(words("library.territories.lede"))</p>\(list)"
        return .sharedPage(Page(title, crumbs: [Crumb(words("library.home.crumb"), "/"), Crumb(title)], content))
    }
}
