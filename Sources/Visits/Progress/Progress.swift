import Database
import Events
import Formats
import Platform

/// Where a visit stands in its nine stages: what is done, what is late, whose move it is.
struct VisitProgress: Sendable {
    struct Cell: Sendable, Equatable {
        let stage: StageMark.Stage
        /// Nil while no capability follows this stage here.
        let state: StageMark.State?
        /// A few words: « 4 notes sur 5 ».
        let detail: String
        /// By when it should be done.
        let due: Day?
        let path: String?
        let missing: String?
        /// Named people whose move it is; empty when it is a role's.
        let waitsFor: [String]
        /// Whose move it is for readers who are not told names, when it is not as usual at its stage.
        let turn: String?

        var isOpen: Bool { state == .now || state == .late }
    }

    let visit: Visit
    let agenda: Agenda
    let cells: [Cell]
    /// Dates, meetings and publication, which are no stage of the nine.
    let others: [StageMark]

    init(_ visit: Visit, _ agenda: Agenda, _ marks: [StageMark], today: Day) {
        (self.visit, self.agenda) = (visit, agenda)
        others = marks.filter { $0.stage == nil }
        cells = StageMark.Stage.allCases.map { stage in
            Self.cell(stage, marks.filter { $0.stage == stage }, due: stage.due(agenda), today: today)
        }
    }

    /// The marks of one stage as one: the furthest behind says its state, and its day when it gave one.
    static func cell(_ stage: StageMark.Stage, _ marks: [StageMark], due: Day?, today: Day) -> Cell {
        let order: [StageMark.State] = [.late, .now, .todo, .done, .skipped]
        let worst = order.first { state in marks.contains { $0.state == state } }
        let behind = marks.filter { $0.state == worst }
        let due = behind.compactMap(\.due).min() ?? due
        let isOver = due.map { $0 < today } ?? false
        let state = isOver && (worst == .now || worst == .todo) ? .late : worst
        // Of a stage in several parts, which one is behind: « Impressions · 3 sur 5 », where the notes are all there.
        let told = (behind.first ?? marks.first).map { marks.count > 1 && state != .done ? "\($0.label) · \($0.detail)" : $0.detail }
        return Cell(
            stage: stage, state: state, detail: told ?? "", due: state == .done || state == .skipped ? nil : due,
            path: behind.compactMap(\.path).first, missing: behind.compactMap(\.missing).first,
            waitsFor: Array(Set(behind.flatMap(\.waitsFor))).sorted(), turn: behind.compactMap(\.turn).first)
    }

    /// What waits besides the stages: no dates, nobody to meet.
    var waiting: [StageMark] { others.filter { $0.state == .now || $0.state == .late } }
    var done: Int { cells.count { $0.state == .done || $0.state == .skipped } }
    var late: [Cell] { cells.filter { $0.state == .late } }
    /// What to do now: what is late first.
    var open: [Cell] { late + cells.filter { $0.state == .now } }
}

extension StageMark.Stage {
    /// By when a stage should be done, from the dates of the visit (dossier §3.2.1 and §3.4): before it, at its end, in the weeks
    /// that follow; nil without dates.
    func due(_ agenda: Agenda) -> Day? {
        guard let first = agenda.firstDay, let last = agenda.lastDay else { return nil }
        switch self {
        case .sheet, .delegation: return first.adding(days: -14)
        case .grid: return first.adding(days: -7)
        case .attendance: return last.adding(days: 2)
        case .review: return last.adding(days: 2)
        case .minutes, .notes: return last.adding(days: 14)
        case .synthesis: return last.adding(days: 42)
        case .validation: return last.adding(days: 70)
        }
    }
}

extension VisitProgress.Cell {
    /// Whether it is time to write to those whose move it is: their day comes near, or is past. What is done at the visit or after it is asked
    /// once it is over.
    func isToRemind(_ agenda: Agenda, on today: Day) -> Bool {
        guard isOpen, let due, let last = agenda.lastDay, today >= due.adding(days: -Nudges.days) else { return false }
        return stage < .attendance || last < today
    }

    /// « la structure », « la personne chargée de mission »: whose move it is when nobody is named.
    func turn(_ visit: Visit, _ words: Words) -> String {
        turn ?? (stage == .sheet ? visit.hostName : nil) ?? words.name("visits.turn", of: stage)
    }
}

/// The whole cycle of visits.
struct CycleProgress: Sendable {
    let visits: [VisitProgress]
    let cancelled: [Visit]
    /// The names of the people waited for.
    let names: [String: String]

    static func load(_ programmeId: String, _ reader: any Reader, _ request: Request) throws -> CycleProgress {
        let all = try VisitQueries.all(of: programmeId, reader, request)
        let going = all.filter { !$0.isCancelled }
        let ids = going.map(\.id)
        let agendas = try Slots.of(ids, reader)
        let marks = try VisitMarks.all(ids, reader, request)
        let today = request.now.day()
        let visits = going.map { VisitProgress($0, agendas[$0.id] ?? Agenda([]), marks[$0.id] ?? [], today: today) }
        let people = Set(visits.flatMap(\.cells).flatMap(\.waitsFor))
        return CycleProgress(visits: visits, cancelled: all.filter(\.isCancelled), names: try Self.names(people.sorted(), reader))
    }

    private struct Name: Decodable {
        var id: String
        var name: String
    }

    private static func names(_ ids: [String], _ reader: any Reader) throws -> [String: String] {
        guard !ids.isEmpty else { return [:] }
        let all = try reader.all(Name.self, "SELECT id, name FROM person WHERE id IN \(list: ids) ORDER BY sort_key, id")
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.name) })
    }

    var late: Int { visits.reduce(0) { $0 + $1.late.count } }

    /// « 6 visites : 2 sont faites, 3 ont leurs dates, 1 n’en a pas. 4 étapes sont en retard. »
    func sentence(_ words: Words) -> String {
        let held = visits.count { $0.visit.isHeld }
        let dated = visits.count { !$0.visit.isHeld && !$0.agenda.slots.isEmpty }
        let parts = [
            words("visits.progress.visits", ["n": visits.count]), words("visits.progress.held", ["n": held]), words("visits.progress.dated", ["n": dated]),
            words("visits.progress.undated", ["n": visits.count - held - dated]),
        ]
        let end = words("visits.progress.late", ["n": late])
        return "\(parts[0]) \(parts.dropFirst().joined(separator: ", ")). \(end)"
    }
}
