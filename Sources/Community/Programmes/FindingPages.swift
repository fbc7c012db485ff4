import Database
import Formats
import Platform

/// What was noticed in the file of a programme: read by its people, settled one by one by those who conduct it.
enum FindingPages {
    private static let path = "/programmes/{programme}/remarques"

    static let routes: [Route] = [
        .get(path, asks: .signedInTo(.see), for: "the programme") { request in .page(try await page(request)) },
        .post("\(path)/{finding}", asks: .thing(.manageProgramme), for: "officer, coordinator", settle),
        .post("\(path)/{finding}/reprise", asks: .thing(.manageProgramme), for: "officer, coordinator", reopen),
    ]

    private static let settle: @Sendable (Request) async throws -> Response = { request in
        let decision = request.form.line("decision")
        return try await request.attempt(
            {
                try await act("finding.settled", request) { finding, change in
                    guard !decision.isEmpty else { throw Refused("community.findings.decisionMissing", field: "decision") }
                    guard decision.unicodeScalars.count <= 1_000 else {
                        throw Refused("community.findings.decisionTooLong", field: "decision")
                    }
                    try FindingQueries.settle(finding, decision, in: change)
                }
            },
            otherwise: { problems in try await page(request, problems: problems) })
    }

    private static let reopen: @Sendable (Request) async throws -> Response = { request in
        try await act("finding.reopened", request) { finding, change in try FindingQueries.reopen(finding, in: change) }
    }

    private static func act(
        _ action: String, _ request: Request, _ body: @escaping @Sendable (_ id: String, Change) throws -> Void
    ) async throws -> Response {
        let (slug, id) = (request["programme"], request["finding"])
        let programme = try await request.site.database.read { try Programme.managed(slug, $0, request) }
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try change.require(.manageProgramme, on: programme.id)
            let finding = try FindingQueries.one(id, of: programme.id, change)
            try body(id, change)
            try change.trace(
                "programme", programme.id, programme: programme.id, ["label": finding.sentence(change.site.words(programme.language))])
        }
        return .redirect("\(programme.path)/remarques#remarque-\(id)")
    }

    private static func page(_ request: Request, problems: [Problem] = []) async throws -> Page {
        try await request.site.database.read { reader in
            let programme = try Programme.inside(request["programme"], reader, request)
            return FindingsView(
                request: request, mayManage: request.site.policy.allows(.manageProgramme, request.viewer, on: programme.community),
                problems: problems
            ).page(try FindingQueries.of(programme: programme.id, reader), of: programme)
        }
    }
}
