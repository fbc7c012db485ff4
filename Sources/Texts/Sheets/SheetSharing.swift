import Database
import Events
import Formats
import Platform
import Visits

/// A sheet goes to people: a private link to whoever writes it at the host, a frozen revision to the visiting group.
enum SheetSharing {
    /// Sends somebody of the host a private link to write the sheet, valid until the visit, or sixty days. A new one ends the earlier.
    static func link(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.text.kind == .sheet else { throw NotFound() }
        let personId = request.form.line("person")
        let (text, visit) = (open.text, try open.requireVisit())
        return try await request.attempt {
            try await request.site.amend(as: "sheet.linked", by: request.actor, isPublic: false) { change in
                try change.require(.sendSheet, on: text.id)
                let people = try Delegation.people(visit, change)
                guard let person = people.host.first(where: { $0.id == personId }) else {
                    throw Refused("texts.refusal.noHostPerson", field: "person")
                }
                guard person.email != nil else { throw Refused("texts.refusal.noEmail", ["name": person.name], field: "person") }
                try change.revokeLinks(to: text.id, for: personId)
                let door = try SheetDoor.make(to: text.id, of: visit.id, for: personId, in: change)
                let language = try change.text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init) ?? .french
                let facts = VisitWhen(visit, Agenda(try Slots.of(visit.id, change)), change.site.words(language)).lines
                try change.write(
                    to: personId, "texts.mail.sheetLink",
                    ["visit": visit.name, "day": door.lastDay, "facts": facts.isEmpty ? "" : facts.joined(separator: "\n") + "\n\n"],
                    opening: door.path, about: text.id)
                try change.trace("text", text.id, programme: text.programmeId, ["person": personId])
            }
            return .redirect(Done.path(open.base, .linked))
        } otherwise: { problems in
            try await TextPage.page(request, open, values: request.form, problems: problems)
        }
    }

    /// Sends the latest revision to those of the visiting group who lack it.
    static func send(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.text.kind == .sheet else { throw NotFound() }
        let (text, visit, form) = (open.text, try open.requireVisit(), request.form)
        return try await request.attempt {
            try await request.site.amend(as: "sheet.sent", by: request.actor) { change in
                try change.require(.sendSheet, on: text.id)
                let head = try TextQueries.head(text.id, change)
                guard !head.isBlank else { throw Refused("texts.refusal.sheetEmpty") }
                guard head.blankSections.isEmpty || form["incomplete"] == "1" else { throw Refused("texts.refusal.sheetPart", field: "incomplete") }
                let people = try Delegation.people(visit, change)
                let waiting = SheetFacts.waiting(
                    people, try Sending.of(text.id, change), head: head.id, besides: change.viewer.personId)
                guard !waiting.isEmpty else {
                    throw Refused(people.visitors.isEmpty ? "texts.refusal.nobodyToSend" : "texts.refusal.alreadySent")
                }
                for person in waiting {
                    try send(head, to: person, visit: visit, in: change)
                }
                try change.trace(
                    "text", text.id, programme: text.programmeId,
                    ["number": String(head.number), "people": String(waiting.count)])
            }
            return .redirect(Done.path(open.base, .sent))
        } otherwise: { problems in
            try await TextPage.page(request, open, problems: problems)
        }
    }

    private static func send(_ head: Revision, to person: VisitPerson, visit: Visit, in change: Change) throws {
        try change.run(
            """
            INSERT INTO text_sending (id, revision_id, person_id, sent_at)
            VALUES (\(change.newId()), \(head.id), \(person.id), \(change.now))
            """)
        let path =
            person.hasAccount
            ? "/textes/\(head.textId)/revisions/\(head.id)"
            : "/fiche/"
                + (try change.makeLink(
                    to: head.textId, for: person.id, purpose: OpenText.Purpose.sheet.rawValue, until: change.now + .days(60)))
                + "/revisions/\(head.id)"
        try change.write(
            to: person.id, "texts.mail.sheet", ["visit": visit.name, "number": head.number], opening: path, about: head.textId)
    }
}
