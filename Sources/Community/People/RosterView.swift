import Formats
import Platform

/// The community of a programme: its people, its groups by function, its organisations.
struct RosterView {
    let request: Request
    let roster: Roster
    var words: Words { request.words }
    var base: String { "\(roster.programme.path)/communaute" }

    var page: Page {
        let title = words("community.people.title")
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.people.lede"))</p>
            <p class="audience" data-audience="programme">\(words("community.audience.programme"))</p>
            \(next)\(people)\(groups)\(organizations)
            """
        return roster.programme.page(title, at: "/communaute", request, content)
    }

    private var next: Markup {
        guard roster.mayManage else { return .empty }
        let free = roster.seats.count { $0.personId == nil }
        let state: Markup =
            roster.seats.isEmpty
            ? .empty
            : "<p><strong>\(free == 0 ? words("community.people.allSeated") : words("community.people.freeSeats", ["n": free]))</strong></p>"
        return """
            <div class="next">\(state)<p><a class="button" data-icon="mail" href="\(base)/inviter">\(words("community.people.invite"))</a></p></div>
            """
    }

    private var people: Markup {
        let found = roster.people
        let form = FormView(request, values: request.query)
        let choices =
            [("", words("community.people.anyRole"))]
            + Role.allCases.filter(roster.roles.contains)
            .map { ($0.rawValue, words.name("community.role", of: $0)) }
        let filters: Markup = """
            <form class="filters no-print" method="get" action="\(base)">\(form.input("nom", words("community.people.search"), width: "medium"))\(form.select("role", words("community.people.role"), options: choices))\(form.select("tri", words("community.people.order"), options: Roster.Order.allCases.map { ($0.rawValue, words.name("community.people.order", of: $0)) }))<button class="button quiet">\(words("community.people.filter"))</button></form>
            """
        return """
            <section><h2>\(words("community.people.people")) <b class="count">\(found.count)</b></h2>\(filters)\(found.count == 0 ? "<p>\(words("community.people.none"))</p>" : table(found.items))\(request.pages(of: found))\(request.exports("\(base)/export"))</section>
            """
    }

    /// The people that the address asks for, as a table; with their addresses for those who manage people.
    func file() throws -> Response {
        let columns = ["name", "function", "organization", "roles"] + (roster.mayManage ? ["email"] : [])
        let rows = roster.people.items.map { person in
            [person.name, person.function, person.organization ?? "", RoleWords(words).list(person.roles)]
                + (roster.mayManage ? [person.email ?? ""] : [])
        }
        return try .table(
            header: columns.map { words("community.people.export.\($0)") }, rows: rows,
            named: "\(words("community.people.export.file"))-\(roster.programme.slug)", request)
    }

    private func table(_ people: [Roster.Entry]) -> Markup {
        let rows = people.map { person -> Markup in
            let roles = RoleWords(words).list(person.roles)
            return """
                <tr><th scope="row"><a href="\(base)/\(person.personId)">\(person.name)</a></th><td>\(person.position)</td><td>\(roles)</td></tr>
                """
        }
        let heads = ["name", "position", "roles"].map {
            "<th scope=\"col\">\(words("community.people.column.\($0)"))</th>" as Markup
        }
        return """
            <div class="scroll" role="region" aria-label="\(words("community.people.people"))" tabindex="0"><table class="table" aria-label="\(words("community.people.people"))"><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private var groups: Markup {
        guard !roster.seats.isEmpty else { return .empty }
        var order: [String] = []
        for seat in roster.seats where !order.contains(seat.scopeId) { order.append(seat.scopeId) }
        let sections = order.map { scope -> Markup in
            let seats = roster.seats.filter { $0.scopeId == scope }
            return "<h3>\(seats[0].scopeName) <b class=\"count\">\(seats.count)</b></h3>\(constituencies(seats))"
        }
        return
            "<section><h2>\(words("community.people.groups"))</h2><p>\(words("community.people.groupsLede"))</p>\(sections)</section>"
    }

    private func constituencies(_ seats: [Seat]) -> Markup {
        var order: [String] = []
        for seat in seats where !order.contains(seat.constituency ?? "") { order.append(seat.constituency ?? "") }
        return order.map { name -> Markup in
            let items = seats.filter { ($0.constituency ?? "") == name }.map(item)
            return "\(name.isEmpty ? .empty : "<h4>\(name)</h4>" as Markup)<ul>\(items)</ul>"
        }.joined()
    }

    private func item(_ seat: Seat) -> Markup {
        let function = [seat.function, seat.organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let who: Markup =
            if let id = seat.personId, let name = seat.personName {
                "<a href=\"\(base)/\(id)\">\(name)</a>"
            } else if roster.mayManage {
                "<a href=\"\(base)/inviter?seat=\(seat.id)\">\(words("community.people.inviteSeat"))<span class=\"unseen\"> : \(function)</span></a>"
            } else {
                "<span class=\"state\" data-state=\"none\">\(words("community.people.free"))</span>"
            }
        return "<li>\(function) — \(who)</li>"
    }

    private var organizations: Markup {
        guard !roster.organizations.isEmpty else { return .empty }
        let items = roster.organizations.map { organization -> Markup in
            let short = organization.shortName.map { " (\($0))" } ?? ""
            return
                "<li>\(organization.name)\(short) <span class=\"badge\">\(words.name("community.organization", of: organization.kind))</span></li>"
        }
        return
            "<section><h2>\(words("community.people.organizations")) <b class=\"count\">\(roster.organizations.count)</b></h2><ul>\(items)</ul></section>"
    }
}
