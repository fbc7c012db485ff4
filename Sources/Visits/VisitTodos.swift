import Database
import Events
import Formats
import Platform

/// What visits ask of whoever carries them, as the board says it: what is theirs to do now, and whom it is time to write to again. One line for
/// each visit, one for all those without dates.
struct VisitTodos {
    private let request: Request
    private let roles: Set<Role>
    private let hasResearcher: Bool
    private var words: Words { request.words }
    private var today: Day { request.now.day() }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { !$0.value.isDisjoint(with: [.officer, .researcher]) }.sorted { $0.key < $1.key }
        return try programmes.flatMap { programme, roles in
            let hasResearcher = try reader.people(in: programme).contains { $0.role == .researcher }
            return try VisitTodos(request: request, roles: roles, hasResearcher: hasResearcher).all(of: programme, reader)
        }
    }

    private func all(of programme: String, _ reader: any Reader) throws -> [Todo] {
        let visits = try VisitQueries.all(of: programme, before: .published, reader, request)
        let agendas = try Slots.of(visits.map(\.id), reader)
        let dated = visits.filter { agendas[$0.id]?.firstDay != nil }
        // Of a visit that lies further ahead, its group alone is asked for: the other marks have nothing to say.
        let near = dated.filter { visit in agendas[visit.id]?.firstDay.map { Preparation.isNear($0, on: today) } ?? false }.map(\.id)
        let marks = try VisitMarks.all(near, reader, request).merging(groups(dated.filter { !near.contains($0.id) }, agendas, reader)) { own, _ in own }
        let todos = try soon(
            dated.compactMap { visit in
                todo(VisitProgress(visit, agendas[visit.id] ?? Agenda([]), marks[visit.id] ?? [], today: today), marks[visit.id] ?? []).map { (visit.id, $0) }
            }, reader)
        let undated = visits.filter { agendas[$0.id]?.firstDay == nil && !$0.isHeld }
        return (roles.contains(.officer) ? Self.dates(undated, words) : []) + todos
    }

    private func groups(_ visits: [Visit], _ agendas: [String: Agenda], _ reader: any Reader) throws -> [String: [StageMark]] {
        let counts = try VisitMarks.counts(visits.map(\.id), reader)
        return Dictionary(
            uniqueKeysWithValues: visits.map { visit in
                (visit.id, [VisitMarks.group(visit, counts[visit.id]?.visitors ?? 0, agendas[visit.id] ?? Agenda([]), today, words, mayManage: true)])
            })
    }

    /// What one visit asks: one thing as it is, several under its name.
    private func todo(_ progress: VisitProgress, _ marks: [StageMark]) -> Todo? {
        let visit = progress.visit
        let due = own(progress, marks) + reminders(progress, marks)
        let parts = due.map { Todo.Part(title: $0.title, path: $0.path) }
        guard let first = parts.first else { return nil }
        guard parts.count > 1 else { return Todo(title: first.title, path: first.path, due: due.compactMap(\.due).min()) }
        return Todo(title: words("visits.todo.several", ["visit": visit.name, "n": parts.count]), path: visit.path, due: due.compactMap(\.due).min(), parts: parts)
    }

    /// What is this person's to do. Once the days have passed, that it took place comes before all the rest.
    private func own(_ progress: VisitProgress, _ marks: [StageMark]) -> [Todo] {
        let mine = marks.filter { mark in mark.isMissing && mark.todo != nil && isMine(mark) }
        let first = mine.filter { $0.place == .dates }
        return (first.isEmpty ? mine : first).map { mark in
            Todo(title: mark.todo ?? mark.label, path: mark.path ?? progress.visit.path, due: mark.due ?? day(mark.place, progress.agenda))
        }
    }

    private func isMine(_ mark: StageMark) -> Bool {
        guard mark.waitsFor.isEmpty else { return request.viewer.personId.map { mark.waitsFor.contains($0) } ?? false }
        return !(mark.stage.map { Nudges.roles(of: $0) } ?? [.officer]).isDisjoint(with: roles)
    }

    private func day(_ place: StageMark.Place, _ agenda: Agenda) -> Day? {
        switch place {
        case .dates: agenda.lastDay
        case .meetings: StageMark.Stage.delegation.due(agenda)
        case .stage(let stage): stage.due(agenda)
        case .publication: nil
        }
    }

    /// Whom it is time to write to again, for the officer. Texts say it of what they ask; whoever comes along holds the review.
    private func reminders(_ progress: VisitProgress, _ marks: [StageMark]) -> [Todo] {
        let visit = progress.visit
        guard roles.contains(.officer), !marks.contains(where: { $0.place == .dates && $0.state == .late }) else { return [] }
        let elsewhere: Set<StageMark.Stage> = [.minutes, .validation]
        let comesAlong = request.viewer.roles(in: visit.delegationId).contains(.staff)
        return progress.open.filter { cell in
            guard cell.missing != nil, cell.isToRemind(progress.agenda, on: today), !elsewhere.contains(cell.stage), cell.waitsFor != [request.viewer.personId ?? ""] else { return false }
            if cell.stage == .review, comesAlong { return false }
            if cell.stage == .sheet, request.viewer.personId.map({ cell.waitsFor.contains($0) }) ?? false { return false }
            if cell.stage == .grid, !hasResearcher { return false }
            return Nudges.roles(of: cell.stage).isDisjoint(with: roles)
        }.map { cell in
            Todo(
                title: words("visits.todo.remind", ["who": cell.turn(visit, words), "stage": words.name("visits.stageName", of: cell.stage), "visit": visit.name]),
                path: "/programmes/\(visit.programmeSlug)/avancement#visite-\(visit.slug)", due: cell.due)
        }
    }

    private struct Asked: Decodable {
        var id: String
        var createdAt: Instant
        var datedAt: Instant?
    }

    /// The same with the day on which each visit was made or last given its dates.
    private func soon(_ todos: [(visit: String, todo: Todo)], _ reader: any Reader) throws -> [Todo] {
        let asked = try reader.all(
            Asked.self,
            """
            SELECT id, created_at, (SELECT max(at) FROM audit WHERE object_id = visit.id AND action = 'visit.dated') AS dated_at
            FROM visit WHERE id IN \(list: todos.map(\.visit))
            """)
        let days = Dictionary(uniqueKeysWithValues: asked.map { ($0.id, max($0.createdAt, $0.datedAt ?? $0.createdAt).day()) })
        return todos.map { known in
            var todo = known.todo
            todo.asked = days[known.visit]
            return todo
        }
    }

    /// One line for all the visits of a programme without dates.
    static func dates(_ visits: [Visit], _ words: Words) -> [Todo] {
        guard let first = visits.first else { return [] }
        guard visits.count > 1 else { return [Todo(title: words("visits.todo.date", ["visit": first.name]), path: "\(first.path)/dates", due: nil)] }
        return [Todo(title: words("visits.todo.dates", ["n": visits.count]), path: "/programmes/\(first.programmeSlug)/visites?tri=missing", due: nil)]
    }
}
