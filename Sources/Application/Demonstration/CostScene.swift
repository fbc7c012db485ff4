import Database
import Formats
import Platform

/// The officer sets ceilings; people ask for what they spent, with receipts; the coordinator decides.
struct CostScene: Sendable {
    let scenes: VisitScenes

    private var base: String { "\(scenes.base)/frais" }

    func play() async throws {
        guard let costs = scenes.visit.costs else { return }
        let (stage, officer) = (scenes.stage, scenes.officer)
        for funding in costs.fundings {
            try await stage.act(
                officer, "\(base)/budget",
                try await known() + [
                    ("name-new", funding.name), ("travel-new", funding.travel), ("lodging-new", funding.lodging), ("meals-new", funding.meals),
                ])
        }
        var ids: [String] = []
        for claim in costs.claims {
            let fields = ["kind": claim.kind, "words": claim.words, "spent_on": claim.date, "amount": claim.amount]
            let files = claim.receipt.map { ["file": UploadedFile(name: "justificatif.txt", bytes: Array($0.utf8))] } ?? [:]
            let response = try await stage.client(claim.person).post(base, fields, files: files, headers: [:])
            guard response.status == 303, let location = response.header("location") else {
                throw Stage.Missed(person: claim.person, path: base, response: response)
            }
            ids.append(String(location.split(separator: "/").last?.prefix { $0 != "?" } ?? ""))
        }
        scenes.clock.move(to: costs.decidedOn, hour: 15)
        for (id, claim) in zip(ids, costs.claims) { try await decide(id, claim) }
    }

    private func decide(_ id: String, _ claim: Story.Costs.Claim) async throws {
        guard let accepted = claim.accepted else { return }
        let (stage, coordinator) = (scenes.stage, "nadia-benhamou")
        let funding = try await stage.read { reader in try reader.text("SELECT id FROM cost_funding WHERE name = \(claim.funding)") ?? "" }
        try await stage.act(
            coordinator, "\(base)/\(id)/decision",
            [("decision", "accept"), ("accepted", accepted), ("funding", funding), ("reason", claim.reason ?? "")])
        guard let day = claim.paidOn else { return }
        scenes.clock.move(to: day, hour: 16)
        try await stage.act(coordinator, "\(base)/\(id)/paiement", [("paid_on", day)])
    }

    /// What the form shows of the fundings that are there.
    private func known() async throws -> [(String, String)] {
        try await scenes.stage.read { reader in
            let slug = scenes.visit.visit
            let names = try reader.rows(
                "SELECT cost_funding.id, cost_funding.name FROM cost_funding JOIN visit ON visit.id = visit_id WHERE slug = \(slug) ORDER BY cost_funding.position")
            let ceilings = try reader.rows("SELECT funding_id, kind, cents FROM cost_ceiling")
            return names.map { ("name-\($0.text("id") ?? "")", $0.text("name") ?? "") }
                + ceilings.map { row in
                    let cents = row.integer("cents") ?? 0
                    return ("\(row.text("kind") ?? "")-\(row.text("funding_id") ?? "")", "\(cents / 100),\(cents % 100 < 10 ? "0" : "")\(cents % 100)")
                }
        }
    }
}
