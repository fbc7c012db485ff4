import Database
import Formats
import Platform
import Visits

extension Validation {
    /// The latest validation of a text; nil when nobody was ever asked.
    public static func summary(_ textId: String, _ reader: any Reader) throws -> Validation? {
        try summary(where: "validation_request.text_id = \(textId)", reader)
    }

    /// One validation, the latest or an earlier one: the one that a publication rests on.
    public static func summary(of requestId: String, _ reader: any Reader) throws -> Validation? {
        try summary(where: "validation_request.id = \(requestId)", reader)
    }

    /// The validations asked before the latest one, newest first: what was answered then stays readable.
    public static func earlier(_ textId: String, _ reader: any Reader) throws -> [Validation] {
        try requests(where: "validation_request.text_id = \(textId)", reader).dropFirst().map { try summary($0, reader) }
    }

    /// The validations asked before one of them, newest first; none before nil.
    public static func earlier(_ textId: String, _ reader: any Reader, than validation: Validation?) throws -> [Validation] {
        guard let request = validation?.request else { return [] }
        return try requests(
            where: """
                validation_request.text_id = \(textId) AND (asked_at, validation_request.id) < (\(request.askedAt), \(request.id))
                """, reader
        ).map { try summary($0, reader) }
    }

    private static func summary(where condition: SQL, _ reader: any Reader) throws -> Validation? {
        try requests(where: condition, reader).first.map { try summary($0, reader) }
    }

    private static func requests(where condition: SQL, _ reader: any Reader) throws -> [Request] {
        try reader.all(
            Request.self,
            """
            SELECT validation_request.id, validation_request.text_id, revision_id, revision_hash, revision.number AS revision_number,
                deadline, asked_by, asked_at, closed_at, cancelled_at, referred_at
            FROM validation_request JOIN revision ON revision.id = revision_id
            WHERE \(condition) ORDER BY asked_at DESC, validation_request.id DESC
            """)
    }

    private static func summary(_ request: Request, _ reader: any Reader) throws -> Validation {
        let given = try reader.all(
            GivenRow.self,
            """
            SELECT endorsement.id, person_id, answer, is_exact, is_publishable, reservation, objection_kind, interests, answered_at,
                received_by, entered_by, proof, proof_file_id, replaced_at, outcome, objection_outcome.revision_id, reason, reply,
                decided_by, decided_at
            FROM endorsement LEFT JOIN objection_outcome ON objection_outcome.endorsement_id = endorsement.id
            WHERE request_id = \(request.id) ORDER BY answered_at DESC, endorsement.id DESC
            """)
        let answers = Dictionary(grouping: given, by: \.personId)
        let circle = try reader.text("SELECT circle_id FROM visit JOIN text ON subject_id = visit.id WHERE text.id = \(request.textId)")
        let text = try TextQueries.text(request.textId, reader)
        let nudges = text.kind.asking.map { text.subjectId + Nudges.part($0) }
        let people = try reader.all(
            PersonRow.self,
            """
            SELECT validator.person_id, person.name, person.email, coalesce(person_profile.function, '') AS function,
                coalesce(organization.short_name, organization.name) AS organization, side, is_signatory, reminded_at,
                (SELECT max(sent_at) FROM reminder WHERE reminder.object_id = \(nudges) AND reminder.person_id = validator.person_id
                    AND reminder.kind = \(Nudges.kind) AND sent_at >= \(request.askedAt)) AS nudged_at,
                CASE WHEN side = 'visitor' AND NOT EXISTS (
                    SELECT 1 FROM membership WHERE membership.person_id = validator.person_id AND role = 'visitor'
                        AND scope_id = \(circle)) THEN 1 ELSE 0 END AS is_staff
            FROM validator JOIN person ON person.id = validator.person_id
            LEFT JOIN person_profile ON person_profile.person_id = validator.person_id
            LEFT JOIN organization ON organization.id = person_profile.organization_id
            WHERE request_id = \(request.id) ORDER BY side, person.sort_key, validator.person_id
            """)
        let since = try TextQueries.revisions(request.textId, reader)
            .filter { $0.number > request.revisionNumber }.reversed()
        return Validation(
            request: request,
            people: people.map { row in
                let own = answers[row.personId] ?? []
                return Person(
                    personId: row.personId, name: row.name, email: row.email, function: row.function,
                    organization: row.organization, side: row.side, isSignatory: row.isSignatory, remindedAt: [row.remindedAt, row.nudgedAt].compactMap(\.self).max(),
                    answer: own.first { $0.replacedAt == nil }?.given, earlier: own.filter { $0.replacedAt != nil }.map(\.given), isStaff: row.isStaff)
            }, since: Array(since), unasked: try unasked(request, circle: circle, reader))
    }
}

