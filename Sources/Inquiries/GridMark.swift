import Database
import Events
import Formats
import Grids
import Platform
import Visits

/// Where the grids of visits stand in « Où en est-on ? »: common, adapted, settled.
enum GridMark {
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let visits = try VisitQueries.all(ids: visitIds, reader)
        let agendas = try Slots.of(visitIds, reader)
        let rows = try reader.all(
            Row.self,
            """
            SELECT visit.id AS visit_id, visit_grid.version,
                CASE WHEN EXISTS (SELECT 1 FROM grid JOIN dimension ON grid_id = grid.id JOIN question ON dimension_id = dimension.id
                    WHERE grid.programme_id = visit.programme_id AND question.retired_at IS NULL) THEN 1 ELSE 0 END AS has_grid,
                (SELECT count(*) FROM grid_change WHERE grid_change.visit_id = visit.id AND outcome = 'approved') AS adapted,
                (SELECT count(*) FROM grid_change WHERE grid_change.visit_id = visit.id AND outcome IS NULL) AS waiting,
                CASE WHEN EXISTS (SELECT 1 FROM membership WHERE scope_id = visit.programme_id AND role = 'researcher' AND until IS NULL)
                    THEN 0 ELSE 1 END AS is_alone
            FROM visit LEFT JOIN visit_grid ON visit_grid.visit_id = visit.id WHERE visit.id IN \(list: visitIds)
            """)
        let known = Dictionary(uniqueKeysWithValues: rows.map { ($0.visitId, $0) })
        return Dictionary(
            uniqueKeysWithValues: visits.compactMap { visit in
                // A programme without questions has no such stage.
                known[visit.id].flatMap { $0.hasGrid ? (visit.id, [mark(visit, $0, agendas[visit.id]?.firstDay, request)]) : nil }
            })
    }

    struct Row: Decodable, Equatable {
        var visitId: String
        var version: Int?
        var hasGrid: Bool
        var adapted: Int
        var waiting: Int
        /// Nobody of the programme does research.
        var isAlone: Bool
    }

    static func mark(_ visit: Visit, _ row: Row, _ first: Day?, _ request: Request) -> StageMark {
        let words = request.words
        func mark(_ state: StageMark.State, _ detail: String, missing: String? = nil) -> StageMark {
            StageMark(.stage(.grid), label: words("inquiries.mark.label"), state: state, detail: detail, path: "\(visit.path)/grille", missing: missing)
        }
        if let version = row.version {
            return mark(.done, row.adapted == 0 ? words("inquiries.mark.common", ["n": version]) : words("inquiries.mark.adapted", ["n": row.adapted]))
        }
        if visit.isHeld { return mark(.skipped, words("inquiries.mark.never")) }
        if row.waiting > 0 { return mark(.now, words("inquiries.mark.waiting", ["n": row.waiting]), missing: row.isAlone ? words("inquiries.missing.researcher") : words("inquiries.missing.decision", ["n": row.waiting])) }
        let isSoon = first.map { request.now.day().days(until: $0) < 14 } ?? false
        guard visit.stage != .candidate, isSoon else { return mark(.todo, words("inquiries.mark.open")) }
        return mark(.now, words("inquiries.mark.open"), missing: words(row.isAlone ? "inquiries.missing.researcher" : "inquiries.missing.settling"))
            .asking(row.isAlone ? nil : words("inquiries.todo.settle", ["visit": visit.name]))
    }
}

/// What waits for the researchers: changes to decide, grids to settle; for the officers, a researcher to name.
enum InquiryTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] { try decisions(reader, request) + researchers(reader, request) }

    /// A visit comes within the month, and nobody may settle its grid.
    private static func researchers(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        let alone = try programmes.filter { try MissingResearcher.isSo(in: $0, reader) }
        guard !alone.isEmpty else { return [] }
        let today = request.now.day()
        let visits = try reader.all(
            Coming.self,
            """
            SELECT visit.id, min(slot.day) AS first_day FROM visit JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL
            WHERE visit.programme_id IN \(list: alone) AND visit.stage IN ('planned', 'prepared')
                AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation) AND visit.id NOT IN (SELECT visit_id FROM visit_grid)
                AND EXISTS (SELECT 1 FROM grid JOIN dimension ON grid_id = grid.id JOIN question ON dimension_id = dimension.id
                    WHERE grid.programme_id = visit.programme_id AND question.retired_at IS NULL)
            GROUP BY visit.id HAVING min(slot.day) >= \(today) AND min(slot.day) <= \(today.adding(days: 30)) ORDER BY 2, 1
            """)
        let days = Dictionary(uniqueKeysWithValues: visits.map { ($0.id, $0.firstDay) })
        return try VisitQueries.all(ids: visits.map(\.id), reader).map { visit in
            Todo(title: request.words("inquiries.todo.researcher", ["visit": visit.name]), path: "\(visit.path)/grille", due: days[visit.id]?.adding(days: -7))
        }
    }

    private struct Coming: Decodable {
        var id: String
        var firstDay: Day
    }

    private static func decisions(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.researcher) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let rows = try reader.all(
            Row.self,
            """
            SELECT visit_id, count(*) AS waiting FROM grid_change JOIN visit ON visit.id = visit_id
            WHERE outcome IS NULL AND visit.programme_id IN \(list: programmes) AND visit.stage IN ('candidate', 'planned', 'prepared')
            GROUP BY visit_id
            """)
        let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0.visitId, $0.waiting) })
        let agendas = try Slots.of(rows.map(\.visitId), reader)
        return try VisitQueries.all(ids: rows.map(\.visitId), reader).filter { !$0.isCancelled }.map { visit in
            Todo(
                title: request.words("inquiries.todo.decide", ["n": counts[visit.id] ?? 0, "visit": visit.name]), path: "\(visit.path)/grille#changements",
                due: agendas[visit.id]?.firstDay?.adding(days: -7))
        }
    }

    private struct Row: Decodable {
        var visitId: String
        var waiting: Int
    }
}

/// What `essaim check` looks at: that every answer is to a question that is known, in use or not.
enum InquiryChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT DISTINCT question_id FROM answer_tag WHERE NOT EXISTS (SELECT 1 FROM question WHERE question.id = answer_tag.question_id)
                AND NOT EXISTS (SELECT 1 FROM grid_change WHERE grid_change.id = answer_tag.question_id AND kind = 'add')
            """
        ).map { "answers to question \($0), which is not known" }
    }
}
