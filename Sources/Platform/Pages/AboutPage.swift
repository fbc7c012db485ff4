import Database
import Formats

/// « À propos »: what this is, for whom, under which licences.
enum AboutPage {
    static func page(_ request: Request) async throws -> Page {
        let contact = try await request.site.database.read { try Register.load($0) }["contact"] ?? ""
        let words = request.words
        let title = words("platform.about.title", ["site": request.site.configuration.siteName])
        let parts = ["people", "sources", "consent", "licence", "software"].map { part -> Markup in
            "<h2>\(words("platform.about.\(part).title"))</h2><p>\(words("platform.about.\(part).text"))</p>"
        }
        let source: Markup =
            if let address = request.site.configuration.source {
                "<a href=\"\(address)\">\(words("platform.about.source.link"))</a>"
            } else {
                .text(words("platform.about.source.ask"))
            }
        let security: Markup =
            if let contact = request.site.configuration.security {
                "<a href=\"\(contact)\">\(words("platform.about.security.link"))</a>"
            } else {
                "\(words("platform.about.security.ask")) \(contact)"
            }
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.about.lede"))</p><div class="prose">\(parts)<p>\(source)</p><h2 id="securite">\(words("platform.about.security.title"))</h2><p>\(words("platform.about.security.text")) \(security)</p></div>
            """)
    }
}
