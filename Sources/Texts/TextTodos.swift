import Database
import Formats
import Platform

/// What texts ask of a person: an answer to a validation, the sheet of their structure.
enum TextTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let (viewer, words) = (request.viewer, request.words)
        guard let personId = viewer.personId else { return [] }
        let answers = try reader.all(
            Waited.self,
            """
            SELECT revision.title, text.kind, '/textes/' || validation_request.text_id || '/validation' AS path, deadline AS due
            FROM validator JOIN validation_request ON validation_request.id = validator.request_id
            JOIN revision ON revision.id = validation_request.revision_id JOIN text ON text.id = validation_request.text_id
            JOIN access ON access.object_id = validation_request.text_id
            WHERE validator.person_id = \(personId) AND closed_at IS NULL AND access.withdrawn_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = validator.request_id
                    AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.id = text.subject_id AND visit.stage = 'published' AND deadline < \(request.now.day()))
            ORDER BY deadline, revision.title
            """)
        let circles = viewer.roles.filter { $0.value.contains(.host) }.keys.sorted()
        let sheets = try reader.all(
            SheetRow.self,
            """
            SELECT text.id, text.head_id, revision.title, min(slot.day) AS day, \(asked(personId)),
                CASE WHEN visit.stage IN ('planned', 'prepared') AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                    AND NOT EXISTS (SELECT 1 FROM sheet_finish WHERE sheet_finish.text_id = text.id AND sheet_finish.withdrawn_at IS NULL)
                    AND NOT EXISTS (SELECT 1 FROM text_sending JOIN revision AS told ON told.id = text_sending.revision_id WHERE told.text_id = text.id)
                    THEN 1 ELSE 0 END AS is_waited
            FROM access
            CROSS JOIN text JOIN revision ON revision.id = text.head_id
            JOIN visit ON visit.id = text.subject_id LEFT JOIN slot ON slot.event_id = text.subject_id AND slot.removed_at IS NULL
            WHERE access.object_id = text.id AND access.kind = 'text' AND text.kind = 'sheet' AND access.scope_id IN \(list: circles) AND access.withdrawn_at IS NULL
            GROUP BY text.id, text.head_id, revision.title, visit.id, visit.stage
            """)
        let blank = try sheets.filter { try TextQueries.revision($0.headId, of: $0.id, reader).isBlank }
        let begun = sheets.filter { sheet in sheet.isWaited && !blank.contains { $0.id == sheet.id } }
        let unopened = try reader.all(
            Unopened.self,
            """
            SELECT visit.name, '/programmes/' || programme.slug || '/visites/' || visit.slug || '#textes' AS path, min(slot.day) AS day, \(asked(personId))
            FROM visit JOIN programme ON programme.id = visit.programme_id
            LEFT JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL
            WHERE visit.circle_id IN \(list: circles) AND visit.stage IN ('planned', 'prepared')
                AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                AND NOT EXISTS (SELECT 1 FROM text WHERE text.subject_id = visit.id AND text.kind = 'sheet')
            GROUP BY visit.id, visit.name, programme.slug, visit.slug
            """)
        return answers.map { Todo(title: words($0.kind.key("texts.todo.answer", words), ["text": $0.title]), path: $0.path, due: $0.due) }
            + (try officer(reader, request))
            + blank.map { Todo(title: words("texts.todo.sheet", ["text": $0.title]), path: "/textes/\($0.id)", due: $0.day, asked: $0.asked) }
            + begun.map { Todo(title: words("texts.todo.sheetFinish", ["text": $0.title]), path: "/textes/\($0.id)", due: $0.day, asked: $0.asked) }
            + unopened.map { Todo(title: words("texts.todo.sheetUnopened", ["visit": $0.name]), path: $0.path, due: $0.day, asked: $0.asked) }
    }
}

