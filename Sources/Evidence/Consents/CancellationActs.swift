import Database
import Formats
import Platform

/// Saying that an answer, or a withdrawal, was entered by mistake: the state before comes back, with the reason.
enum CancellationActs {
    static func cancel(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "excerpt.answerCancelled", by: request.actor) { change in
                let excerpt = try Excerpts.require(.recordConsent, on: id, change)
                let consents = try ExcerptQueries.consents(of: [id], change)[id] ?? []
                let reason = form.text("reason")
                guard !reason.allSatisfy(\.isWhitespace), reason.unicodeScalars.count <= 1_000 else {
                    throw Refused("evidence.refusal.noReason", field: "reason")
                }
                guard form.has("confirmed") else { throw Refused("evidence.refusal.cancelNotConfirmed", field: "confirmed") }
                let entry = try Cancellation(form.optional("consent"), excerpt, consents)
                try entry.save(reason, in: change)
                try change.trace("excerpt", id, programme: excerpt.programmeId)
                try settle(id, from: Allowance.of(excerpt, consents: consents), in: change)
            }
            return .redirect("/extraits/\(id)?fait=cancelled")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }

    /// A published quotation that loses its yes leaves the page as it does at a withdrawal: the same people are told.
    private static func settle(_ id: String, from before: Allowance, in change: Change) throws {
        let excerpt = try ExcerptQueries.excerpt(id, change)
        try Excerpts.settle(excerpt, in: change)
        let now = try ExcerptQueries.allowances(of: [excerpt], change)[id]
        if before == .given, now == .pending, !excerpt.publicPath.isEmpty { try Excerpts.tell(excerpt, in: change) }
    }
}

/// What is said to be a mistake.
enum Cancellation: Equatable {
    case answer(Consent)
    case withdrawal(Excerpt)

    /// - Parameter consentId: the answer; none for the withdrawal.
    /// - Throws: `NotFound` for what does not hold any more, `Refused` for a withdrawal that took back a yes.
    init(_ consentId: String?, _ excerpt: Excerpt, _ consents: [Consent]) throws {
        if let consentId {
            guard let consent = consents.first(where: { $0.id == consentId }), consent.holds else { throw NotFound() }
            self = .answer(consent)
        } else {
            guard excerpt.withdrawnAt != nil else { throw NotFound() }
            guard Cancellation.isOpen(excerpt, consents) else { throw Refused("evidence.refusal.onlyNewYes") }
            self = .withdrawal(excerpt)
        }
    }

    /// A withdrawal entered by mistake is undone while no yes went with it; after a yes, only the person gives it again.
    static func isOpen(_ excerpt: Excerpt, _ consents: [Consent]) -> Bool {
        guard let at = excerpt.withdrawnAt else { return false }
        return !consents.contains { $0.isGiven && $0.cancelledAt == nil && $0.withdrawnAt == at }
    }

    func save(_ reason: String, in change: Change) throws {
        let (excerptId, consentId): (String, String?)
        switch self {
        case .answer(let consent):
            (excerptId, consentId) = (consent.excerptId, consent.id)
            // The withdrawal that this yes undid holds again.
            if let at = consent.undidWithdrawalAt {
                try change.run("UPDATE excerpt SET withdrawn_at = \(at) WHERE id = \(consent.excerptId)")
            }
        case .withdrawal(let excerpt):
            (excerptId, consentId) = (excerpt.id, nil)
            try change.run("UPDATE excerpt SET withdrawn_at = NULL WHERE id = \(excerpt.id)")
            try change.run(
                "UPDATE consent SET withdrawn_at = NULL WHERE excerpt_id = \(excerpt.id) AND withdrawn_at = \(excerpt.withdrawnAt)")
        }
        try change.run(
            """
            INSERT INTO consent_cancellation (id, excerpt_id, consent_id, reason, cancelled_by, cancelled_at)
            VALUES (\(change.newId()), \(excerptId), \(consentId), \(reason), \(change.actor.personId), \(change.now))
            """)
    }
}
