import Database
import Formats

/// The page and the table of a journal.
package struct JournalView {
    let journal: Journal
    let request: Request
    /// Where it is: `/administration/journal`.
    let path: String
    private var words: Words { request.words }

    package init(_ journal: Journal, at path: String, _ request: Request) {
        self.journal = journal
        self.path = path
        self.request = request
    }

    /// - Parameter lede: what is in it, in a sentence.
    package func content(_ title: String, lede: String) -> Markup {
        let list: Markup =
            journal.entries.isEmpty
            ? "<p>\(words("platform.journal.none"))</p>" : "<ol class=\"timeline\">\(journal.entries.map(line))</ol>"
        return """
            <h1>\(title)</h1><p class="lede">\(lede)</p>\(filters)
            \(request.exports("\(path)/export"))
            \(list)\(request.pages(journal.page, of: journal.pages))\(more)
            """
    }

    /// After the last page there is, when older lines are only found by their dates.
    private var more: Markup {
        journal.isCapped && journal.page == journal.pages ? "<p class=\"notice\">\(words("platform.journal.more", ["n": Journal.ceiling]))</p>" : .empty
    }

    /// The whole journal as a table, with the filters of the address.
    package func table(named name: String) throws -> Response {
        let header = ["at", "who", "what", "kind", "history"].map { words("platform.journal.column.\($0)") }
        let rows = journal.entries.map { entry in
            [
                entry.at.rfc3339, entry.who(words, journal.names), entry.what(words, journal.names), kind(entry),
                request.site.configuration.link("/historique/\(entry.objectId)"),
            ]
        }
        return try .table(header: header, rows: rows, named: name, request)
    }

    private func line(_ entry: HistoryEntry) -> Markup {
        let thing: Markup =
            ["account", "mail", "person", "site", "draft"].contains(entry.objectKind)
            ? .empty : " <small>(<a href=\"/historique/\(entry.objectId)\">\(kind(entry))</a>)</small>"
        return """
            <li>\(words.element(entry.at)) <p><strong>\(entry.who(words, journal.names))</strong> \(entry.what(words, journal.names))\(thing)</p></li>
            """
    }

    private func kind(_ entry: HistoryEntry) -> String {
        let key = "platform.journal.kind.\(entry.objectKind)"
        return words.has(key) ? words(key) : entry.objectKind
    }

    private var filters: Markup {
        let problems = request.problems(Refusals(Journal.Wish(request.query).refused)) ?? []
        let form = FormView(request, values: request.query, problems: problems)
        let families =
            [("", words("platform.journal.anyAct"))]
            + journal.families.map { family in
                let key = "platform.journal.family.\(family)"
                return (family, words.has(key) ? words(key) : family)
            }
        let person = request.query.line("personne")
        return """
            <form class="filters no-print" method="get" action="\(path)">\(person.isEmpty ? .empty : form.hidden("personne", person))\(form.input("nom", words("platform.journal.name"), width: "medium"))\(form.select("acte", words("platform.journal.act"), options: families))\(form.input("du", words("platform.journal.from"), width: "short"))\(form.input("au", words("platform.journal.to"), width: "short"))<button class="button quiet">\(words("platform.journal.filter"))</button></form>
            """
    }

    private var query: String {
        let kept = request.query.without("page").pairs
        return kept.isEmpty ? "" : "?\(URLForm.encode(kept))"
    }
}

/// The journal of the site, for its administrator.
enum JournalRoutes {
    private static let path = "/administration/journal"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { request in
            let words = request.words
            let title = words("platform.journal.title")
            return .page(
                Page(
                    title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
                    try await view(request).content(title, lede: words("platform.journal.lede"))))
        },
        .get("\(path)/export", asks: .site(.administerSite), for: "administrators") { request in
            try await view(request, whole: true).table(named: "journal")
        },
    ]

    private static func view(_ request: Request, whole: Bool = false) async throws -> JournalView {
        let journal = try await request.site.database.read {
            try Journal.load(.site, Journal.Wish(request.query), whole: whole, $0, request)
        }
        return JournalView(journal, at: path, request)
    }
}
