import Formats

/// All that there is for whoever administers the site, each page with what it is for.
enum AdministrationPage {
    static let path = "/administration"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { request in
            let words = request.words
            let title = words("platform.administration.title")
            let items = pages.map { page -> Markup in
                "<li><h2><a href=\"\(page.path)\">\(words(page.title))</a></h2><p>\(words(page.lede))</p></li>"
            }
            return .page(
                Page(
                    title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
                    "<h1>\(title)</h1><p class=\"lede\">\(words("platform.administration.lede"))</p><ul class=\"entries\">\(items)</ul>"))
        }
    ]

    private static let pages: [(path: String, title: String, lede: String)] = [
        (AccountAdministration.path, "platform.accounts.title", "platform.accounts.lede"),
        ("/administration/journal", "platform.journal.title", "platform.journal.lede"),
        (OutboxRoutes.path, "platform.outbox.title", "platform.outbox.lede"),
        (FactorResetRoutes.path, "platform.reset.title", "platform.reset.lede"),
        (ErasurePages.administration, "platform.erasure.administration", "platform.erasure.administrationLede"),
        (RetentionPage.path, "platform.retention.title", "platform.retention.lede"),
        (RegisterPages.path, "platform.register.heading", "platform.register.lede"),
    ]

    /// Where its pages are.
    static func crumbs(_ words: Words) -> [Crumb] {
        [Crumb(words("platform.shell.home"), "/"), Crumb(words("platform.administration.title"), path)]
    }

    /// The way there, for whom it opens.
    static func link(_ request: Request) -> Markup {
        guard request.site.policy.allows(.administerSite, request.viewer) else { return .empty }
        return "<a class=\"button quiet\" href=\"\(path)\">\(request.words("platform.administration.title"))</a>"
    }
}
