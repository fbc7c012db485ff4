import Database
import Formats
import Grids
import Platform
import Visits

/// Those of a visit propose what changes for it; a researcher approves, refuses, settles. Nothing here writes a question of the
/// core: a change is a row of the visit.
enum ChangeActs {
    static func propose(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let (form, visitId) = (request.form, open.visit.id)
        return try await request.attempt {
            let approved = try await request.site.amend(as: "inquiry.proposed", by: request.actor, isPublic: false) { change in
                try change.require(.adaptGrid, on: visitId)
                let now = try admit(visitId, request, change)
                let proposed = try ProposedChange.read(form, on: now.grid)
                guard !now.waiting.contains(where: { $0.kind == proposed.kind && $0.questionId == proposed.questionId && proposed.kind != .add }) else {
                    throw Refused("inquiries.refusal.waitingAlready")
                }
                let id = try Adaptations.propose(proposed, for: now.visit, approved: now.mayApprove, in: change)
                try change.trace("visit", visitId, programme: now.visit.programmeId, ["change": id, "kind": proposed.kind.rawValue])
                if !now.mayApprove { try tell(now.visit, change) }
                return now.mayApprove
            }
            return .redirect(Done.path(open.path, approved ? .approved : .proposed) + "#changements")
        } otherwise: { problems in
            ChangePage.page(request, open, values: form, problems: problems)
        }
    }

    /// The researchers of the programme are told that a change waits for them.
    private static func tell(_ visit: Visit, _ change: Change) throws {
        for person in try change.people(in: visit.programmeId) where person.role == .researcher {
            try change.write(
                to: person.personId, "inquiries.mail.proposed", ["person": change.viewer.name ?? "", "visit": visit.name],
                opening: "\(visit.path)/grille#changements", about: visit.id)
        }
    }

    /// Approves or refuses what waits.
    static func decide(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let form = request.form
        let outcome: GridChange.Outcome = form["outcome"] == "approved" ? .approved : .refused
        return try await act(request, open, as: outcome == .approved ? "inquiry.approved" : "inquiry.refused", .approveGrid, outcome == .approved ? .approved : .refused) {
            found, now, change in
            guard found.isWaiting else { throw Refused("inquiries.refusal.decidedAlready") }
            let decision = form.text("decision")
            guard CodePoints.count(decision) <= GridChange.reasonLimit else {
                throw Refused("grids.refusal.tooLong", ["n": GridChange.reasonLimit], field: "decision")
            }
            if outcome == .refused, !decision.contains(where: { !$0.isWhitespace }) { throw Refused("inquiries.refusal.noDecision", field: "decision") }
            try Adaptations.decide(found.id, as: outcome, decision: decision, in: change)
            guard let proposer = found.proposedBy, proposer != change.actor.personId else { return }
            try change.write(
                to: proposer, "inquiries.mail.\(outcome.rawValue)",
                ["visit": now.visit.name, "said": decision.isEmpty ? "—" : decision, "what": try ChangeWords(change.words(of: proposer)).plain(found, now.grid)],
                opening: "\(now.visit.path)/grille", about: now.visit.id)
        }
    }

    /// Who proposed takes it back while it waits; a researcher undoes what was approved.
    static func withdraw(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        try await act(request, open, as: "inquiry.withdrawn", .adaptGrid, .withdrawn) { found, now, change in
            guard found.outcome == nil || found.outcome == .approved else { throw Refused("inquiries.refusal.decidedAlready") }
            let isOwn = found.isWaiting && found.proposedBy != nil && found.proposedBy == change.actor.personId
            guard isOwn || now.mayApprove else { throw Forbidden(.approveGrid) }
            try Adaptations.decide(found.id, as: .withdrawn, decision: "", in: change)
        }
    }

    /// The grid of the visit is settled: what it asks does not change any more.
    static func settle(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        try await turn(request, open, as: "inquiry.settled", .settled) { now, change in
            guard now.settled == nil else { throw Refused("inquiries.refusal.settledAlready") }
            guard now.waiting.isEmpty else { throw Refused("inquiries.refusal.stillWaiting", ["n": now.waiting.count]) }
            guard !now.grid.asked.isEmpty else { throw Refused("inquiries.refusal.nothingAsked") }
            try Adaptations.settle(now.visit, now.core, in: change)
        }
    }

    static func reopen(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        try await turn(request, open, as: "inquiry.reopened", .reopened) { now, change in
            guard now.settled != nil else { throw Refused("inquiries.refusal.notSettled") }
            guard !now.visit.isHeld else { throw Refused("inquiries.refusal.held") }
            try Adaptations.reopen(now.visit.id, in: change)
        }
    }

    // MARK: -

    /// The grid of the visit as it is now, when it may still change.
    private static func admit(_ visitId: String, _ request: Request, _ change: Change) throws -> OpenInquiry {
        let now = try OpenInquiry.load(VisitQueries.load(id: visitId, change), request, change)
        guard !now.visit.isHeld else { throw Refused("inquiries.refusal.held") }
        guard !now.visit.isCancelled else { throw Refused("inquiries.refusal.cancelled") }
        guard now.settled == nil else { throw Refused("inquiries.refusal.settledAlready") }
        return now
    }

    private static func act(
        _ request: Request, _ open: OpenInquiry, as action: String, _ right: Action, _ done: Done,
        _ body: @escaping @Sendable (GridChange, OpenInquiry, Change) throws -> Void
    ) async throws -> Response {
        let (id, visitId) = (request["change"], open.visit.id)
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(right, on: visitId)
                guard try Adaptations.changes(visitId, change).contains(where: { $0.id == id }) else { throw NotFound() }
                let now = try admit(visitId, request, change)
                guard let found = now.changes.first(where: { $0.id == id }) else { throw NotFound() }
                try body(found, now, change)
                try change.trace("visit", visitId, programme: now.visit.programmeId, ["change": id, "kind": found.kind.rawValue])
            }
            return .redirect(Done.path(open.path, done) + "#changements")
        } otherwise: { problems in
            VisitGridPage.page(request, open, problems: problems)
        }
    }

    private static func turn(
        _ request: Request, _ open: OpenInquiry, as action: String, _ done: Done, _ body: @escaping @Sendable (OpenInquiry, Change) throws -> Void
    ) async throws -> Response {
        let visitId = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(.approveGrid, on: visitId)
                let now = try OpenInquiry.load(VisitQueries.load(id: visitId, change), request, change)
                try body(now, change)
                try change.trace("visit", visitId, programme: now.visit.programmeId, ["number": String(now.core.version)])
            }
            return .redirect(Done.path(open.path, done))
        } otherwise: { problems in
            VisitGridPage.page(request, open, problems: problems)
        }
    }
}
