import Database
import Formats
import Platform

/// What texts ask of a person: an answer to a validation, the sheet of their structure.
enum TextTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let (viewer, words) = (request.viewer, request.words)
        guard let personId = viewer.personId else { return [] }
        let answers = try reader.all(
            Todo.self,
            """
            SELECT revision.title, '/textes/' || validation_request.text_id || '/validation' AS path, deadline AS due
            FROM validator JOIN validation_request ON validation_request.id = validator.request_id
            JOIN revision ON revision.id = validation_request.revision_id
            JOIN access ON access.object_id = validation_request.text_id
            WHERE validator.person_id = \(personId) AND closed_at IS NULL AND access.withdrawn_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = validator.request_id
                    AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)
            ORDER BY deadline, revision.title
            """)
        let circles = viewer.roles.filter { $0.value.contains(.host) }.keys.sorted()
        let sheets = try reader.all(
            SheetRow.self,
            """
            SELECT text.id, text.head_id, revision.title, min(slot.day) AS day FROM text
            JOIN revision ON revision.id = text.head_id JOIN access ON access.object_id = text.id
            LEFT JOIN slot ON slot.event_id = text.subject_id AND slot.removed_at IS NULL
            WHERE text.kind = 'sheet' AND access.scope_id IN \(list: circles) AND access.withdrawn_at IS NULL
            GROUP BY text.id, text.head_id, revision.title
            """)
        let blank = try sheets.filter { try TextQueries.revision($0.headId, of: $0.id, reader).isBlank }
        return answers.map { Todo(title: words("texts.todo.answer", ["text": $0.title]), path: $0.path, due: $0.due) }
            + blank.map { Todo(title: words("texts.todo.sheet", ["text": $0.title]), path: "/textes/\($0.id)", due: $0.day) }
    }
}

private struct SheetRow: Decodable {
    var id: String
    var headId: String
    var title: String
    var day: Day?
}
