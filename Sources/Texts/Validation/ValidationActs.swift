import Database
import Formats
import Platform
import Visits

/// What is done about a validation under way: reminders, the outcome of objections, the reopening, the right of reply.
enum ValidationActs {
    /// Writes again to those who have not answered; not twice on the same day. Silence stays silence.
    static func remind(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.reminded", by: request.actor, isPublic: false) { change in
                try change.require(.askValidation, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard !validation.isClosed else { throw Refused("texts.refusal.closed") }
                let silent = validation.silent.filter { $0.remindedAt?.day() != change.today && $0.email != nil }
                guard !silent.isEmpty else { throw Refused("texts.refusal.nobodyToRemind") }
                let asked = try TextQueries.revision(validation.request.revisionId, of: text.id, change)
                for person in silent {
                    let hasAccount = try change.exists(
                        "SELECT 1 FROM account WHERE person_id = \(person.personId) AND closed_at IS NULL")
                    try ValidationWrites.write(
                        "texts.mail.reminder", to: person.personId, hasAccount: hasAccount, about: asked,
                        deadline: validation.request.deadline, in: change)
                    try change.run(
                        """
                        UPDATE validator SET reminded_at = \(change.now)
                        WHERE request_id = \(validation.request.id) AND person_id = \(person.personId)
                        """)
                }
                try change.trace("text", text.id, programme: text.programmeId, ["people": String(silent.count)])
            }
            return .redirect(Done.path(open.validation, .reminded))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }

    /// Says what became of an objection: the text was changed, or the steering group decided, with its reason.
    static func settle(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        let form = request.form
        let id = request["answer"]
        return try await request.attempt {
            try await request.site.amend(as: "objection.settled", by: request.actor) { change in
                guard let outcome = form["outcome"].flatMap(Validation.Outcome.Kind.init), outcome != .withdrawn else {
                    throw Refused("texts.refusal.outcome", field: "outcome")
                }
                try change.require(outcome == .arbitrated ? .arbitrate : .recordAnswer, on: text.id)
                let all = try [AnswerPost.standing(text.id, change)] + Validation.earlier(text.id, change)
                guard let validation = all.first(where: { $0.objections.contains { $0.id == id } }),
                    let objection = validation.objections.first(where: { $0.id == id })
                else { throw NotFound() }
                guard objection.outcome == nil || objection.outcome?.outcome != .withdrawn else { throw Refused("texts.refusal.settled") }
                let reason = form.text("reason")
                try validation.settle(outcome, reason: reason)
                let head = try TextQueries.head(text.id, change)
                try ValidationWrites.settle(
                    id, as: outcome, revision: outcome == .changed ? head.id : nil, reason: reason, in: change)
                try change.trace(
                    "text", text.id, programme: text.programmeId, ["objection": id, "outcome": outcome.rawValue])
                if let person = validation.people.first(where: { $0.answer?.id == id }) {
                    try tell(person.personId, outcome, open, in: change)
                }
                try ValidationWrites.advance(text, in: change)
            }
            return .redirect(Done.path(open.validation, .settled))
        } otherwise: {
            try await ValidationPage.page(request, open, values: form, problems: $0)
        }
    }

    /// Brings the open objections to the steering committee: the text is opened to the people of the programme, who could
    /// not read it, and those who may decide are told.
    static func refer(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.referred", by: request.actor) { change in
                try change.require(.recordAnswer, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard validation.objections.contains(where: { $0.outcome == nil }) else { throw Refused("texts.refusal.settled") }
                if open.thing.audience < .community { try change.widen(text.id, to: .community) }
                let deciders = try change.people(in: text.programmeId, at: change.now)
                    .filter { $0.role == .committee || $0.role == .coordinator }
                for id in Set(deciders.map(\.personId)).sorted() {
                    try change.write(
                        to: id, "texts.mail.refer", ["text": open.head.title], opening: "/textes/\(text.id)/validation", about: text.id)
                }
                try change.trace("text", text.id, programme: text.programmeId, ["request": validation.request.id])
            }
            return .redirect(Done.path(open.validation, .referred))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }

    /// The objector is told, and may reply.
    private static func tell(_ personId: String, _ outcome: Validation.Outcome.Kind, _ open: OpenText, in change: Change) throws {
        let hasAccount = try change.exists("SELECT 1 FROM account WHERE person_id = \(personId) AND closed_at IS NULL")
        try ValidationWrites.write(
            "texts.mail.outcome.\(outcome.rawValue)", to: personId, hasAccount: hasAccount, about: try TextQueries.head(open.text.id, change),
            deadline: change.today, in: change)
    }

    /// Somebody who had validated asks for a new validation, because the text has changed.
    static func reopen(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.reopened", by: request.actor) { change in
                try change.require(.answerValidation, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard validation.mayReopen(change.viewer.personId) else { throw Refused("texts.refusal.reopen") }
                try change.run("UPDATE validation_request SET closed_at = \(change.now) WHERE id = \(validation.request.id)")
                try change.trace("text", text.id, programme: text.programmeId, ["request": validation.request.id])
                guard let asker = validation.request.askedBy else { return }
                try change.write(
                    to: asker, "texts.mail.reopened",
                    ["person": change.viewer.name ?? "", "text": open.head.title, "number": validation.request.revisionNumber],
                    opening: "/textes/\(text.id)/validation", about: text.id)
            }
            return .redirect(Done.path(open.validation, .reopened))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }
}