extension Validation {
    /// How many of the visiting group, as it was when the question was asked, were not asked.
    private static func unasked(_ request: Request, circle: String?, _ reader: any Reader) throws -> Int {
        try reader.count(
            """
            SELECT count(DISTINCT person_id) FROM membership
            WHERE scope_id = \(circle) AND role = 'visitor' AND since <= \(request.askedAt)
                AND (until IS NULL OR until > \(request.askedAt))
                AND NOT EXISTS (SELECT 1 FROM validator WHERE request_id = \(request.id) AND validator.person_id = membership.person_id)
            """)
    }
}

/// The validations that a day concerns, whoever asks: for what the site does by itself.
enum ValidationQueries {
    /// The texts whose request ends within the days of the reminder and lacks an answer.
    static func toRemind(on today: Day, _ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT DISTINCT text_id FROM validation_request JOIN validator ON validator.request_id = validation_request.id
            WHERE closed_at IS NULL AND deadline >= \(today) AND deadline <= \(today.adding(days: Reminders.days))
                AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = validation_request.id
                    AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)
            ORDER BY text_id
            """)
    }

    /// The texts whose request is over since yesterday or before, of visits not yet said validated.
    static func over(on today: Day, _ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT text.id FROM validation_request JOIN text ON text.id = validation_request.text_id
            LEFT JOIN visit ON visit.id = text.subject_id
            LEFT JOIN grid_version ON grid_version.revision_id = validation_request.revision_id
            WHERE closed_at IS NULL AND deadline < \(today)
                AND (visit.stage NOT IN ('validated', 'published') OR (grid_version.id IS NOT NULL AND grid_version.adopted_at IS NULL)
                    OR (text.kind = 'minutes' AND NOT EXISTS (SELECT 1 FROM text_approval WHERE text_approval.revision_id = validation_request.revision_id)))
            ORDER BY text.id
            """)
    }
}

private struct PersonRow: Decodable {
    var personId: String
    var name: String
    var email: String?
    var function: String
    var organization: String?
    var side: Validation.Side
    var isSignatory: Bool
    var remindedAt: Instant?
    /// The same from the page of the visits.
    var nudgedAt: Instant?
    var isStaff: Bool
}

private struct GivenRow: Decodable {
    var id: String
    var personId: String
    var answer: Answer.Kind
    var isExact: Bool
    var isPublishable: Bool
    var reservation: String
    var objectionKind: Answer.Objection?
    var interests: String
    var answeredAt: Instant
    var receivedBy: Answer.Channel?
    var enteredBy: String?
    var proof: String
    var proofFileId: String?
    var replacedAt: Instant?
    var outcome: Validation.Outcome.Kind?
    var revisionId: String?
    var reason: String?
    var reply: String?
    var decidedBy: String?
    var decidedAt: Instant?

    var given: Validation.Given {
        Validation.Given(
            id: id,
            answer: Answer(
                kind: answer, isExact: isExact, isPublishable: isPublishable, text: reservation, objection: objectionKind,
                interests: interests),
            answeredAt: answeredAt, receivedBy: receivedBy, enteredBy: enteredBy, proof: proof, proofFileId: proofFileId,
            outcome: outcome.map {
                Validation.Outcome(
                    outcome: $0, revisionId: revisionId, reason: reason ?? "", reply: reply ?? "", decidedBy: decidedBy,
                    decidedAt: decidedAt ?? answeredAt)
            })
    }
}
