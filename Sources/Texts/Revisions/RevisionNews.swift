import Database
import Formats
import Platform

/// Whoever is asked about a text, or answered, learns of each revision made since: nothing changes behind their back.
enum RevisionNews {
    static func tell(_ revision: Revision, in change: Change) throws {
        guard let validation = try Validation.summary(revision.textId, change), !validation.isClosed else { return }
        for person in validation.people where person.personId != change.actor.personId {
            try TextMail.send(
                "texts.mail.\(revision.isFormOnly ? "revisedForm" : "revised")",
                ["text": revision.title, "number": revision.number, "asked": validation.request.revisionNumber],
                to: person.personId, about: revision.textId, until: validation.request.deadline, in: change)
        }
    }
}
