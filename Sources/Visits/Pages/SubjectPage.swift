import Community
import Database
import Formats
import Platform
import Territories

/// What a visit is about: focus, flagship initiative, place, territory, host.
enum SubjectPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let known = try await request.site.database.read { try values(open.visit, $0) }
        return .page(try await page(open.visit, request, values: known, problems: []))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "visit.described", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var visit = try VisitQueries.load(id: id, change)
                try FormBase(values(visit, change)).check(form)
                visit.focus = form.text("focus")
                visit.flagshipInitiative = form.text("flagship_initiative")
                visit.place = form.line("place")
                visit.hostId = try VisitChoices.host(form, in: visit.programmeId, change)
                visit.territoryId = try VisitChoices.territory(form, in: visit.programmeId, change)
                try VisitQueries.save(visit, in: change)
                let coHosts = try VisitChoices.coHosts(form, in: visit.programmeId, change)
                try CoHosts.set(coHosts, of: id, host: visit.hostId, in: change)
                try VisitQueries.settle(id, in: change)
                try change.trace("visit", id, programme: visit.programmeId)
            }
            return .redirect(Done.path(open.visit.path, .subject))
        } otherwise: { problems in
            try await page(open.visit, request, values: form, problems: problems)
        }
    }

    private static func values(_ visit: Visit, _ reader: any Reader) throws -> Fields {
        Fields(
            try CoHosts.of(visit.id, reader).map { ("co_hosts", $0.id) } + [
                ("focus", visit.focus), ("flagship_initiative", visit.flagshipInitiative), ("place", visit.place),
                ("territory", visit.territoryId ?? ""), ("host", visit.hostId ?? ""),
            ])
    }

    private static func page(
        _ visit: Visit, _ request: Request, values: Fields, problems: [Problem]
    ) async throws -> Page {
        let (now, base, coHosts, hosts, territories) = try await request.site.database.read { reader in
            let now = try VisitQueries.load(id: visit.id, reader)
            return (
                now, FormBase(try self.values(now, reader)), try CoHosts.of(visit.id, reader).map(\.name),
                try VisitChoices.hosts(of: visit.programmeId, reader, request.words),
                try VisitChoices.territories(of: visit.programmeId, reader, request.words)
            )
        }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let fields: [Markup] = [
            form.area("focus", words("visits.subject.focus"), hint: words("visits.subject.focusHint"), rows: 4),
            form.area(
                "flagship_initiative", words("visits.subject.initiative"), hint: words("visits.subject.initiativeHint")),
            form.select("host", words("visits.subject.host"), options: hosts),
            form.input(
                "other_host", words("visits.subject.otherHost"), hint: words("visits.subject.otherHostHint"), autocomplete: "off"),
            hosts.count > 1
                ? form.choices(
                    "co_hosts", words("visits.subject.coHosts"), hint: words("visits.subject.coHostsHint"),
                    options: Array(hosts.dropFirst()), several: true)
                : .empty,
            form.input("place", words("visits.subject.place")),
            form.select("territory", words("visits.subject.territory"), hint: words("visits.subject.territoryHint"), options: territories),
            form.input(
                "other_territory", words("visits.subject.otherTerritory"), hint: words("visits.subject.otherTerritoryHint"),
                autocomplete: "off"),
            form.input("codes", words("visits.subject.territoryCode"), hint: words("visits.subject.territoryCodeHint"), width: "short"),
        ]
        let title = words("visits.subject.title", ["visit": visit.name])
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>\(base.now(values, said(now, coHosts, words), words))
            \(form.form(to: "\(visit.path)/objet", button: words("visits.subject.button"), keep: "visit-\(visit.id)-subject", cancel: visit.path, base.field(form) + fields.joined()))
            """)
    }

    /// What is stored now, for whoever typed over a page left open.
    private static func said(_ visit: Visit, _ coHosts: [String], _ words: Words) -> [(label: String, value: String)] {
        [
            (words("visits.subject.focus"), visit.focus), (words("visits.subject.initiative"), visit.flagshipInitiative),
            (words("visits.subject.host"), visit.hostName ?? ""), (words("visits.subject.coHosts"), words.list(coHosts)),
            (words("visits.subject.place"), visit.place), (words("visits.subject.territory"), visit.territoryName ?? ""),
        ]
    }
}

/// What a form about a visit offers to choose from, and reads back.
enum VisitChoices {
    static func hosts(
        of programmeId: String, _ reader: any Reader, _ words: Words
    ) throws -> [(value: String, label: String)] {
        try [("", words("visits.choice.noHost"))]
            + Organization.of(programme: programmeId, reader).map { ($0.id, $0.name) }
    }

    static func territories(
        of programmeId: String, _ reader: any Reader, _ words: Words
    ) throws -> [(value: String, label: String)] {
        let known = try reader.all(
            Named.self, "SELECT id, name FROM territory WHERE programme_id = \(programmeId) ORDER BY slug, id")
        return [("", words("visits.choice.noTerritory"))] + known.map { ($0.id, $0.name) }
    }

    /// The organisation typed, known by a name that reads the same or entered; else the one chosen, of the programme.
    static func host(_ form: Fields, in programmeId: String, _ change: Change) throws -> String? {
        if let typed = try other(form, in: programmeId, change) { return typed }
        guard let id = form.optional("host") else { return nil }
        guard try Organization.of(programme: programmeId, change).contains(where: { $0.id == id }) else {
            throw VisitRefusal.unknownChoice(field: "host")
        }
        return id
    }

    /// « Autre structure »: accents and case aside, the same name is the same organisation.
    static func other(_ form: Fields, in programmeId: String, _ change: Change) throws -> String? {
        guard let name = form.optional("other_host").map({ CleanText.line(String($0.prefix(200))) }), !name.isEmpty else { return nil }
        return try Organization.findOrCreate(name, programme: programmeId, in: change)
    }

    /// The structures ticked, all of the programme.
    static func coHosts(_ form: Fields, in programmeId: String, _ reader: any Reader) throws -> [String] {
        let ids = form.all("co_hosts")
        guard !ids.isEmpty else { return [] }
        guard try Set(ids).isSubset(of: Organization.of(programme: programmeId, reader).map(\.id)) else {
            throw VisitRefusal.unknownChoice(field: "co_hosts")
        }
        return ids
    }

    /// The territory typed, known by its name or added; else the one chosen, of the programme.
    static func territory(_ form: Fields, in programmeId: String, _ change: Change) throws -> String? {
        if let name = form.optional("other_territory").map({ CleanText.line(String($0.prefix(200))) }), !name.isEmpty {
            return try NewTerritory.findOrCreate(name, codes: form.text("codes"), programme: programmeId, in: change)
        }
        guard let id = form.optional("territory") else { return nil }
        guard try change.exists("SELECT 1 FROM territory WHERE id = \(id) AND programme_id = \(programmeId)") else {
            throw VisitRefusal.unknownChoice(field: "territory")
        }
        return id
    }
}

private struct Named: Decodable {
    var id: String
    var name: String
}
