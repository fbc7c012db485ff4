import Community
import Database
import Formats
import Platform
import Visits

/// Asking for what one spent, putting it right, adding receipts; deciding and paying back.
enum ClaimActs {
    static func add(_ request: Request, _ open: OpenCosts) async throws -> Response {
        guard open.mayClaim || open.mayManage else { throw Forbidden(.claimCosts) }
        let (form, visit) = (request.form, open.visit)
        return try await request.attempt {
            let typed = try TypedClaim(form, today: request.now.day())
            let file = form.file("file") == nil ? nil : try await request.site.receive(form.file("file"), nil)
            let id = try await request.site.amend(as: "costs.claimed", by: request.actor, isPublic: false) { change in
                try change.require(open.mayClaim ? .claimCosts : .manageCosts, on: visit.id)
                let claimant = try whose(typed, open, change)
                let id = try CostQueries.add(typed, for: claimant, visit: visit.id, programme: visit.programmeId, in: change)
                if let file { try CostQueries.keep(file, of: id, in: change) }
                try change.trace("cost", id, programme: visit.programmeId)
                return id
            }
            return .redirect(Done.path("\(open.base)/\(id)", .claimed))
        } otherwise: { problems in
            try await ClaimPage.form(request, open, nil, values: form, problems: problems)
        }
    }

    /// Oneself, or somebody of the visit for whoever manages costs.
    private static func whose(_ typed: TypedClaim, _ open: OpenCosts, _ change: Change) throws -> String {
        guard let me = change.actor.personId else { throw NotFound() }
        guard open.mayManage, let other = typed.claimantId, other != me else {
            guard open.mayClaim else { throw Refused("costs.refusal.claimant", field: "claimant") }
            return me
        }
        guard try ClaimPage.people(open.visit, change).contains(where: { $0.value == other }) else {
            throw Refused("costs.refusal.claimant", field: "claimant")
        }
        return other
    }

    static func save(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let form = request.form
        return try await request.attempt {
            let typed = try TypedClaim(form, today: request.now.day())
            try await amend(request, claim, as: "costs.claimChanged") { now, change in
                try now.edit()
                try CostQueries.save(typed, now.id, in: change)
            }
            return .redirect(Done.path("\(open.base)/\(claim.id)", .changed))
        } otherwise: { problems in
            try await ClaimPage.form(request, open, claim, values: form, problems: problems)
        }
    }

    static func withdraw(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        try await act(request, open, claim, as: "costs.claimWithdrawn", .withdrawn) { now, change in
            try now.withdraw()
            try change.run("UPDATE cost_claim SET state = 'withdrawn', accepted_cents = NULL WHERE id = \(now.id)")
        }
    }

    // MARK: - Receipts

    static func receive(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        try await request.attempt {
            let file = try await request.site.receive(request.form.file("file"), nil)
            try await amend(request, claim, as: "costs.receiptAdded") { now, change in
                guard now.state != .paid, now.state != .withdrawn else { throw Refused("costs.refusal.\(now.state.rawValue)") }
                try CostQueries.keep(file, of: now.id, in: change)
            }
            return .redirect(Done.path("\(open.base)/\(claim.id)", .received) + "#justificatifs")
        } otherwise: { problems in
            try await ClaimPage.page(request, open, claim, problems: problems)
        }
    }

    static func receipt(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let receipt = try await request.site.database.read { try CostQueries.receipt(request["file"], of: claim.id, $0) }
        guard receipt.removedAt == nil, let bytes = request.site.files.content(receipt.hash) else { throw NotFound() }
        return .download(bytes, type: receipt.kind.rawValue, name: receipt.kind.named(receipt.name.isEmpty ? "justificatif" : receipt.name))
    }

    static func removeReceipt(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let id = request["file"]
        _ = try await request.site.database.read { try CostQueries.receipt(id, of: claim.id, $0) }
        let done = try await act(request, open, claim, as: "costs.receiptRemoved", .removed) { now, change in
            try now.edit()
            try change.run("UPDATE cost_receipt SET removed_at = \(change.now) WHERE id = \(id) AND claim_id = \(now.id) AND removed_at IS NULL")
        }
        return done.status == 303 ? .redirect("\(open.base)/\(claim.id)?justificatif=\(id)#justificatifs") : done
    }

    static func restoreReceipt(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let id = request["file"]
        _ = try await request.site.database.read { try CostQueries.receipt(id, of: claim.id, $0) }
        return try await act(request, open, claim, as: "costs.receiptRestored", .restored) { now, change in
            try change.run("UPDATE cost_receipt SET removed_at = NULL WHERE id = \(id) AND claim_id = \(now.id)")
        }
    }

    // MARK: - Deciding and paying

