import Community
import Database
import Formats
import Platform

/// The door of the site: search, three doors, what is new, how to take part.
enum HomePage {
    static func show(_ request: Request) async throws -> Response {
        let (newest, programmes) = try await request.site.database.read { reader in
            (
                try ResourceList.lines(ResourceList.Wish(), limit: 5, reader, request),
                request.session == nil ? [] : try Programme.visible(to: request, reader)
            )
        }
        let mine = programmes.filter { !request.viewer.roles(in: $0.id).isEmpty }
        return .sharedPage(HomeView(request: request, newest: newest, mine: mine).page)
    }
}

struct HomeView {
    let request: Request
    let newest: [ResourceList.Line]
    /// The programmes where this person holds a role.
    let mine: [Programme]
    var words: Words { request.words }

    var page: Page {
        let title = words("library.home.title")
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("library.home.lede"))</p>
            \(search)\(workshop)<ul class="doors">\(door("toolbox", "/boite-a-outils"))\(door("stories", "/ressources"))\(door("territories", "/territoires"))</ul>
            <section><h2>\(words("library.home.new"))</h2>\(fresh)</section>
            <section><h2>\(words("library.home.take"))</h2><p>\(words("library.home.takeText"))</p><p class="acts"><a class="button quiet" href="/a-propos">\(words("library.home.takeLink"))</a></p></section>
            """
        return Page(words("library.home.crumb"), shape: .workshop, content).with { $0.description = words("library.home.lede") }
    }

    private var search: Markup {
        """
        <form class="hero no-print" role="search" action="/recherche" aria-label="\(words("library.home.search"))"><label for="hero">\(words("library.home.search"))</label><p class="hint" id="hero-hint">\(words("library.home.searchHint"))</p><div class="box"><input id="hero" name="q" type="search" aria-describedby="hero-hint"><button class="button" data-icon="search">\(words("library.home.searchButton"))</button></div></form>
        """
    }

    private func door(_ name: String, _ path: String) -> Markup {
        "<li><h2><a href=\"\(path)\">\(words("library.home.\(name)"))</a></h2><p>\(words("library.home.\(name)Text"))</p></li>"
    }

    private var workshop: Markup {
        guard !mine.isEmpty else { return .empty }
        let links = mine.map { programme -> Markup in
            "<a class=\"button\" href=\"\(programme.path)\">\(words("library.home.board", ["programme": programme.title]))</a> "
        }
        return "<p class=\"acts\">\(links)</p>"
    }

    private var fresh: Markup {
        guard !newest.isEmpty else { return "<p>\(words("library.list.emptyText"))</p>" }
        return """
            <ol class="entries">\(newest.map(ResourceEntry(words: words, level: 3).view))</ol><p class="acts"><a href="/ressources">\(words("library.home.all"))</a></p>
            """
    }
}
