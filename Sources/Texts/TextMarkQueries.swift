import Database
import Formats
import Platform

/// The reads of the marks: a few queries, whatever the number of visits.
enum TextMarkQueries {
    static func texts(about visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [MarkedText] {
        let rows = try reader.all(
            TextRow.self,
            """
            SELECT text.id, text.kind, text.subject_id, revision.number,
                (SELECT count(DISTINCT person_id) FROM text_sending JOIN revision AS sent ON sent.id = text_sending.revision_id
                    WHERE sent.text_id = text.id) AS sent_to,
                CASE WHEN EXISTS (SELECT 1 FROM sheet_finish WHERE sheet_finish.text_id = text.id AND withdrawn_at IS NULL) THEN 1 ELSE 0 END AS is_finished,
                CASE WHEN \(request.site.policy.condition(.see, request.viewer)) THEN 1 ELSE 0 END AS is_readable,
                CASE WHEN EXISTS (SELECT 1 FROM text_approval JOIN revision AS approved ON approved.id = text_approval.revision_id
                    WHERE text_approval.text_id = text.id AND text_approval.withdrawn_at IS NULL AND NOT EXISTS (
                        SELECT 1 FROM revision AS later WHERE later.text_id = text.id AND later.number > approved.number AND later.is_form_only = 0))
                    THEN 1 ELSE 0 END AS is_approved
            FROM text JOIN revision ON revision.id = text.head_id JOIN access ON access.object_id = text.id
            WHERE text.kind IN ('sheet', 'minutes', 'synthesis') AND text.subject_id IN \(list: visitIds) ORDER BY text.created_at, text.id
            """)
        let bodies = Dictionary(
            grouping: try reader.all(
                BodyRow.self,
                """
                SELECT text.id AS text_id, body FROM text JOIN revision_section ON revision_section.revision_id = text.head_id
                JOIN section_content ON section_content.hash = revision_section.content_hash WHERE text.id IN \(list: rows.map(\.id))
                """), by: \.textId)
        let requests = Dictionary(uniqueKeysWithValues: try asked(rows.map(\.id), reader).map { ($0.textId, $0) })
        return rows.map { row in
            let sections = bodies[row.id] ?? []
            return MarkedText(
                id: row.id, kind: row.kind, subjectId: row.subjectId, number: row.number,
                written: sections.filter { !Markdown.isBlank($0.body) }.count, sections: sections.count, sentTo: row.sentTo, isFinished: row.isFinished,
                isReadable: row.isReadable, isApproved: row.isApproved, request: requests[row.id])
        }
    }

    private struct Silent: Decodable {
        var textId: String
        var personId: String
    }

    /// Who has not answered the request that stands, by text.
    static func silent(_ texts: [MarkedText], _ reader: any Reader) throws -> [String: [String]] {
        let asked = texts.filter { $0.request.map { $0.silent > 0 } ?? false }.map(\.id)
        guard !asked.isEmpty else { return [:] }
        let people = try reader.all(
            Silent.self,
            """
            SELECT request.text_id, validator.person_id FROM validation_request AS request JOIN validator ON validator.request_id = request.id
            WHERE closed_at IS NULL AND request.text_id IN \(list: asked) AND NOT EXISTS (
                SELECT 1 FROM validation_request AS later WHERE later.text_id = request.text_id
                    AND (later.asked_at, later.id) > (request.asked_at, request.id))
                AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = request.id
                    AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)
            """)
        return Dictionary(grouping: people, by: \.textId).mapValues { $0.map(\.personId) }
    }

    private struct Officer: Decodable {
        var visitId: String
        var personId: String
        var role: Role
    }

    /// The people who carry out the programme of each visit; where nobody does, those who coordinate it.
    static func officers(of visitIds: [String], _ reader: any Reader) throws -> [String: [String]] {
        let people = try reader.all(
            Officer.self,
            """
            SELECT visit.id AS visit_id, person_id, role FROM visit
            JOIN membership ON scope_id = visit.programme_id AND until IS NULL AND role IN ('officer', 'coordinator')
            WHERE visit.id IN \(list: visitIds) ORDER BY person_id
            """)
        return Dictionary(grouping: people, by: \.visitId).mapValues { people in
            let officers = people.filter { $0.role == .officer }
            return (officers.isEmpty ? people : officers).map(\.personId)
        }
    }

    /// The latest request of each text, unless it is closed.
    private static func asked(_ textIds: [String], _ reader: any Reader) throws -> [MarkedText.Asked] {
        try reader.all(
            MarkedText.Asked.self,
            """
            SELECT request.text_id, request.deadline,
                (SELECT count(*) FROM validator WHERE validator.request_id = request.id) AS people,
                (SELECT count(*) FROM validator WHERE validator.request_id = request.id AND NOT EXISTS (
                    SELECT 1 FROM endorsement WHERE endorsement.request_id = request.id
                        AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)) AS silent,
                (SELECT count(*) FROM endorsement WHERE endorsement.request_id = request.id AND replaced_at IS NULL AND answer = 'object'
                    AND NOT EXISTS (SELECT 1 FROM objection_outcome WHERE endorsement_id = endorsement.id)) AS objections,
                (SELECT count(*) FROM revision JOIN revision AS asked ON asked.id = request.revision_id
                    WHERE revision.text_id = request.text_id AND revision.number > asked.number
                        AND revision.is_form_only = 0) AS changes
            FROM validation_request AS request
            WHERE closed_at IS NULL AND request.text_id IN \(list: textIds) AND NOT EXISTS (
                SELECT 1 FROM validation_request AS later WHERE later.text_id = request.text_id
                    AND (later.asked_at, later.id) > (request.asked_at, request.id))
            """)
    }
}

private struct TextRow: Decodable {
    var id: String
    var kind: TextKind
    var subjectId: String
    var number: Int
    var sentTo: Int
    var isFinished: Bool
    var isReadable: Bool
    var isApproved: Bool
}

private struct BodyRow: Decodable {
    var textId: String
    var body: String
}
