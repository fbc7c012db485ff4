import Database
import Formats
import Platform
import Visits

/// Noting money that was given to somebody before they spent it.
enum AdvanceActs {
    static func add(_ request: Request, _ open: OpenCosts) async throws -> Response {
        let (form, visit) = (request.form, open.visit)
        return try await request.attempt {
            let cents = try CentsEntry.required(form, "amount")
            let day = try DayEntry.required(form, "paid_on")
            guard day <= request.now.day() else { throw Refused("costs.refusal.paidAhead", field: "paid_on") }
            let words = form.line("words")
            guard words.unicodeScalars.count <= Claim.longest else { throw Refused("costs.refusal.tooLong", ["n": Claim.longest], field: "words") }
            try await request.site.amend(as: "costs.advanced", by: request.actor, isPublic: false) { change in
                try change.require(.manageCosts, on: visit.id)
                let person = form.line("person")
                guard try ClaimPage.people(visit, change).contains(where: { $0.value == person }) else {
                    throw Refused("costs.refusal.claimant", field: "person")
                }
                try change.run(
                    """
                    INSERT INTO cost_advance (id, visit_id, person_id, cents, paid_on, words, entered_by, created_at)
                    VALUES (\(change.newId()), \(visit.id), \(person), \(cents), \(day), \(words), \(change.actor.personId), \(change.now))
                    """)
                try change.trace("visit", visit.id, programme: visit.programmeId)
            }
            return .redirect(Done.path(open.base, .advanced))
        } otherwise: { problems in
            try await CostsPage.page(request, open, typed: form, problems: problems)
        }
    }

    static func remove(_ request: Request, _ open: OpenCosts) async throws -> Response {
        let (id, visit) = (request["advance"], open.visit)
        try await request.site.amend(as: "costs.advanceRemoved", by: request.actor, isPublic: false) { change in
            try change.require(.manageCosts, on: visit.id)
            let removed = try change.run(
                "UPDATE cost_advance SET removed_at = \(change.now) WHERE id = \(id) AND visit_id = \(visit.id) AND removed_at IS NULL")
            guard removed > 0 else { throw NotFound() }
            try change.trace("visit", visit.id, programme: visit.programmeId)
        }
        return .redirect(Done.path(open.base, .advanceRemoved))
    }
}
