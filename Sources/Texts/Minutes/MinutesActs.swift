import Community
import Database
import Events
import Formats
import Platform

/// What an officer does with minutes besides writing them: opens those of a seminar, notes that they were approved in a meeting.
enum MinutesActs {
    /// Opens the minutes of a seminar: made at the first opening, found again afterwards. The community reads them.
    static func open(_ request: Request) async throws -> Response {
        let (slug, eventId) = (request["programme"], request["event"])
        let made = try await request.site.amend(as: "text.created", by: request.actor) { change in
            let event = try EventQueries.event(eventId, change)
            let programme = try Programme.load(id: event.programmeId, change)
            guard programme.slug == slug, event.kind != .visit else { throw NotFound() }
            try change.require(.writeSynthesis, on: event.id)
            if let known = try TextQueries.texts(about: event.id, kind: .minutes, change).first {
                try change.trace("text", known.id, programme: programme.id, as: "text.opened")
                return (id: known.id, isNew: false)
            }
            let words = change.site.words(programme.language)
            let id = try Texts.create(
                .minutes, about: event.id, programme: programme.id, title: words("texts.title.minutes", ["place": event.title]),
                sections: TextKind.minutes.blankSections(words), language: programme.language, author: change.actor.personId, audience: .community,
                scope: nil, in: change)
            return (id: id, isNew: true)
        }
        return .redirect(Done.path("/textes/\(made.id)", made.isNew ? .created : .alreadyThere))
    }

    /// Notes what a meeting decided: the minutes as they are now are approved.
    static func approve(_ request: Request, _ open: OpenText) async throws -> Response {
        let (form, text) = (request.form, open.text)
        return try await request.attempt {
            try await request.site.amend(as: "text.approved", by: request.actor, isPublic: false) { change in
                try change.require(.askValidation, on: text.id)
                guard text.kind == .minutes else { throw Refused("texts.refusal.notMinutes") }
                let head = try TextQueries.head(text.id, change)
                try head.base.check(form, otherwise: Refused("texts.refusal.otherRevision", ["number": head.number]))
                guard !head.isBlank else { throw Refused("texts.refusal.blankText") }
                let validation = try Validation.summary(text.id, change)
                if validation?.objections.contains(where: { $0.outcome == nil }) == true { throw Refused("texts.refusal.openObjection") }
                let silent = Validation.waited(validation)
                let (day, said) = try read(form, today: change.today)
                guard silent.isEmpty || form["approved_silent"] == "1" else {
                    throw Refused("texts.refusal.approvedSilent", ["n": silent.count], field: "approved_silent")
                }
                try Approvals.note(head, on: day, said, in: change)
                try change.trace("text", text.id, programme: text.programmeId, ["number": String(head.number)])
            }
            return .redirect(Done.path(open.base, .approved))
        } otherwise: { problems in
            try await TextPage.page(request, open, values: form, problems: problems)
        }
    }

    private static func read(_ form: Fields, today: Day) throws -> (Day, String) {
        var refusals: [any Refusal] = []
        var day: Day?
        do { day = try DayEntry.required(form, "approved_on") } catch { refusals.append(error) }
        if let day, day > today { refusals.append(Refused("texts.refusal.approvedAhead", field: "approved_on")) }
        let said = form.text("approved_how")
        if said.allSatisfy(\.isWhitespace) { refusals.append(Refused("texts.refusal.approvalUnsaid", field: "approved_how")) }
        if CodePoints.count(said) > Approval.longest {
            refusals.append(Refused("texts.refusal.answerTooLong", ["n": Approval.longest], field: "approved_how"))
        }
        guard refusals.isEmpty, let day else { throw Refusals(refusals) }
        return (day, said)
    }

    /// What was noted by mistake counts no more, and stays in the history.
    static func withdraw(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "text.approvalWithdrawn", by: request.actor, isPublic: false) { change in
                try change.require(.askValidation, on: text.id)
                guard let approval = try Approvals.last(text.id, change), approval.isNoted else { throw Refused("texts.refusal.noApproval") }
                try change.run("UPDATE text_approval SET withdrawn_at = \(change.now) WHERE id = \(approval.id)")
                try change.trace("text", text.id, programme: text.programmeId, ["number": String(approval.revisionNumber)])
            }
            return .redirect(Done.path(open.base, .approvalWithdrawn))
        } otherwise: { problems in
            try await TextPage.page(request, open, problems: problems)
        }
    }
}
