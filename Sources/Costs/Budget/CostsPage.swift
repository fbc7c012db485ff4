import Database
import Formats
import Platform
import Visits

/// The costs of a visit: what may be spent and what is, who is owed what, the claims one may read.
enum CostsPage {
    struct Facts: Sendable {
        var budget: Budget?
        var accounts: [Account]
        var claims: [Claim]
        var advances: [CostAdvance]

        static func load(_ open: OpenCosts, _ reader: any Reader, _ request: Request) throws -> Facts {
            let shown = try open.claims(reader, request)
            let all = open.mayManage ? shown : open.maySum ? try CostQueries.claims(open.visit.id, reader) : []
            let advances = try CostQueries.advances(open.visit.id, of: open.mayManage ? nil : request.viewer.personId ?? "", reader)
            return Facts(
                budget: open.maySum ? Budget(try CostQueries.fundings(open.visit.id, reader), all) : nil,
                accounts: Account.of(shown, advances), claims: shown, advances: advances)
        }
    }

    static let size = 50

    static func show(_ request: Request, _ open: OpenCosts) async throws -> Response {
        .page(try await page(request, open))
    }

    static func page(_ request: Request, _ open: OpenCosts, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let (facts, people) = try await request.site.database.read { reader in
            (try Facts.load(open, reader, request), open.mayManage ? try ClaimPage.people(open.visit, reader) : [])
        }
        let views = CostsViews(request: request, open: open, facts: facts, people: people, typed: typed, problems: problems)
        return open.visit.page(request.words("costs.title"), request, views.content).with { $0.notice = Done.notice(request) }
    }

    /// The claims one may read, as a table.
    static func export(_ request: Request, _ open: OpenCosts) async throws -> Response {
        let (claims, fundings) = try await request.site.database.read { reader in
            (try open.claims(reader, request), try CostQueries.fundings(open.visit.id, reader))
        }
        let words = request.words
        let names = Dictionary(uniqueKeysWithValues: fundings.map { ($0.id, $0.name) })
        let header = ["visit", "claimant", "spentOn", "kind", "words", "amount", "accepted", "state", "funding", "receipts", "reason", "paidOn"]
        let rows = CostsViews.wanted(claims, request).map { claim -> [String] in
            [
                open.visit.name, claim.claimant, claim.spentOn.iso, words.name("costs.kind", of: claim.kind), claim.words, claim.cents.plain(mark: request.decimalMark),
                claim.actual?.plain(mark: request.decimalMark) ?? "", words.name("costs.state", of: claim.state), claim.fundingId.flatMap { names[$0] } ?? "",
                String(claim.receipts), claim.reason, claim.paidOn?.iso ?? "",
            ]
        }
        return try .table(header: header.map { words("costs.column.\($0)") }, rows: rows, named: "frais-\(open.visit.slug)", request)
    }
}
