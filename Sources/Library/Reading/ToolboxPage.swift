import Community
import Database
import Formats
import Grids
import Platform

/// What can be taken up elsewhere: the methods that were seen, by dimension, and the question grids that are open.
enum ToolboxPage {
    static func show(_ request: Request) async throws -> Response {
        let counts = try await ResourceCounts.kept(request)
        let grids = try await request.site.database.read { try OpenGrid.all($0, request.site.policy) }
        return .sharedPage(page(counts.dimensions, grids, request.words))
    }

    private static func page(_ dimensions: [ResourceCounts.Choice], _ grids: [OpenGrid], _ words: Words) -> Page {
        let title = words("library.home.toolbox")
        let methods = dimensions.map { dimension -> Markup in
            """
            <li><h3><a href="/ressources?dimension=\(dimension.value)">\(dimension.name)</a></h3><p class="meta">\(words("library.list.count", ["n": dimension.count]))</p></li>
            """
        }
        let tools = grids.map { grid -> Markup in
            """
            <li><h3><a href="/programmes/\(grid.slug)/grille">\(words("library.toolbox.grid", ["programme": grid.title]))</a></h3><p class="meta">\(words("library.toolbox.questions", ["n": grid.questions]))</p></li>
            """
        }
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("library.toolbox.lede"))</p>
            \(section("methods", methods, words))\(section("grids", tools, words))
            """
        return Page(title, crumbs: [Crumb(words("library.home.crumb"), "/"), Crumb(title)], content)
    }

    private static func section(_ name: String, _ items: [Markup], _ words: Words) -> Markup {
        let list: Markup = items.isEmpty ? "<p>\(words("library.toolbox.\(name)Empty"))</p>" : "<ul class=\"entries\">\(items)</ul>"
        return "<section><h2>\(words("library.toolbox.\(name)"))</h2><p>\(words("library.toolbox.\(name)Text"))</p>\(list)</section>"
    }
}

/// A common grid that anybody may read, print and take up.
private struct OpenGrid: Decodable {
    let slug: String
    let title: String
    let questions: Int

    static func all(_ reader: any Reader, _ policy: Policy) throws -> [OpenGrid] {
        try reader.all(
            OpenGrid.self,
            """
            SELECT programme.slug, programme.title, (
                SELECT count(*) FROM question JOIN dimension ON dimension.id = dimension_id
                WHERE dimension.grid_id = grid.id AND question.retired_at IS NULL AND dimension.retired_at IS NULL) AS questions
            FROM grid CROSS JOIN access JOIN programme ON programme.id = grid.programme_id
            WHERE access.object_id = grid.id AND \(policy.condition(.see, .anybody)) AND EXISTS (
                SELECT 1 FROM dimension WHERE dimension.grid_id = grid.id AND retired_at IS NULL)
            ORDER BY programme.created_at DESC, programme.id
            """)
    }
}
