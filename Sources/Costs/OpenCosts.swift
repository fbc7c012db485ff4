import Database
import Formats
import Platform
import Visits

/// The costs of a visit as this person may see them: all of them, the sums alone, or one's own claims.
struct OpenCosts: Sendable {
    let visit: Visit
    /// Sets ceilings, decides, pays, reads every claim.
    let mayManage: Bool
    /// Reads the sums.
    let maySum: Bool
    /// Asks for what they spent.
    let mayClaim: Bool

    var base: String { "\(visit.path)/frais" }

    typealias Handler = @Sendable (Request, OpenCosts) async throws -> Response

    /// A handler that is given the costs of the visit of its path: 404 to whoever has nothing to do with them.
    static func at(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        { request in
            try await handle(
                request,
                try await request.site.database.read { reader in
                    try of(VisitQueries.load(programme: request["programme"], slug: request["visit"], reader), request, reader)
                })
        }
    }

    /// The same for whoever manages costs.
    static func managed(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        at { request, open in
            guard open.mayManage else { throw Forbidden(.manageCosts) }
            return try await handle(request, open)
        }
    }

    /// The same with the claim of the path: its claimant's, or that of whoever manages costs.
    static func claim(_ handle: @escaping @Sendable (Request, OpenCosts, Claim) async throws -> Response) -> @Sendable (Request) async throws -> Response {
        at { request, open in
            try await handle(request, open, try await request.site.database.read { try open.claim(request["claim"], $0, request) })
        }
    }

    /// - Throws: `NotFound`
    static func of(_ visit: Visit, _ request: Request, _ reader: any Reader) throws -> OpenCosts {
        let thing = try reader.see(visit.id, request)
        func allows(_ action: Action) -> Bool { request.site.policy.allows(action, request.viewer, on: thing) }
        let open = OpenCosts(visit: visit, mayManage: allows(.manageCosts), maySum: allows(.seeCosts), mayClaim: allows(.claimCosts))
        guard open.mayManage || open.maySum || open.mayClaim else { throw NotFound() }
        return open
    }

    /// - Throws: `NotFound`
    func claim(_ id: String, _ reader: any Reader, _ request: Request) throws -> Claim {
        let claim = try CostQueries.claim(id, of: visit.id, reader)
        if !mayManage { try reader.see(id, request) }
        return claim
    }

    /// The claims this person reads: all, or their own.
    func claims(_ reader: any Reader, _ request: Request) throws -> [Claim] {
        mayManage ? try CostQueries.claims(visit.id, reader) : try CostQueries.claims(visit.id, seenBy: request, reader)
    }
}

extension Change {
    /// The right over one claim: its claimant's own, or `manageCosts` on the visit.
    /// - Returns: whether it is the claimant's.
    func requireClaim(_ claim: Claim) throws -> Bool {
        let isOwn = claim.claimantId == actor.personId
        if isOwn { try require(.see, on: claim.id) } else { try require(.manageCosts, on: claim.visitId) }
        return isOwn
    }
}

/// What was just done, said on the page that follows: `?fait=claimed`.
enum Done: String, CaseIterable {
    case claimed, changed, received, removed, restored, withdrawn, accepted, refused, paid, budget, advanced, advanceRemoved

    static func path(_ base: String, _ done: Done) -> String { "\(base)?fait=\(done.rawValue)" }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("costs.done", of: done))</p>"
    }
}
