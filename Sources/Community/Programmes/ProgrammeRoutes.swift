import Database
import Formats
import Platform

/// The pages of programmes.
enum ProgrammeRoutes {
    static let routes: [Route] = [
        .get("/programmes", asks: .anyone, for: "everybody") { request in
            let programmes = try await request.site.database.read { try Programme.visible(to: request, $0) }
            return .page(ProgrammeListView(request: request, programmes: programmes).page)
        },
        .get("/programmes/{programme}", asks: .anyone, for: "everybody", overview),
        .get("/programmes/{programme}/plan", asks: .signedInTo(.see), for: "the programme") { request in
            try await request.site.database.read { reader in
                let programme = try Programme.inside(request["programme"], reader, request)
                return .page(PlanView(request, programme, try ProgrammeParts.file(of: programme.id, reader)).page)
            }
        },
        .get("/programmes/{programme}/plan/export", asks: .signedInTo(.see), for: "the programme") { request in
            try await request.site.database.read { reader in
                let programme = try Programme.inside(request["programme"], reader, request)
                guard let file = try ProgrammeParts.file(of: programme.id, reader) else { throw NotFound() }
                let table = PlanTables(words: request.words, file: file).export
                return try .table(header: table.header, rows: table.rows, named: "plan-\(programme.slug)", request)
            }
        },
        .get("/programmes/{programme}/export", asks: .thing(.manageProgramme), for: "who manages the programme") {
            request in
            try await request.site.database.read { reader in
                let programme = try Programme.managed(request["programme"], reader, request)
                let yaml = try ProgrammeExport.yaml(programme.id, reader)
                return .download(
                    Array(yaml.utf8), type: "application/yaml; charset=utf-8", name: "\(programme.slug).yaml")
            }
        },
        .get("/programmes/{programme}/reglages", asks: .thing(.manageProgramme), for: "who manages the programme") {
            request in
            let programme = try await request.site.database.read {
                try Programme.managed(request["programme"], $0, request)
            }
            return .page(SettingsView(request, programme, values: ProgrammeSettings.fields(of: programme)).page)
        },
        .post(
            "/programmes/{programme}/reglages", asks: .thing(.manageProgramme), for: "who manages the programme", settle
        ),
    ]

    private static let overview: @Sendable (Request) async throws -> Response = { request in
        let overview = try await request.site.database.read { try Overview.load(request["programme"], $0, request) }
        let panels = try await request.site.panels(on: "programme", of: overview.programme.id, request)
        return .sharedPage(OverviewView(request: request, overview: overview, panels: panels).page)
    }

    private static let settle: @Sendable (Request) async throws -> Response = { request in
        let programme = try await request.site.database.read { try Programme.load(request["programme"], $0, request) }
        let form = request.form
        return try await request.attempt(
            {
                try await request.site.amend(as: "programme.settled", by: request.actor) { change in
                    try change.require(.manageProgramme, on: programme.id)
                    let now = try Programme.load(id: programme.id, change)
                    try FormBase(ProgrammeSettings.fields(of: now)).check(form)
                    try ProgrammeSettings(form).save(programme.id, in: change)
                    try change.trace("programme", programme.id, programme: programme.id)
                }
                return .redirect(programme.path)
            },
            otherwise: { problems in
                SettingsView(request, programme, values: form, problems: problems).page
            })
    }
}

extension Programme {
    /// The programme of an address, for its community.
    /// - Throws: `NotFound` for whoever is not of it.
    static func inside(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Programme {
        let programme = try load(slug, reader, request)
        guard request.site.policy.allows(.see, request.viewer, on: programme.community) else { throw NotFound() }
        return programme
    }

    /// The programme of an address, for whoever manages it.
    /// - Throws: `NotFound`, or `Forbidden` when it is visible but not this person's.
    static func managed(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Programme {
        let programme = try load(slug, reader, request)
        guard request.site.policy.allows(.manageProgramme, request.viewer, on: programme.community) else {
            throw Forbidden(.manageProgramme)
        }
        return programme
    }
}
