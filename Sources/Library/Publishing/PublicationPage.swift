import Community
import Database
import Formats
import Platform
import Territories
import Texts
import Visits

/// `/textes/{text}/publication` : the rule as a checklist, and the acts of whoever publishes or arbitrates.
enum PublicationPage {
    static func show(_ request: Request) async throws -> Response {
        .page(try await page(request))
    }

    static func publish(_ request: Request) async throws -> Response {
        let id = request["text"]
        let form = request.form
        let words = request.words
        return try await request.attempt(
            {
                try await request.site.amend(as: "text.published", by: request.actor) { change in
                    let thing = try change.require(.publish, on: id)
                    let territories = try TerritoryNames.of(programme: thing.programmeId ?? "", change)
                    let head = try TextQueries.head(id, change)
                    try head.base.check(form, otherwise: Refused("texts.refusal.otherRevision", ["number": head.number]))
                    let read = try PublicationForm.read(form, territories: territories)
                    _ = try Publishing.publish(id, read, words, in: change)
                }
                return .redirect("/textes/\(id)/publication?fait=publie")
            }, otherwise: { try await page(request, values: form, problems: $0) })
    }

    static func open(_ request: Request) async throws -> Response {
        let id = request["text"]
        let words = request.words
        return try await act(request, as: "publication.opened", done: "publie") { change in
            try change.require(.publish, on: id)
            try Publishing.openScheduled(id, words, in: change)
        }
    }

    static func unpublish(_ request: Request) async throws -> Response {
        let id = request["text"]
        let reason = request.form.text("withdrawal")
        return try await act(request, as: "text.unpublished", done: "retire") { change in
            try change.require(.publish, on: id)
            try Publishing.unpublish(id, reason: reason, in: change)
        }
    }

    static func arbitrate(_ request: Request) async throws -> Response {
        let id = request["text"]
        let reason = request.form.text("reason")
        return try await act(request, as: "text.arbitrated", done: "arbitrage") { change in
            try change.require(.arbitrate, on: id)
            try Arbitrations.record(reason, on: id, in: change)
        }
    }

    private static func act(
        _ request: Request, as action: String, done: String, _ body: @escaping @Sendable (Change) throws -> Void
    ) async throws -> Response {
        try await request.attempt(
            {
                try await request.site.amend(as: action, by: request.actor, body)
                return .redirect("/textes/\(request["text"])/publication?fait=\(done)")
            }, otherwise: { try await page(request, values: request.form, problems: $0) })
    }

    /// For whoever may publish or arbitrate: the others are told nothing of it.
    private static func page(_ request: Request, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        try await request.site.database.read { reader in
            let thing = try reader.see(request["text"], request)
            let policy = request.site.policy
            let mayPublish = policy.allows(.publish, request.viewer, on: thing)
            let mayArbitrate = policy.allows(.arbitrate, request.viewer, on: thing)
            let known = try PublicationCase.load(request["text"], reader)
            guard mayPublish || mayArbitrate else { throw Forbidden(.publish) }
            let particulars = try known.particulars(reader)
            return PublicationView(
                known: known, lines: known.lines(particulars, today: request.now.day()),
                territories: try TerritoryNames.of(programme: known.text.programmeId, reader),
                form: FormView(request, values: values ?? fields(known, particulars), problems: problems),
                mayPublish: mayPublish, mayArbitrate: mayArbitrate
            ).page
        }
    }

    private static func fields(_ known: PublicationCase, _ particulars: PublicationRule.Particulars) -> Fields {
        Fields([
            ("license", particulars.license), ("authors", particulars.authors.joined(separator: "\n")),
            ("territory", particulars.territoryId ?? ""), ("not_before", particulars.notBefore?.typed ?? ""),
            ("lede", known.publication?.lede ?? ""), ("slug", known.publication?.slug ?? French.slug(known.head.title)),
        ])
    }
}
