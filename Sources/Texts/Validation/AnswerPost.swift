import Database
import Formats
import Platform
import Visits

/// Somebody asked answers, by their account or their private link; changes their mind; withdraws an objection; replies.
enum AnswerPost {
    static func answer(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let text = open.text
        return try await request.attempt {
            let answer = try Answer.read(form, of: text.kind)
            try await request.site.amend(as: text.kind.act("validation.answered", minutes: "validation.minutesRead"), by: request.actor) { change in
                try change.require(text.kind.answering, on: text.id)
                let validation = try standing(text.id, change, shownBy: form)
                let person = try validation.admit(change.viewer.personId)
                try change.trace(
                    "text", text.id, programme: text.programmeId, ["request": validation.request.id, "answer": answer.kind.rawValue])
                guard person.isNews(answer) else { return }
                try ValidationWrites.answer(answer, of: person.personId, to: validation.request.id, at: change.now, in: change)
                try tell(answer, of: person.name, validation, open, in: change)
                try ValidationWrites.advance(text, in: change)
            }
            return .redirect(Done.path(open.validation, .answered))
        } otherwise: { problems in
            try await ValidationPage.page(request, open, values: form, problems: problems)
        }
    }

    /// Whoever asked is told of an objection at once.
    static func tell(_ answer: Answer, of name: String, _ validation: Validation, _ open: OpenText, in change: Change) throws {
        guard answer.kind == .object, let asker = validation.request.askedBy else { return }
        try change.write(
            to: asker, "texts.mail.objection", ["person": name, "text": open.head.title],
            opening: "/textes/\(open.text.id)/validation", about: open.text.id)
    }

    /// « Ce n'est pas ma réponse »: what was entered in somebody's name no longer counts, and whoever entered it is told.
    static func disown(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.disowned", by: request.actor) { change in
                try change.require(text.kind.answering, on: text.id)
                let validation = try standing(text.id, change, shownBy: request.form)
                let person = try validation.admit(change.viewer.personId)
                guard let given = person.answer, given.receivedBy != nil else { throw Refused("texts.refusal.notEntered") }
                try change.run("UPDATE endorsement SET replaced_at = \(change.now) WHERE id = \(given.id)")
                try change.trace("text", text.id, programme: text.programmeId, ["request": validation.request.id])
                guard let officer = given.enteredBy else { return }
                try change.write(
                    to: officer, "texts.mail.disowned", ["person": person.name, "text": open.head.title],
                    opening: "/textes/\(text.id)/validation", about: text.id)
            }
            return .redirect(Done.path(open.validation, .disowned))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }

    /// The objector takes the objection back.
    static func withdraw(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        let endorsement = request.form.line("answer")
        return try await request.attempt {
            try await request.site.amend(as: "objection.withdrawn", by: request.actor) { change in
                let given = try own(endorsement, on: text.id, in: change)
                guard given.outcome == nil else { throw Refused("texts.refusal.settled") }
                try ValidationWrites.settle(given.id, as: .withdrawn, revision: nil, reason: "", in: change)
                try change.trace("text", text.id, programme: text.programmeId, ["objection": given.id])
                try ValidationWrites.advance(text, in: change)
            }
            return .redirect(Done.path(open.validation, .withdrawn))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }

    /// The objector's reply to what became of the objection: printed with it.
    static func reply(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "objection.replied", by: request.actor) { change in
                let given = try own(form.line("answer"), on: text.id, in: change)
                guard given.outcome != nil else { throw Refused("texts.refusal.notSettled") }
                let reply = form.text("reply")
                guard !Markdown.isBlank(reply) else { throw Refused("texts.refusal.emptyReply", field: "reply") }
                try Answer.admit(reply, field: "reply")
                try change.run("UPDATE objection_outcome SET reply = \(reply) WHERE endorsement_id = \(given.id)")
                try change.trace("text", text.id, programme: text.programmeId, ["objection": given.id])
            }
            return .redirect(Done.path(open.validation, .replied))
        } otherwise: {
            try await ValidationPage.page(request, open, values: form, problems: $0)
        }
    }

    /// The validation that stands.
    /// - Throws: `NotFound` when nobody was asked.
    static func standing(_ textId: String, _ reader: any Reader) throws -> Validation {
        guard let validation = try Validation.summary(textId, reader) else { throw NotFound() }
        return validation
    }

    /// The same for a form: what was filled in about an earlier request is no answer to this one.
    static func standing(_ textId: String, _ reader: any Reader, shownBy form: Fields) throws -> Validation {
        let validation = try standing(textId, reader)
        try validation.request.base.check(form, otherwise: Refused("texts.refusal.otherRequest", ["number": validation.request.revisionNumber]))
        return validation
    }

    /// One's own objection, in the latest request or an earlier one.
    private static func own(_ endorsement: String, on textId: String, in change: Change) throws -> Validation.Given {
        try change.require(.answerValidation, on: textId)
        let all = try [standing(textId, change)] + Validation.earlier(textId, change)
        let mine = all.compactMap { $0.person(change.viewer.personId)?.answer }
        guard let given = mine.first(where: { $0.id == endorsement && $0.answer.kind == .object }) else { throw NotFound() }
        return given
    }
}
