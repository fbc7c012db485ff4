import Community
import Database
import Formats
import Platform
import Visits

/// A request under way is corrected in the open: a forgotten person is asked, one asked by mistake is let go, the deadline
/// is put off, the request is cancelled. Each is traced, and the people concerned are written to.
enum Corrections {
    /// Asks somebody forgotten, on the same revision, until the same day.
    static func invite(_ request: Request, _ open: OpenText) async throws -> Response {
        let personId = request.form.line("person")
        return try await act(request, open, as: "validation.invited") { validation, change in
            let candidates = try open.subject.candidates(for: open.text.kind, change)
            guard let asked = candidates.first(where: { $0.person.id == personId }), validation.person(personId) == nil else {
                throw Refused("texts.refusal.notCandidate", field: "person")
            }
            if asked.isSignatory, validation.signatory != nil { throw Refused("texts.refusal.otherSignatory", field: "person") }
            guard change.today <= validation.request.deadline else { throw Refused("texts.refusal.extendFirst", field: "person") }
            try ValidationWrites.invite(asked, to: validation.request.id, in: change)
            try tell("texts.mail.validation", [personId], validation, open, in: change)
            return ["person": personId]
        }
    }

    /// Lets go somebody asked by mistake, who has not answered; whoever signs for the host stays.
    static func dismiss(_ request: Request, _ open: OpenText) async throws -> Response {
        let personId = request.form.line("silent")
        return try await act(request, open, as: "validation.dismissed") { validation, change in
            guard let person = validation.person(personId), person.answer == nil, person.earlier.isEmpty else {
                throw Refused("texts.refusal.notSilent", field: "silent")
            }
            guard !person.isSignatory else { throw Refused("texts.refusal.signatoryStays", ["name": person.name], field: "silent") }
            guard validation.people.count > 1 else { throw Refused("texts.refusal.lastPerson", field: "silent") }
            try change.run(
                "DELETE FROM validator WHERE request_id = \(validation.request.id) AND person_id = \(personId)")
            try change.revokeLinks(to: open.text.id, for: personId)
            try change.write(
                to: personId, open.text.kind.key("texts.mail.dismissed", change.site.words(.french)), ["text": open.head.title], opening: open.subject.path, about: open.text.id)
            try ValidationWrites.advance(open.text, in: change)
            return ["person": personId]
        }
    }

    /// Puts the deadline off: what was late no longer is.
    static func extend(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        return try await act(request, open, as: "validation.extended") { validation, change in
            let day = try DayEntry.required(form, "deadline")
            guard day > validation.request.deadline, day >= change.today else {
                throw Refused("texts.refusal.notLater", ["day": validation.request.deadline], field: "deadline")
            }
            try change.run("UPDATE validation_request SET deadline = \(day) WHERE id = \(validation.request.id)")
            let now = try AnswerPost.standing(open.text.id, change)
            try tell("texts.mail.extended", now.silent.map(\.personId), now, open, in: change)
            try ValidationWrites.advance(open.text, in: change)
            return ["from": validation.request.deadline.iso, "deadline": day.iso]
        }
    }

    /// Ends the request, made by mistake; what was answered stays readable, and an objection is not buried with it.
    static func cancel(_ request: Request, _ open: OpenText) async throws -> Response {
        let reason = request.form.text("reason")
        return try await act(request, open, as: open.text.kind.act("validation.cancelled", minutes: "validation.minutesCancelled")) { validation, change in
            guard !Markdown.isBlank(reason) else { throw Refused("texts.refusal.cancelReason", field: "reason") }
            guard !validation.objections.contains(where: { $0.outcome == nil }) else {
                throw Refused("texts.refusal.openObjection", field: "reason")
            }
            try Answer.admit(reason, field: "reason")
            try change.run(
                """
                UPDATE validation_request SET closed_at = \(change.now), cancelled_at = \(change.now)
                WHERE id = \(validation.request.id)
                """)
            try tell("texts.mail.cancelled", validation.people.map(\.personId), validation, open, ["reason": reason], in: change)
            return ["reason": CleanText.line(reason)]
        }
    }

    private static func act(
        _ request: Request, _ open: OpenText, as action: String,
        _ body: @escaping @Sendable (Validation, Change) throws -> [String: String]
    ) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor) { change in
                try change.require(.askValidation, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard !validation.isClosed else { throw Refused("texts.refusal.closed") }
                try change.trace(
                    "text", text.id, programme: text.programmeId,
                    try body(validation, change).merging(["request": validation.request.id]) { own, _ in own })
            }
            return .redirect(Done.path(open.validation, text.kind == .minutes ? .sendingCorrected : .corrected))
        } otherwise: {
            try await CorrectionPage.page(request, open, values: request.form, problems: $0)
        }
    }

    private static func tell(
        _ key: String, _ people: [String], _ validation: Validation, _ open: OpenText,
        _ more: [String: any WordArgument] = [:], in change: Change
    ) throws {
        let arguments: [String: any WordArgument] = [
            "text": open.head.title, "number": validation.request.revisionNumber, "day": validation.request.deadline,
        ]
        for personId in people {
            try TextMail.send(
                key, arguments.merging(more) { _, new in new }, to: personId, about: open.text.id,
                until: validation.request.deadline, in: change)
        }
    }
}
