import Formats

/// All that there is for whoever administers the site, each page with what it is for.
enum AdministrationPage {
    static let path = "/administration"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { request in
            let words = request.words
            let title = words("platform.administration.title")
            let items = (pages + request.site.features.flatMap(\.administration)).map { page -> Markup in
                "<li><h2><a href=\"\(page.path)\">\(words(page.title))</a></h2><p>\(words(page.lede))</p></li>"
            }
            return .page(
                Page(
                    title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
                    "<h1>\(title)</h1><p class=\"lede\">\(words("platform.administration.lede"))</p><ul class=\"entries\">\(items)</ul>"))
        }
    ]

    private static let pages: [AdministrationEntry] = [
        AdministrationEntry(path: AccountAdministration.path, title: "platform.accounts.title", lede: "platform.accounts.lede"),
        AdministrationEntry(path: "/administration/journal", title: "platform.journal.title", lede: "platform.journal.lede"),
        AdministrationEntry(path: OutboxRoutes.path, title: "platform.outbox.title", lede: "platform.outbox.lede"),
        AdministrationEntry(path: FactorResetRoutes.path, title: "platform.reset.title", lede: "platform.reset.lede"),
        AdministrationEntry(path: ErasurePages.administration, title: "platform.erasure.administration", lede: "platform.erasure.administrationLede"),
        AdministrationEntry(path: RetentionPage.path, title: "platform.retention.title", lede: "platform.retention.lede"),
        AdministrationEntry(path: RegisterPages.path, title: "platform.register.heading", lede: "platform.register.lede"),
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
