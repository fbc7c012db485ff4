import Database
import Formats

/// « Confidentialité » and « Accessibilité »: what is, and what was tested; nothing that is not so.
enum PrivacyPages {
    static let path = "/confidentialite"
    static let accessibility = "/accessibilite"

    static let routes: [Route] = [
        .get(path, asks: .anyone, for: "everybody") { .sharedPage(try await privacy($0)) },
        .get(accessibility, asks: .anyone, for: "everybody") { .sharedPage(try await access($0)) },
    ]

    private static func privacy(_ request: Request) async throws -> Page {
        let words = request.words
        let title = words("platform.privacy.title")
        let register = try await request.site.database.read { try Register.load($0) }
        let activities = Register.activities.map { activity -> Markup in
            "<li><strong>\(words("platform.register.\(activity).title")).</strong> \(register.fact("purpose", of: activity, words)) \(register.fact("data", of: activity, words)) \(words("platform.register.basis"))\(words("platform.privacy.colon")) \(register.fact("basis", of: activity, words))</li>"
        }
        let lines = RetentionTable.lines(request.site).map { (key: $0.key, days: $0.days, count: Int?.none) }
        let rights = ["access", "correction", "erasure", "withdrawal", "objection", "complaint"].map { "<li>\(words("platform.privacy.rights.\($0)"))</li>" as Markup }
        let own: Markup =
            request.session == nil ? .empty : "<p><a href=\"\(PersonalPages.path)\">\(words("platform.data.title"))</a></p>"
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.privacy.lede"))</p>
            <section><h2>\(words("platform.privacy.who"))</h2>\(RegisterPages.controller(register, words))</section>
            <section><h2>\(words("platform.privacy.what"))</h2><ul>\(activities)</ul><p>\(words("platform.privacy.recipients"))</p></section>
            <section><h2>\(words("platform.privacy.rights"))</h2><ul>\(rights)</ul>\(own)</section>
            <section><h2>\(words("platform.privacy.cookies"))</h2><p>\(words("platform.privacy.cookies.text"))</p></section>
            <section><h2>\(words("platform.privacy.howLong"))</h2><p>\(words("platform.retention.others"))</p>\(RetentionPage.list(lines, heading: 3, words))</section>
            <section><h2>\(words("platform.register.security"))</h2><p>\(Register.measures(request))</p></section>
            """)
    }

    private static func access(_ request: Request) async throws -> Page {
        let words = request.words
        let title = words("platform.access.title")
        let register = try await request.site.database.read { try Register.load($0) }
        func section(_ key: String, _ more: Markup = .empty) -> Markup {
            "<section><h2>\(words("platform.access.\(key).title"))</h2><p>\(words("platform.access.\(key).text"))</p>\(more)</section>"
        }
        func items(_ key: String, _ count: Int) -> Markup {
            let lines = (1...count).map { "<li>\(words("platform.access.\(key).\($0)"))</li>" as Markup }
            return "<ul>\(lines)</ul>"
        }
        let contact: Markup = "<p>\(register["contact"] ?? words("platform.access.contact.ask"))</p>"
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.access.lede", ["site": request.site.configuration.siteName]))</p>
            \(section("state"))\(section("tested", items("tested", 5)))\(section("missing", items("missing", 4)))\(section("established"))\(section("contact", contact))\(section("recourse", items("recourse", 3)))
            """)
    }
}
