import Database
import Formats

/// The history of each thing, for those who may read it.
enum HistoryRoutes {
    static let routes: [Route] = [
        .get("/historique/{object}", asks: .thing(.seeHistory), for: "the people of the thing") { request in
            let id = request["object"]
            try await request.site.database.read { reader in
                let thing = try reader.see(id, request)
                guard request.site.policy.allows(.seeHistory, request.viewer, on: thing) else {
                    throw Forbidden(.seeHistory)
                }
            }
            return .page(try await HistoryPage.page(of: id, request))
        }
    ]
}

/// The history of one thing as a page, once the right to read it was asked.
package enum HistoryPage {
    package static func page(of objectId: String, _ request: Request) async throws -> Page {
        page(
            try await request.site.database.read {
                try History.load(objectId, page: request.query.integer("page") ?? 1, $0)
            }, request)
    }

    private static func page(_ history: History, _ request: Request) -> Page {
        let words = request.words
        let title = words("platform.history.title")
        let lines = history.entries.map { entry -> Markup in
            "<li>\(words.element(entry.at)) <p><strong>\(entry.who(words, history.names))</strong> \(entry.what(words, history.names))</p></li>"
        }
        let list: Markup =
            lines.isEmpty ? "<p>\(words("platform.history.empty"))</p>" : "<ol class=\"timeline\">\(lines)</ol>"
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.history.lede"))</p>
            \(list)\(request.pages(history.page, of: history.pages))
            """)
    }
}