extension TextTodos {
    /// When somebody became a host of a visit, and when it was last given its dates.
    private static func asked(_ personId: String) -> SQL {
        """
        (SELECT max(since) FROM membership WHERE scope_id = visit.circle_id AND person_id = \(personId) AND until IS NULL) AS since,
        (SELECT max(at) FROM audit WHERE object_id = visit.id AND action = 'visit.dated') AS dated_at
        """
    }
}

/// What a request under way asks of whoever may correct it: late answers, objections, answers to read, a validation reopened.
extension TextTodos {
    private static func officer(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        guard !request.viewer.roles.isEmpty else { return [] }
        let (words, today) = (request.words, request.now.day())
        let rows = try reader.all(
            RequestRow.self,
            """
            SELECT validation_request.text_id, revision.title, deadline, closed_at,
                (SELECT count(*) FROM validator WHERE validator.request_id = validation_request.id
                    AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = validator.request_id
                        AND endorsement.person_id = validator.person_id AND replaced_at IS NULL)) AS silent,
                (SELECT count(*) FROM endorsement LEFT JOIN objection_outcome ON endorsement_id = endorsement.id
                    WHERE endorsement.request_id = validation_request.id AND replaced_at IS NULL AND answer = 'object'
                        AND endorsement_id IS NULL) AS objections,
                \(UnreadAnswers.columns),
                CASE WHEN visit.stage = 'published' THEN 1 ELSE 0 END AS is_published
            FROM validation_request CROSS JOIN text CROSS JOIN access
            JOIN revision ON revision.id = validation_request.revision_id LEFT JOIN visit ON visit.id = text.subject_id
            WHERE text.id = validation_request.text_id AND access.object_id = text.id AND cancelled_at IS NULL AND \(request.site.policy.condition(.askValidation, request.viewer))
                AND NOT EXISTS (SELECT 1 FROM validation_request AS later WHERE later.text_id = text.id
                    AND (later.asked_at, later.id) > (validation_request.asked_at, validation_request.id))
            ORDER BY deadline, validation_request.id
            """)
        return rows.flatMap { row -> [Todo] in
            func todo(_ key: String, _ arguments: [String: any WordArgument] = [:], due: Day?) -> Todo {
                Todo(
                    title: words("texts.todo.\(key)", arguments.merging(["text": row.title]) { own, _ in own }),
                    path: "/textes/\(row.textId)/validation", due: due)
            }
            if let closed = row.closedAt { return [todo("reopened", due: closed.day())] }
            let unread = UnreadAnswers(reservations: row.reservations, refusals: row.refusals, replies: row.replies)
            let isNear = today >= row.deadline.adding(days: -Reminders.days) && !row.isPublished
            return (row.objections > 0 ? [todo("objections", ["n": row.objections], due: row.deadline)] : [])
                + (unread.isEmpty ? [] : [todo("read", ["what": unread.said(words)], due: row.deadline < today ? nil : row.deadline)])
                + (row.silent > 0 && isNear ? [todo("answers", ["n": row.silent], due: row.deadline)] : [])
        }
    }
}

/// An answer that somebody is asked for.
private struct Waited: Decodable {
    var title: String
    var kind: TextKind
    var path: String
    var due: Day?
}

private struct RequestRow: Decodable {
    var textId: String
    var title: String
    var deadline: Day
    var closedAt: Instant?
    var silent: Int
    var objections: Int
    var reservations: Int
    var refusals: Int
    var replies: Int
    var isPublished: Bool
}

/// A visit whose host has not begun its sheet.
private struct Unopened: Decodable {
    var name: String
    var path: String
    var day: Day?
    var since: Instant?
    var datedAt: Instant?
    var asked: Day? { [since, datedAt].compactMap(\.self).max()?.day() }
}

private struct SheetRow: Decodable {
    var id: String
    var headId: String
    var title: String
    var day: Day?
    var since: Instant?
    var datedAt: Instant?
    var asked: Day? { [since, datedAt].compactMap(\.self).max()?.day() }
    /// It was neither sent nor said to be finished, for a visit that lies ahead.
    var isWaited: Bool
}
