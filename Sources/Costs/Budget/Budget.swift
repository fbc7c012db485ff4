import Formats
import Platform

/// Who pays for a visit, with the most it pays by kind.
struct Funding: Sendable, Equatable {
    var id: String
    var name: String
    var ceilings: [CostKind: Cents]
}

/// What may be spent on a visit and what is, by kind and by funding: sums, and where they go over.
struct Budget: Sendable, Equatable {
    /// One kind of cost of one funding, or of all.
    struct Line: Sendable, Equatable {
        /// Nil for what no funding is named for.
        var funding: Funding?
        var kind: CostKind
        /// Nil where none is set.
        var ceiling: Cents?
        /// Accepted, paid back or not yet.
        var actual: Cents
        /// Asked for and not decided.
        var claimed: Cents

        /// How far what is accepted goes over; nil otherwise.
        var overrun: Cents? { ceiling.flatMap { actual > $0 ? actual - $0 : nil } }
        /// How far it would go over if everything that is asked for were accepted.
        var overrunAhead: Cents? { ceiling.flatMap { overrun == nil && actual + claimed > $0 ? actual + claimed - $0 : nil } }
        var left: Cents? { ceiling.map { $0 - actual } }
    }

    let fundings: [Funding]
    /// By funding then kind; what no funding is named for at the end.
    let lines: [Line]

    init(_ fundings: [Funding], _ claims: [Claim]) {
        self.fundings = fundings
        func line(_ funding: Funding?, _ kind: CostKind) -> Line {
            let own = claims.filter { $0.fundingId == funding?.id && $0.kind == kind }
            return Line(
                funding: funding, kind: kind, ceiling: funding?.ceilings[kind], actual: own.compactMap(\.actual).sum,
                claimed: own.filter { $0.state == .claimed }.map(\.cents).sum)
        }
        let known = fundings.flatMap { funding in CostKind.allCases.map { line(funding, $0) } }
        let bare = CostKind.allCases.map { line(nil, $0) }.filter { $0.actual > .zero || $0.claimed > .zero }
        lines = known.filter { $0.ceiling != nil || $0.actual > .zero || $0.claimed > .zero } + bare
    }

    /// A kind in all, whoever pays; its ceiling is the sum of those that are set.
    func total(_ kind: CostKind) -> Line {
        let own = lines.filter { $0.kind == kind }
        let ceilings = own.compactMap(\.ceiling)
        return Line(
            funding: nil, kind: kind, ceiling: ceilings.isEmpty ? nil : ceilings.sum, actual: own.map(\.actual).sum, claimed: own.map(\.claimed).sum)
    }

    var totals: [Line] { CostKind.allCases.map(total) }
    var ceiling: Cents? { totals.compactMap(\.ceiling).isEmpty ? nil : totals.compactMap(\.ceiling).sum }
    var actual: Cents { totals.map(\.actual).sum }
    var claimed: Cents { totals.map(\.claimed).sum }
    /// Where more is accepted than may be spent: first by funding, else by kind in all.
    var overruns: [Line] {
        let own = lines.filter { $0.overrun != nil }
        return own + totals.filter { total in total.overrun != nil && !own.contains { $0.kind == total.kind } }
    }
    /// Where what is asked for would go over.
    var overrunsAhead: [Line] {
        let own = lines.filter { $0.overrunAhead != nil }
        return own + totals.filter { total in total.overrunAhead != nil && !own.contains { $0.kind == total.kind } }
    }
}

/// What somebody advanced, was given, and is still owed.
struct Account: Sendable, Equatable {
    var personId: String
    var name: String
    var accepted: Cents = .zero
    var claimed: Cents = .zero
    var paidBack: Cents = .zero
    var given: Cents = .zero

    /// Owed to the person; below zero, the person has money to give back.
    var owed: Cents { accepted - paidBack - given }

    static func of(_ claims: [Claim], _ advances: [CostAdvance]) -> [Account] {
        var order: [String] = []
        var accounts: [String: Account] = [:]
        func edit(_ id: String, _ name: String, _ change: (inout Account) -> Void) {
            if accounts[id] == nil { order.append(id) }
            change(&accounts[id, default: Account(personId: id, name: name)])
        }
        for claim in claims {
            edit(claim.claimantId, claim.claimant) { account in
                account.accepted = account.accepted + (claim.actual ?? .zero)
                if claim.state == .claimed { account.claimed = account.claimed + claim.cents }
                if claim.state == .paid { account.paidBack = account.paidBack + (claim.actual ?? .zero) }
            }
        }
        for advance in advances { edit(advance.personId, advance.name) { $0.given = $0.given + advance.cents } }
        return order.compactMap { accounts[$0] }.sorted { ($0.name, $0.personId) < ($1.name, $1.personId) }
    }
}
