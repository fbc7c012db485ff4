import Formats

/// The page of the accounts, and their table.
struct AccountListView {
    let request: Request
    let list: AccountList
    var words: Words { request.words }
    private var path: String { AccountAdministration.path }

    var page: Page {
        let title = words("platform.accounts.title")
        let entries: Markup = list.page.items.isEmpty ? "<p class=\"empty\">\(words("platform.accounts.none"))</p>" : table
        return Page(
            title, crumbs: AdministrationPage.crumbs(words) + [Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.accounts.lede"))</p>
            <p class="state-line">\(counts)</p>\(filters)
            <h2>\(words("platform.accounts.found")) <b class="count">\(words.number(list.page.count))</b></h2>
            \(entries)\(request.pages(of: list.page))\(request.exports("\(path)/export"))
            """)
    }

    /// How many there are of each kind, each leading to its own.
    private var counts: Markup {
        AccountFilter.offered(request.site).compactMap { filter -> Markup? in
            guard let count = list.counts[filter], count > 0 || filter == .open else { return nil }
            return "<a href=\"\(path)?etat=\(filter.rawValue)\">\(words("platform.accounts.count.\(filter.rawValue)", ["n": count]))</a>"
        }.joined(separator: " · ")
    }

    private var filters: Markup {
        let form = FormView(request, values: request.query)
        let kinds =
            [("", words("platform.accounts.any"))]
            + AccountFilter.offered(request.site).map { ($0.rawValue, words.name("platform.accounts.filter", of: $0)) }
        let orders = AccountList.Order.allCases.map { ($0.rawValue, words.name("platform.accounts.order", of: $0)) }
        return """
            <form class="filters no-print" method="get" action="\(path)">\(form.input("nom", words("platform.accounts.search"), width: "medium"))\(form.select("etat", words("platform.accounts.state"), options: kinds))\(form.select("tri", words("platform.accounts.order"), options: orders))<button class="button quiet">\(words("platform.accounts.show"))</button></form>
            """
    }

    private var table: Markup {
        let title = words("platform.accounts.title")
        let heads = ["person", "email", "state", "visit", "opened", "factor"].map {
            "<th scope=\"col\">\(words("platform.accounts.column.\($0)"))</th>" as Markup
        }
        let rows = list.page.items.map { entry -> Markup in
            """
            <tr><th scope="row"><a href="\(AccountAdministration.path(of: entry.personId))">\(entry.name)</a></th><td>\(entry.email ?? "")</td><td>\(state(entry))</td><td>\(visit(entry))</td><td>\(words.date(entry.createdAt.day()))</td><td>\(factor(entry))</td></tr>
            """
        }
        return """
            <div class="scroll" role="region" aria-label="\(title)" tabindex="0"><table class="table" aria-label="\(title)"><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// The accounts that the address asks for, as a table.
    func file() throws -> Response {
        let columns = ["name", "email", "state", "opened", "visit", "password", "factor", "administration"]
        let rows = list.page.items.map { entry in
            [
                entry.name, entry.email ?? "", words.name("platform.accounts.said", of: entry.state), entry.createdAt.day().iso,
                entry.seenAt?.day().iso ?? "", words(entry.hasPassword ? "platform.accounts.yes" : "platform.accounts.no"), factor(entry),
                words(entry.isAdministrator ? "platform.accounts.yes" : "platform.accounts.no"),
            ]
        }
        return try .table(header: columns.map { words("platform.accounts.export.\($0)") }, rows: rows, named: words("platform.accounts.export.file"), request)
    }

    private func state(_ entry: AccountEntry) -> String {
        [words.name("platform.accounts.said", of: entry.state), entry.isAdministrator ? words("platform.accounts.administers") : nil]
            .compactMap(\.self).joined(separator: " · ")
    }

    private func visit(_ entry: AccountEntry) -> String { entry.seenAt.map { words.date($0.day()) } ?? words("platform.accounts.never") }

    private func factor(_ entry: AccountEntry) -> String { words("platform.accounts.factor.\(entry.factor(request.site))") }
}
