import Community
import Database
import Formats
import Platform
import Visits

/// What is written when people are asked, answer, object and are answered. The rights are the caller's to ask.
enum ValidationWrites {
    /// A person asked, on one side, with or without a way in.
    struct Asked: Sendable {
        let person: VisitPerson
        let side: Validation.Side
        /// Whether the host named this person to sign for it.
        var isSignatory = false
        /// Whether this person is of the team of the visit, on the visiting side.
        var isStaff = false
    }

    /// Asks named people on the latest revision; ends the request before.
    static func ask(_ people: [Asked], until deadline: Day, on head: Revision, in change: Change) throws -> String {
        try change.run(
            "UPDATE validation_request SET closed_at = \(change.now) WHERE text_id = \(head.textId) AND closed_at IS NULL")
        let id = change.newId()
        try change.run(
            """
            INSERT INTO validation_request (id, text_id, revision_id, revision_hash, deadline, asked_by, asked_at, closed_at)
            VALUES (\(id), \(head.textId), \(head.id), \(head.hash), \(deadline), \(change.actor.personId), \(change.now), NULL)
            """)
        for asked in people { try invite(asked, to: id, in: change) }
        return id
    }

    static func invite(_ asked: Asked, to requestId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO validator (request_id, person_id, side, is_signatory, reminded_at)
            VALUES (\(requestId), \(asked.person.id), \(asked.side), \(asked.isSignatory), NULL)
            """)
    }

    /// How an answer came to whoever entered it.
    struct Receipt: Sendable {
        var channel: Answer.Channel
        var proof: String
        var fileId: String?
    }

    /// Writes an answer; the one before stays, replaced.
    static func answer(
        _ answer: Answer, of personId: String, to requestId: String, at moment: Instant, receipt: Receipt? = nil, in change: Change
    ) throws {
        try change.run(
            """
            UPDATE endorsement SET replaced_at = \(change.now)
            WHERE request_id = \(requestId) AND person_id = \(personId) AND replaced_at IS NULL
            """)
        try change.run(
            """
            INSERT INTO endorsement (id, request_id, person_id, answer, is_exact, is_publishable, reservation, objection_kind,
                interests, answered_at, received_by, entered_by, proof, proof_file_id, replaced_at)
            VALUES (\(change.newId()), \(requestId), \(personId), \(answer.kind), \(answer.isExact), \(answer.isPublishable),
                \(answer.text), \(answer.objection), \(answer.interests), \(moment), \(receipt?.channel),
                \(receipt.map { _ in change.actor.personId } ?? nil), \(receipt?.proof ?? ""), \(receipt?.fileId), NULL)
            """)
    }

    static func settle(
        _ endorsementId: String, as outcome: Validation.Outcome.Kind, revision: String?, reason: String, in change: Change
    ) throws {
        try change.run(
            """
            INSERT INTO objection_outcome (endorsement_id, outcome, revision_id, reason, reply, decided_by, decided_at)
            VALUES (\(endorsementId), \(outcome), \(revision), \(reason), '', \(change.actor.personId), \(change.now))
            ON CONFLICT (endorsement_id) DO UPDATE SET outcome = excluded.outcome, revision_id = excluded.revision_id,
                reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at
            """)
    }

    /// Takes the visit to « validated » when the answers say so; a version of a grid, in use; minutes, to « approved ».
    static func advance(_ text: Text, in change: Change) throws {
        let rule = try Programme.load(id: text.programmeId, change).rule
        guard let validation = try Validation.summary(text.id, change), validation.isEndorsed(by: rule, on: change.today) else { return }
        switch text.kind {
        case .grid: try GridAdoption.follow(validation, in: change)
        case .minutes: try Approvals.follow(validation, in: change)
        default: try VisitStage.advance(text.subjectId, to: .validated, in: change)
        }
    }
}
