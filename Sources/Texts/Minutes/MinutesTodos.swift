import Database
import Formats
import Platform
import Visits

/// What minutes ask of whoever carries them: to be written, sent for remarks, amended, approved.
enum MinutesTodos {
    private struct Row: Decodable {
        var id: String
        var headId: String
        var subject: String
        var lastDay: Day?
    }

    /// A visit or a seminar that took place, whose minutes nobody has begun.
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

    /// The visits held and the seminars past of the programmes that this person carries out, as long as nobody began their minutes; nothing is
    /// waited for any more of a visit that was published.
    private static func unbegun(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let events = try reader.all(
            Unbegun.self,
            """
            SELECT coalesce(visit.name, event.title) AS name, (SELECT max(day) FROM slot WHERE event_id = event.id AND removed_at IS NULL) AS last_day,
                '/programmes/' || programme.slug || CASE WHEN visit.id IS NULL THEN '/seminaires/' || event.id || '#compte-rendu'
                    ELSE '/visites/' || visit.slug || '#textes' END AS path
            FROM event JOIN programme ON programme.id = event.programme_id CROSS JOIN access LEFT JOIN visit ON visit.id = event.id
            WHERE access.object_id = event.id AND event.programme_id IN \(list: programmes) AND \(request.site.policy.condition(.writeSynthesis, request.viewer))
                AND NOT EXISTS (SELECT 1 FROM text WHERE text.subject_id = event.id AND text.kind = 'minutes')
                AND ((visit.stage IN \(list: waiting) AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation))
                    OR (event.kind <> 'visit' AND event.state <> 'cancelled'
                        AND (SELECT max(day) FROM slot WHERE event_id = event.id AND removed_at IS NULL) < \(request.now.day())))
            ORDER BY last_day, event.id
            """)
        return events.map { Todo(title: request.words("texts.todo.minutes.write", ["subject": $0.name]), path: $0.path, due: $0.lastDay?.adding(days: days)) }
    }

    /// From the day a visit was held until it is published: the board says the same.
    private static var waiting: [String] { VisitStage.allCases.filter { $0 >= .held && $0 < .published }.map(\.rawValue) }

    private static func key(_ state: TextState, _ head: Revision) -> String? {
        switch state {
        case .empty: "write"
        case .writing: head.blankSections.isEmpty ? "send" : "write"
        case .remarked: "amend"
        case .toSendAgain: "send"
        case .amended, .approvedBefore: "approve"
        default: nil
        }
    }
}
