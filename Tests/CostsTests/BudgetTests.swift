import Formats
import Platform
import Testing

@testable import Costs

/// Sums by kind and by funding, and where they go over.
@Suite struct BudgetTests {
    private func claim(_ kind: CostKind, _ cents: Int, _ state: Claim.State, accepted: Int? = nil, funding: String? = nil, by person: String = "ana") -> Claim {
        let day = Day(iso: "2026-04-14")!
        return Claim(
            id: "\(cents)", visitId: "v", claimantId: person, claimant: person, enteredBy: nil, kind: kind, spentOn: day, cents: Cents(cents), words: "x",
            state: state, acceptedCents: accepted.map { Cents($0) }, fundingId: funding, reason: "", decidedBy: nil, decidedAt: nil,
            paidOn: state == .paid ? day : nil, createdAt: Instant(milliseconds: 0), receipts: 0)
    }

    private let region = Funding(id: "r", name: "Région", ceilings: [.travel: Cents(10_000), .meals: Cents(5_000)])

    @Test func `only what is accepted counts as spent, for what was accepted of it`() {
        let budget = Budget(
            [region],
            [
                claim(.travel, 8_000, .paid, accepted: 8_000, funding: "r"), claim(.travel, 4_000, .accepted, accepted: 1_500, funding: "r"),
                claim(.travel, 900, .claimed), claim(.meals, 700, .refused), claim(.lodging, 600, .withdrawn), claim(.lodging, 100, .accepted, accepted: 100),
            ])
        let travel = budget.lines.first { $0.kind == .travel && $0.funding != nil }
        #expect(travel?.actual == Cents(9_500) && travel?.left == Cents(500) && travel?.overrun == nil)
        #expect(budget.total(.travel).claimed == Cents(900) && budget.total(.lodging).actual == Cents(100) && budget.total(.lodging).ceiling == nil)
        #expect(budget.actual == Cents(9_600) && budget.claimed == Cents(900) && budget.ceiling == Cents(15_000))
        #expect(budget.overruns.isEmpty)
        // What is asked for without a funding would take travel over in all.
        #expect(budget.overrunsAhead.map(\.overrunAhead) == [Cents(400)])
    }

    @Test func `an overrun is told where it is, to the cent`() {
        let budget = Budget([region], [claim(.meals, 5_001, .accepted, accepted: 5_001, funding: "r")])
        #expect(budget.overruns.map(\.overrun) == [Cents(1)] && budget.overruns.first?.funding?.name == "Région")
        #expect(Budget([region], [claim(.meals, 5_000, .accepted, accepted: 5_000, funding: "r")]).overruns.isEmpty)
    }

    @Test func `a sum of many is exact`() {
        let claims = (0..<1_000).map { _ in claim(.meals, 10, .accepted, accepted: 10) }
        #expect(Budget([], claims).actual == Cents(10_000))
    }

    @Test func `what a person is owed counts what they were given and paid back`() {
        let day = Day(iso: "2026-04-01")!
        let advance = CostAdvance(id: "a", personId: "ana", name: "ana", cents: Cents(5_000), paidOn: day, words: "")
        let accounts = Account.of(
            [claim(.travel, 8_000, .accepted, accepted: 8_000), claim(.meals, 1_000, .paid, accepted: 1_000), claim(.meals, 300, .claimed, by: "bo")], [advance])
        #expect(accounts.map(\.name) == ["ana", "bo"])
        #expect(accounts[0].owed == Cents(3_000) && accounts[0].accepted == Cents(9_000) && accounts[1].owed == .zero)
        #expect(Account.of([], [advance])[0].owed == Cents(-5_000))
    }
}
