import Community
import Formats
import Platform

/// The pages of the territories of a programme.
struct TerritoryViews {
    private static let size = 30
    let request: Request
    let programme: Programme
    var words: Words { request.words }
    var base: String { "\(programme.path)/territoires" }
    var mayManage: Bool { request.site.policy.allows(.manageProgramme, request.viewer, on: programme.community) }

    func list(_ territories: [Territory], _ places: [String: [TerritoryPlace]]) -> Page {
        let title = words("territories.list.title")
        let add: Markup =
            mayManage
            ? "<p class=\"acts\"><a class=\"button\" data-icon=\"plus\" href=\"\(base)/nouveau\">\(words("territories.list.add"))</a></p>"
            : .empty
        let found = shown(territories, places)
        let paged = Paged(found, by: Self.size, request)
        let form = FormView(request, values: request.query)
        let search: Markup = """
            <form class="filters no-print" method="get" action="\(base)">\(form.input("nom", words("territories.list.search"), width: "medium"))<button class="button quiet">\(words("territories.list.filter"))</button></form>
            """
        let items = paged.items.map { territory -> Markup in
            let codes = (places[territory.id] ?? []).map(said).joined(separator: " · ")
            return
                "<li><h2><a href=\"\(base)/\(territory.slug)\">\(territory.name)</a></h2><p class=\"meta\">\(codes)</p></li>"
        }
        let body: Markup =
            territories.isEmpty
            ? "<div class=\"empty\"><h2>\(words("territories.list.emptyTitle"))</h2><p>\(words("territories.list.emptyText"))</p>\(add)</div>"
            : "<p class=\"lede\">\(words("territories.list.lede"))</p>\(add)\(search)\(found.isEmpty ? "<p>\(words("territories.list.none"))</p>" : "<ol class=\"entries\">\(items)</ol>" as Markup)\(request.pages(of: paged))\(request.exports("\(base)/export"))"
        return programme.page(title, at: "/territoires", request, "<h1>\(title)</h1>\(body)")
    }

    /// Those whose name or codes have the words typed.
    private func shown(_ territories: [Territory], _ places: [String: [TerritoryPlace]]) -> [Territory] {
        let typed = French.fold(request.query.line("nom")).split(separator: " ")
        return territories.filter { territory in
            let text = French.fold(([territory.name] + (places[territory.id] ?? []).map(\.code)).joined(separator: " "))
            return typed.allSatisfy { text.contains($0) }
        }
    }

    /// The territories and their official places as a table, a line a place.
    func file(_ territories: [Territory], _ places: [String: [TerritoryPlace]]) throws -> Response {
        let rows = shown(territories, places).flatMap { territory -> [[String]] in
            let own = places[territory.id] ?? []
            guard !own.isEmpty else { return [[territory.name, "", ""]] }
            return own.map { [territory.name, words.name("territories.place", of: $0.kind), $0.code] }
        }
        return try .table(
            header: ["name", "kind", "code"].map { words("territories.export.\($0)") }, rows: rows,
            named: "\(words("territories.export.file"))-\(programme.slug)", request)
    }

    func territory(_ territory: Territory, _ places: [TerritoryPlace], _ change: LastChange?, panels: Markup) -> Page {
        let rows = places.map { place -> Markup in
            "<div><dt>\(words.name("territories.place", of: place.kind))</dt><dd>\(words("territories.page.code", ["code": place.code]))</dd></div>"
        }
        let edit: Markup =
            mayManage
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" data-icon=\"pencil\" href=\"\(base)/\(territory.slug)/modifier\">\(words("territories.page.edit"))</a></p>"
            : .empty
        let content: Markup = """
            <p class="kind">\(words("territories.page.kind"))</p><h1>\(territory.name)</h1>
            <p class="audience" data-audience="public">\(words("territories.page.audience"))</p>
            <section><h2>\(words("territories.page.places"))</h2>\(rows.isEmpty ? "<p>\(words("territories.page.noPlace"))</p>" : "<dl class=\"facts\">\(rows)</dl>" as Markup)\(edit)</section>
            \(panels)\(change?.line(words))
            """
        return programme.page(territory.name, at: "/territoires", crumbs: [crumb], request, content)
    }

    /// - Parameter territory: nil for a new one.
    func form(_ territory: Territory?, values: Fields, problems: [Problem] = []) -> Page {
        let form = FormView(request, values: values, problems: problems)
        let title = words(territory == nil ? "territories.form.newTitle" : "territories.form.editTitle")
        let fields: Markup = """
            \(form.input("name", words("territories.form.name"), hint: words("territories.form.nameHint"), isRequired: true))
            \(form.area("codes", words("territories.form.codes"), hint: words("territories.form.codesHint"), rows: 4))
            """
        let path = territory.map { "\(base)/\($0.slug)" }
        let content: Markup = """
            <h1>\(title)</h1>\(form.form(
                to: path.map { "\($0)/modifier" } ?? base, button: words("territories.form.button"), cancel: path ?? base, fields))
            """
        let crumbs = territory.map { [crumb, Crumb($0.name, path)] } ?? [crumb]
        return programme.page(title, at: "/territoires", crumbs: crumbs, request, content)
    }

    /// What is known of a territory, as the form writes it.
    static func fields(of territory: Territory, _ places: [TerritoryPlace]) -> Fields {
        let lines = places.map { place in
            switch place.kind {
            case .department: "dep \(place.code)"
            case .region: "reg \(place.code)"
            case .commune, .epci: place.code
            }
        }
        return Fields([("name", territory.name), ("codes", lines.joined(separator: "\n"))])
    }

    private var crumb: Crumb { Crumb(words("territories.list.title"), base) }

    private func said(_ place: TerritoryPlace) -> String {
        "\(words.name("territories.place", of: place.kind)) \(place.code)"
    }
}
