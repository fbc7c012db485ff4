import Database
import Events
import Formats
import Platform

/// What waits for the officers of a programme: dates to set, a group to gather, a visit to note as held.
enum VisitTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        let today = request.now.day()
        return try programmes.flatMap { programme in
            let ahead = try Board.ahead(programme, reader, request)
            return dates(ahead.filter { $0.agenda.firstDay == nil && !$0.visit.isCancelled }.map(\.visit), request.words)
                + (try soon(ahead.compactMap { visit, agenda, visitors in todo(visit, agenda, visitors, today, request.words).map { (visit.id, $0) } }, reader))
        }
    }

    private struct Asked: Decodable {
        var id: String
        var createdAt: Instant
        var datedAt: Instant?
    }

    /// The same with the day on which each visit was made or last given its dates.
    private static func soon(_ todos: [(visit: String, todo: Todo)], _ reader: any Reader) throws -> [Todo] {
        let asked = try reader.all(
            Asked.self,
            """
            SELECT id, created_at, (SELECT max(at) FROM audit WHERE object_id = visit.id AND action = 'visit.dated') AS dated_at
            FROM visit WHERE id IN \(list: todos.map(\.visit))
            """)
        let days = Dictionary(uniqueKeysWithValues: asked.map { ($0.id, max($0.createdAt, $0.datedAt ?? $0.createdAt).day()) })
        return todos.map { Todo(title: $0.todo.title, path: $0.todo.path, due: $0.todo.due, asked: days[$0.visit]) }
    }

    /// One line for all the visits of a programme without dates.
    static func dates(_ visits: [Visit], _ words: Words) -> [Todo] {
        guard let first = visits.first else { return [] }
        guard visits.count > 1 else { return [Todo(title: words("visits.todo.date", ["visit": first.name]), path: "\(first.path)/dates", due: nil)] }
        let programme = first.path.split(separator: "/").prefix(2).joined(separator: "/")
        return [Todo(title: words("visits.todo.dates", ["n": visits.count]), path: "/\(programme)/visites?tri=missing", due: nil)]
    }

    static func todo(_ visit: Visit, _ agenda: Agenda, _ visitors: Int, _ today: Day, _ words: Words) -> Todo? {
        guard !visit.isHeld, !visit.isCancelled, let first = agenda.firstDay, let last = agenda.lastDay else { return nil }
        if last < today {
            return Todo(title: words("visits.todo.held", ["visit": visit.name]), path: visit.path, due: last)
        }
        guard visitors < Delegation.size.lowerBound, !visit.explains(visitors: visitors) else { return nil }
        return Todo(
            title: words("visits.todo.group", ["visit": visit.name]), path: "\(visit.path)/groupe",
            due: first.adding(days: -14))
    }
}

extension Board {
    /// The visits of a programme that are neither held nor called off, with their half-days and the size of their visiting group.
    static func ahead(
        _ programmeId: String, _ reader: any Reader, _ request: Request
    ) throws -> [(visit: Visit, agenda: Agenda, visitors: Int)] {
        let visits = try VisitQueries.all(of: programmeId, before: .held, reader, request)
        let agendas = try Slots.of(visits.map(\.id), reader)
        let visitors = try VisitMarks.counts(visits.map(\.id), reader)
        return visits.map { ($0, agendas[$0.id] ?? Agenda([]), visitors[$0.id] ?? 0) }
    }
}

/// What `essaim check` looks at: visits that lost a piece.
enum VisitChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        let unprotected = try reader.texts(
            "SELECT id FROM visit WHERE NOT EXISTS (SELECT 1 FROM access WHERE access.object_id = visit.id)")
        let leaking = try reader.texts(
            """
            SELECT DISTINCT visit.id FROM visit JOIN membership ON membership.scope_id = visit.delegation_id
            WHERE membership.role = 'host' AND membership.until IS NULL
            """)
        return unprotected.map { "visit \($0): no line in access" }
            + leaking.map { "visit \($0): a person of the host is in the visiting group" }
    }
}
