import Database
import Formats
import Platform

/// That minutes were found right, on one revision: by the answers of those asked, or in a meeting.
struct Approval: Sendable, Equatable, Decodable {
    var id: String
    var revisionId: String
    var revisionNumber: Int
    var day: Day
    /// Who decided and how, as it was noted; empty when those asked did by their answers.
    var said: String
    var notedBy: String?
    var notedAt: Instant
    /// How many revisions came since, in more than their form.
    var changes: Int

    /// Whether it was given on the words as they are now.
    var isStanding: Bool { changes == 0 }
    /// Noted by somebody, who may have been wrong.
    var isNoted: Bool { !said.isEmpty }

    /// 1,000 code points.
    static let longest = 1_000
}

/// Approvals in the database.
enum Approvals {
    /// The last approval of a text; nil before.
    static func last(_ textId: String, _ reader: any Reader) throws -> Approval? {
        try reader.first(
            Approval.self,
            """
            SELECT text_approval.id, revision_id, revision.number AS revision_number, day, said, person.name AS noted_by, noted_at,
                (SELECT count(*) FROM revision AS later WHERE later.text_id = text_approval.text_id AND later.number > revision.number
                    AND later.is_form_only = 0) AS changes
            FROM text_approval JOIN revision ON revision.id = revision_id LEFT JOIN person ON person.id = noted_by
            WHERE text_approval.text_id = \(textId) AND withdrawn_at IS NULL ORDER BY revision.number DESC LIMIT 1
            """)
    }

    /// Notes that a revision is approved; once.
    static func note(_ revision: Revision, on day: Day, _ said: String, by requestId: String? = nil, in change: Change) throws {
        try change.run(
            """
            INSERT INTO text_approval (id, text_id, revision_id, request_id, day, said, noted_by, noted_at)
            VALUES (\(change.newId()), \(revision.textId), \(revision.id), \(requestId), \(day), \(said), \(change.actor.personId), \(change.now))
            ON CONFLICT (revision_id) WHERE withdrawn_at IS NULL DO NOTHING
            """)
    }

    /// The answers approve the minutes when enough of those asked found them right, nobody made a remark and nothing changed since.
    static func follow(_ validation: Validation, in change: Change) throws {
        let isRemarked = validation.people.contains { $0.answer?.answer.kind == .reservation }
        guard !isRemarked, !validation.hasChanged, try last(validation.request.textId, change)?.revisionId != validation.request.revisionId else { return }
        let text = try TextQueries.text(validation.request.textId, change)
        let revision = try TextQueries.revision(validation.request.revisionId, of: text.id, change)
        try note(revision, on: change.today, "", by: validation.request.id, in: change)
        try change.trace("text", text.id, programme: text.programmeId, as: "text.approved", ["number": String(revision.number)])
    }
}
