import Database
import Formats
import Platform
import Visits

/// What is done about a validation under way: the outcome of objections, the steering group, the reopening.
enum ValidationActs {
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
                try Answer.admit(reason, field: "reason")
                try validation.settle(objection, as: outcome, reason: reason)
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

    /// Brings what waits to the steering group (an open objection, a silent host, a text held back): the text is opened to
    /// the people of the programme, who could not read it, and those who may decide are told.
    static func refer(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.referred", by: request.actor) { change in
                try change.require(.recordAnswer, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard validation.mayRefer(on: change.today) else { throw Refused("texts.refusal.nothingToRefer") }
                guard try SteeringGroup.hasMembers(text.programmeId, change) else { throw Refused("texts.refusal.noCommittee") }
                if try change.require(.see, on: text.id).audience < .community { try change.widen(text.id, to: .community) }
                try change.run(
                    "UPDATE validation_request SET referred_at = \(change.now) WHERE id = \(validation.request.id)")
                let isObjection = validation.objections.contains { $0.outcome == nil }
                let deciders = try change.people(in: text.programmeId)
                    .filter { $0.role == .committee || $0.role == .coordinator }
                for id in Set(deciders.map(\.personId)).sorted() {
                    try change.write(
                        to: id, isObjection ? "texts.mail.refer" : "texts.mail.referHost", ["text": open.head.title],
                        opening: "/textes/\(text.id)/\(isObjection ? "validation" : "publication")", about: text.id)
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
        try TextMail.send(
            "texts.mail.outcome.\(outcome.rawValue)", to: personId, about: try TextQueries.head(open.text.id, change),
            deadline: change.today, in: change)
    }

    /// Somebody who had validated asks for a new validation, because the text has changed.
    static func reopen(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: text.kind.act("validation.reopened", minutes: "validation.minutesReopened"), by: request.actor) { change in
                try change.require(text.kind.answering, on: text.id)
                let validation = try AnswerPost.standing(text.id, change, shownBy: request.form)
                guard validation.mayReopen(change.viewer.personId) else { throw Refused("texts.refusal.reopen") }
                try change.run("UPDATE validation_request SET closed_at = \(change.now) WHERE id = \(validation.request.id)")
                try change.trace("text", text.id, programme: text.programmeId, ["request": validation.request.id])
                guard let asker = validation.request.askedBy else { return }
                try change.write(
                    to: asker, text.kind.key("texts.mail.reopened", change.site.words(.french)),
                    ["person": change.viewer.name ?? "", "text": open.head.title, "number": validation.request.revisionNumber],
                    opening: "/textes/\(text.id)/validation", about: text.id)
            }
            return .redirect(Done.path(open.validation, text.kind == .minutes ? .readingReopened : .reopened))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }
}
