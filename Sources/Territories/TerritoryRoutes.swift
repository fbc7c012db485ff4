import Community
import Database
import Formats
import Platform

/// The pages of the territories of a programme.
enum TerritoryRoutes {
    static let routes: [Route] = [
        .get("/programmes/{programme}/territoires", asks: .anyone, for: "everybody") { request in
            let (views, territories, places) = try await all(request)
            return .page(views.list(territories, places))
        },
        .get("/programmes/{programme}/territoires/export", asks: .anyone, for: "everybody") { request in
            let (views, territories, places) = try await all(request)
            return try views.file(territories, places)
        },
        .post(
            "/programmes/{programme}/territoires", asks: .thing(.manageProgramme), for: "who manages the programme", add
        ),
        .get(
            "/programmes/{programme}/territoires/nouveau", asks: .thing(.manageProgramme),
            for: "who manages the programme"
        ) {
            request in
            let views = try await managed(request)
            return .page(views.form(nil, values: Fields()))
        },
        .get("/programmes/{programme}/territoires/{territory}", asks: .anyone, for: "everybody") { request in
            let (views, territory, places) = try await open(request)
            let change = try await request.site.database.read { reader in
                request.site.policy.allows(.see, request.viewer, on: views.programme.community)
                    ? try LastChange.of(territory.id, reader) : nil
            }
            let panels = try await request.site.panels(on: "territory", of: territory.id, request)
            return .page(views.territory(territory, places, change, panels: panels))
        },
        .get(
            "/programmes/{programme}/territoires/{territory}/modifier", asks: .thing(.manageProgramme),
            for: "who manages the programme"
        ) { request in
            let (views, territory, places) = try await open(request)
            guard views.mayManage else { throw Forbidden(.manageProgramme) }
            return .page(views.form(territory, values: TerritoryViews.fields(of: territory, places)))
        },
        .post(
            "/programmes/{programme}/territoires/{territory}/modifier", asks: .thing(.manageProgramme),
            for: "who manages the programme", edit),
    ]

    private static let add: @Sendable (Request) async throws -> Response = { request in
        let views = try await managed(request)
        let form = request.form
        return try await request.attempt(
            {
                let new = try NewTerritory(form)
                try await request.site.amend(as: "territory.added", by: request.actor) { change in
                    try change.require(.manageProgramme, on: views.programme.id)
                    try change.trace(
                        "territory", try new.add(to: views.programme.id, change), programme: views.programme.id,
                        ["label": new.name])
                }
                return .redirect(views.base)
            },
            otherwise: { problems in views.form(nil, values: form, problems: problems) })
    }

    private static let edit: @Sendable (Request) async throws -> Response = { request in
        let (views, territory, _) = try await open(request)
        guard views.mayManage else { throw Forbidden(.manageProgramme) }
        let form = request.form
        return try await request.attempt(
            {
                let new = try NewTerritory(form)
                try await request.site.amend(as: "territory.changed", by: request.actor) { change in
                    try change.require(.manageProgramme, on: territory.id)
                    try new.replace(territory.id, change)
                    try change.trace("territory", territory.id, programme: territory.programmeId, ["label": new.name])
                }
                return .redirect("\(views.base)/\(territory.slug)")
            },
            otherwise: { problems in views.form(territory, values: form, problems: problems) })
    }

    private static func all(_ request: Request) async throws -> (TerritoryViews, [Territory], [String: [TerritoryPlace]]) {
        try await request.site.database.read { reader in
            let programme = try Programme.load(request["programme"], reader, request)
            let territories = try Territory.of(programme: programme.id, reader, request)
            let places = try Territory.places(of: territories.map(\.id), reader)
            return (TerritoryViews(request: request, programme: programme), territories, places)
        }
    }

    private static func managed(_ request: Request) async throws -> TerritoryViews {
        let programme = try await request.site.database.read { try Programme.load(request["programme"], $0, request) }
        let views = TerritoryViews(request: request, programme: programme)
        guard views.mayManage else { throw Forbidden(.manageProgramme) }
        return views
    }

    private static func open(_ request: Request) async throws -> (TerritoryViews, Territory, [TerritoryPlace]) {
        try await request.site.database.read { reader in
            let programme = try Programme.load(request["programme"], reader, request)
            let territory = try Territory.load(request["territory"], programme: programme.id, reader, request)
            let places = try Territory.places(of: [territory.id], reader)[territory.id] ?? []
            return (TerritoryViews(request: request, programme: programme), territory, places)
        }
    }
}
