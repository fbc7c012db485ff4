import Database
import Formats
import Platform

/// What minutes ask of whoever carries them: to be written, sent for remarks, amended, approved.
enum MinutesTodos {
    private struct Row: Decodable {
        var id: String
        var headId: String
        var subject: String
        var lastDay: Day?
    }

    /// A visit that took place, whose minutes nobody has begun.
    private struct Unbegun: Decodable {
        var name: String
        var path: String
        var lastDay: Day?
    }

    /// How many days after the last one they are expected.
    private static let days = 14

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { !$0.value.isDisjoint(with: [.officer, .coordinator]) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let rows = try reader.all(
            Row.self,
            """
            SELECT text.id, text.head_id, coalesce(visit.name, event.title) AS subject, (SELECT max(day) FROM slot WHERE event_id = text.subject_id AND removed_at IS NULL) AS last_day
            FROM text CROSS JOIN access LEFT JOIN visit ON visit.id = text.subject_id
            JOIN event ON event.id = text.subject_id
            WHERE access.object_id = text.id AND text.kind = 'minutes' AND text.programme_id IN \(list: programmes) AND coalesce(visit.stage, '') <> 'published' AND \(request.site.policy.condition(.askValidation, request.viewer))
                AND NOT EXISTS (SELECT 1 FROM text_approval WHERE revision_id = text.head_id AND text_approval.withdrawn_at IS NULL)
            ORDER BY last_day, text.id
            """)
        return try rows.compactMap { try todo($0, reader, request) } + unbegun(reader, request)
    }

    private static func todo(_ row: Row, _ reader: any Reader, _ request: Request) throws -> Todo? {
        let (words, path, due) = (request.words, "/textes/\(row.id)", row.lastDay?.adding(days: days))
        let head = try TextQueries.revision(row.headId, of: row.id, reader)
        let state = try TextState.minutes(row.id, head, reader)
        if case .inReview = state, let validation = try Validation.summary(row.id, reader) {
            let remarks = validation.people.count { $0.answer?.answer.kind == .reservation }
            guard remarks > 0 else { return nil }
            return Todo(
                title: words("texts.todo.minutes.read", ["n": remarks, "subject": row.subject]), path: "\(path)/validation", due: validation.request.deadline)
        }
        guard let key = key(state, head) else { return nil }
        return Todo(title: words("texts.todo.minutes.\(key)", ["text": head.title, "subject": row.subject]), path: path, due: due)
    }

    /// The visits held of the programmes that this person carries out, as long as nobody began their minutes.
    private static func unbegun(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let visits = try reader.all(
            Unbegun.self,
            """
            SELECT visit.name, '/programmes/' || programme.slug || '/visites/' || visit.slug || '#textes' AS path,
                (SELECT max(day) FROM slot WHERE event_id = visit.id AND removed_at IS NULL) AS last_day
            FROM visit JOIN programme ON programme.id = visit.programme_id
            WHERE visit.programme_id IN \(list: programmes) AND visit.stage = 'held' AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                AND NOT EXISTS (SELECT 1 FROM text WHERE text.subject_id = visit.id AND text.kind = 'minutes')
            ORDER BY last_day, visit.id
            """)
        return visits.map { Todo(title: request.words("texts.todo.minutes.write", ["subject": $0.name]), path: $0.path, due: $0.lastDay?.adding(days: days)) }
    }

    private static func key(_ state: TextState, _ head: Revision) -> String? {
        switch state {
        case .empty: "write"
        case .writing: head.blankSections.isEmpty ? "send" : "write"
        case .remarked: "amend"
        case .amended, .approvedBefore, .reopened: "approve"
        default: nil
        }
    }
}
