import Database
import Formats
import Platform

/// What a sheet asks of whoever prepares the visit: once it is whole, or its host has finished, to be sent to the group.
enum SheetTodos {
    private struct Row: Decodable {
        var id: String
        var headId: String
        var title: String
        var firstDay: Day?
        var isFinished: Bool
    }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let rows = try reader.all(
            Row.self,
            """
            SELECT text.id, text.head_id, revision.title, (SELECT min(day) FROM slot WHERE event_id = text.subject_id AND removed_at IS NULL) AS first_day,
                CASE WHEN EXISTS (SELECT 1 FROM sheet_finish WHERE sheet_finish.text_id = text.id AND withdrawn_at IS NULL) THEN 1 ELSE 0 END AS is_finished
            FROM visit CROSS JOIN text CROSS JOIN access JOIN revision ON revision.id = text.head_id
            WHERE visit.programme_id IN \(list: programmes) AND text.subject_id = visit.id AND text.kind = 'sheet' AND access.object_id = text.id
                AND visit.stage IN ('planned', 'prepared') AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                AND \(request.site.policy.condition(.sendSheet, request.viewer))
                AND NOT EXISTS (SELECT 1 FROM text_sending JOIN revision AS told ON told.id = revision_id WHERE told.text_id = text.id)
            ORDER BY first_day, text.id
            """)
        return try rows.filter { try $0.isFinished || TextQueries.revision($0.headId, of: $0.id, reader).blankSections.isEmpty }.map {
            Todo(title: request.words("texts.todo.sheetSend", ["text": $0.title]), path: "/textes/\($0.id)#envoi", due: $0.firstDay)
        }
    }
}
