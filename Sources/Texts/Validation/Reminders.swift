import Database
import Formats
import Platform
import Visits

/// Writing again to those who have not answered: by the officer, or by the site three days before the deadline, once.
package enum Reminders {
    /// How many days before the deadline the site writes by itself.
    static let days = Nudges.days

    /// Writes again to those who have not answered; not twice on the same day. Silence stays silence.
    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        return try await request.attempt {
            try await request.site.amend(as: "validation.reminded", by: request.actor, isPublic: false) { change in
                try change.require(.askValidation, on: text.id)
                let validation = try AnswerPost.standing(text.id, change)
                guard !validation.isClosed else { throw Refused("texts.refusal.closed") }
                let silent = validation.silent.filter { $0.remindedAt?.day() != change.today && $0.email != nil }
                guard !silent.isEmpty else { throw Refused("texts.refusal.nobodyToRemind") }
                try remind(silent, of: validation, text, in: change)
            }
            return .redirect(Done.path(open.validation, .reminded))
        } otherwise: {
            try await ValidationPage.page(request, open, problems: $0)
        }
    }

    private static func remind(_ people: [Validation.Person], of validation: Validation, _ text: Text, in change: Change) throws {
        let asked = try TextQueries.revision(validation.request.revisionId, of: text.id, change)
        for person in people {
            try TextMail.send(
                "texts.mail.reminder", to: person.personId, about: asked, deadline: validation.request.deadline, in: change)
            try change.run(
                """
                UPDATE validator SET reminded_at = \(change.now)
                WHERE request_id = \(validation.request.id) AND person_id = \(person.personId)
                """)
            if let stage = text.kind.asking {
                try change.noteReminded(person.personId, Nudges.kind, about: text.subjectId, part: Nudges.part(stage), on: change.today)
            }
        }
        try change.trace("text", text.id, programme: text.programmeId, ["people": String(people.count)])
    }

    /// Writes to whoever has not answered three days before the deadline and was not reminded since; takes to « validated »
    /// the visits whose deadline is over with enough answers. Running it again changes nothing; nothing is
    /// done on the word of a clock that jumped.
    /// - Returns: how many people were written to.
    @discardableResult package static func sendDue(_ site: Site) async throws -> Int {
        guard try await Upkeep.clock(site).isTrusted else { return 0 }
        let today = site.now().day()
        let (near, over) = try await site.database.read { reader in
            (try ValidationQueries.toRemind(on: today, reader), try ValidationQueries.over(on: today, reader))
        }
        var sent = 0
        for textId in near {
            sent += try await site.amend(as: "validation.reminded", by: .site, isPublic: false) { change in
                let validation = try AnswerPost.standing(textId, change)
                let people = validation.toRemind(on: change.today)
                guard !people.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                try remind(people, of: validation, try TextQueries.text(textId, change), in: change)
                return people.count
            }
        }
        for textId in over {
            try await site.amend(as: "validation.over", by: .site) { change in
                change.leaveAsItIs()
                try ValidationWrites.advance(try TextQueries.text(textId, change), in: change)
            }
        }
        return sent
    }
}

extension Validation {
    /// Those the site writes to by itself on a day: silent, and not reminded since the deadline came near.
    func toRemind(on today: Day) -> [Person] {
        let first = request.deadline.adding(days: -Reminders.days)
        guard !isClosed, today >= first, today <= request.deadline, request.askedAt.day() < first else { return [] }
        return silent.filter { person in person.email != nil && person.remindedAt.map { $0.day() < first } ?? true }
    }
}