    static func decide(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let form = request.form
        let isAccepted = form["decision"] == "accept"
        return try await act(request, open, claim, as: isAccepted ? "costs.claimAccepted" : "costs.claimRefused", isAccepted ? .accepted : .refused) {
            now, change in
            try change.require(.manageCosts, on: now.visitId)
            try now.base.check(form)
            let isAlone = try !change.people(in: open.visit.programmeId)
                .contains { [.officer, .coordinator].contains($0.role) && $0.personId != change.actor.personId }
            try now.decide(isOwn: [now.claimantId, now.enteredById].contains(change.actor.personId), isAlone: isAlone)
            let reason = form.text("reason")
            guard reason.unicodeScalars.count <= Claim.longest else { throw Refused("costs.refusal.tooLong", ["n": Claim.longest], field: "reason") }
            guard isAccepted else {
                guard form["decision"] == "refuse" else { throw Refused("costs.refusal.decision", field: "decision") }
                guard !Markdown.isBlank(reason) else { throw Refused("costs.refusal.noReason", field: "reason") }
                try write(now, .refused, nil, nil, reason, change)
                return try tell(now, open.visit, "refused", ["reason": reason], change)
            }
            let accepted = try CentsEntry.required(form, "accepted")
            guard accepted <= now.cents else { throw Refused("costs.refusal.tooMuch", ["most": now.cents], field: "accepted") }
            guard accepted == now.cents || !Markdown.isBlank(reason) else { throw Refused("costs.refusal.partNoReason", field: "reason") }
            let funding = form.optional("funding")
            if let funding, try !CostQueries.fundings(now.visitId, change).contains(where: { $0.id == funding }) {
                throw Refused("costs.refusal.funding", field: "funding")
            }
            try write(now, .accepted, accepted, funding, reason, change)
            let isPart = accepted < now.cents
            try tell(now, open.visit, isPart ? "acceptedPart" : "accepted", ["accepted": accepted, "reason": reason], change)
        }
    }

    private static func write(_ claim: Claim, _ state: Claim.State, _ cents: Cents?, _ funding: String?, _ reason: String, _ change: Change) throws {
        try change.run(
            """
            UPDATE cost_claim SET state = \(state), accepted_cents = \(cents), funding_id = \(funding), reason = \(reason),
                decided_by = \(change.actor.personId), decided_at = \(change.now) WHERE id = \(claim.id)
            """)
    }

    static func pay(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let form = request.form
        return try await act(request, open, claim, as: "costs.claimPaid", .paid) { now, change in
            try change.require(.manageCosts, on: now.visitId)
            try now.base.check(form)
            let day = try DayEntry.required(form, "paid_on")
            try now.pay(on: day, today: change.today)
            try change.run("UPDATE cost_claim SET state = 'paid', paid_on = \(day) WHERE id = \(now.id)")
            try tell(now, open.visit, "paid", ["amount": now.acceptedCents ?? now.cents], change)
        }
    }

    /// The claimant hears of it: with the page that their account opens, or without account with all that was decided.
    private static func tell(_ claim: Claim, _ visit: Visit, _ what: String, _ more: [String: any WordArgument], _ change: Change) throws {
        guard claim.claimantId != change.actor.personId else { return }
        let all: [String: any WordArgument] = ["visit": visit.name, "amount": claim.cents, "words": claim.words, "by": change.viewer.name ?? ""]
        let hasAccount = try CostQueries.reach(claim.claimantId, change).hasAccount
        try change.write(
            to: claim.claimantId, hasAccount ? "costs.mail.\(what)" : "costs.mail.\(what)Guest", all.merging(more) { _, own in own },
            opening: hasAccount ? "\(visit.path)/frais/\(claim.id)" : "/", about: claim.id)
    }

    // MARK: - How

    private static func act(
        _ request: Request, _ open: OpenCosts, _ claim: Claim, as action: String, _ done: Done, _ body: @Sendable @escaping (Claim, Change) throws -> Void
    ) async throws -> Response {
        let form = request.form
        return try await request.attempt {
            try await amend(request, claim, as: action, body)
            return .redirect(Done.path("\(open.base)/\(claim.id)", done))
        } otherwise: { problems in
            try await ClaimPage.page(request, open, claim, typed: form, problems: problems)
        }
    }

    private static func amend(_ request: Request, _ claim: Claim, as action: String, _ body: @Sendable @escaping (Claim, Change) throws -> Void) async throws {
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            let now = try CostQueries.claim(claim.id, of: claim.visitId, change)
            _ = try change.requireClaim(now)
            try body(now, change)
            let programme = try change.protection(of: now.id)?.programmeId
            try change.trace("cost", now.id, programme: programme)
        }
    }
}
