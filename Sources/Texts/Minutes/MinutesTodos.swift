import Database
import Formats
import Platform

/// What minutes ask of whoever carries them: to be sent for remarks, amended, approved.
enum MinutesTodos {
    private struct Row: Decodable {
        var id: String
        var headId: String
        var lastDay: Day?
    }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { !$0.value.isDisjoint(with: [.officer, .coordinator]) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let rows = try reader.all(
            Row.self,
            """
            SELECT text.id, text.head_id, (SELECT max(day) FROM slot WHERE event_id = text.subject_id AND removed_at IS NULL) AS last_day
            FROM text CROSS JOIN access LEFT JOIN visit ON visit.id = text.subject_id
            WHERE access.object_id = text.id AND text.kind = 'minutes' AND text.programme_id IN \(list: programmes) AND coalesce(visit.stage, '') <> 'published' AND \(request.site.policy.condition(.askValidation, request.viewer))
                AND NOT EXISTS (SELECT 1 FROM text_approval WHERE revision_id = text.head_id AND text_approval.withdrawn_at IS NULL)
            ORDER BY last_day, text.id
            """)
        return try rows.compactMap { row in
            let head = try TextQueries.revision(row.headId, of: row.id, reader)
            guard let key = key(try TextState.minutes(row.id, head, reader), head) else { return nil }
            return Todo(
                title: request.words("texts.todo.minutes.\(key)", ["text": head.title]), path: "/textes/\(row.id)", due: row.lastDay?.adding(days: 14))
        }
    }

    private static func key(_ state: TextState, _ head: Revision) -> String? {
        switch state {
        case .writing: head.blankSections.isEmpty ? "send" : nil
        case .remarked: "amend"
        case .amended, .approvedBefore, .reopened: "approve"
        default: nil
        }
    }
}
