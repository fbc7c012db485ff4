import Database
import Formats
import Platform
import Texts

/// The decisions of the steering group when a host does not answer, or holds a text back without objecting to it.
enum Arbitrations {
    static func of(_ requestId: String, _ reader: any Reader) throws -> PublicationRule.Arbitration? {
        try reader.first(
            PublicationRule.Arbitration.self,
            "SELECT reason, decided_at FROM publication_arbitration WHERE request_id = \(requestId)")
    }

    /// Records a decision: about a silence, only after the deadline and a reminder; about an answer, only about one that
    /// keeps the text from being published. An objection is settled where it is written.
    /// - Throws: `PublicationRefusal`
    static func record(_ reason: String, on textId: String, in change: Change) throws {
        let known = try PublicationCase.load(textId, change)
        guard let validation = known.validation, !validation.isClosed else { throw PublicationRefusal.neverAsked }
        guard let signatory = validation.signatory else { throw PublicationRefusal.nobodySigns }
        if signatory.answer == nil {
            guard change.today > validation.request.deadline else { throw PublicationRefusal.tooEarly(validation.request.deadline) }
            guard signatory.wasReminded else { throw PublicationRefusal.notReminded }
        } else if !validation.isHeldBack {
            throw PublicationRefusal.hostAnswered
        }
        guard !Markdown.isBlank(reason) else { throw PublicationRefusal.noReason(field: "reason") }
        guard reason.unicodeScalars.count <= Answer.limit else { throw PublicationRefusal.tooLong(field: "reason", limit: Answer.limit) }
        try change.run(
            """
            INSERT INTO publication_arbitration (request_id, reason, decided_by, decided_at)
            VALUES (\(validation.request.id), \(reason), \(change.actor.personId), \(change.now))
            ON CONFLICT (request_id) DO UPDATE SET reason = excluded.reason, decided_by = excluded.decided_by,
                decided_at = excluded.decided_at
            """)
        try TextMail.send(
            "library.mail.arbitrated.\(signatory.answer == nil ? "silent" : "heldBack")", ["title": known.head.title],
            to: signatory.personId, about: textId, in: change)
        try change.trace("text", textId, programme: known.text.programmeId)
    }
}
