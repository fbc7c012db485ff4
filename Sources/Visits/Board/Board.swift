import Database
import Events
import Formats
import Platform

/// « Où en est-on ? »: each visit as a line of stages.
struct Board: Sendable {
    struct Line: Sendable {
        let visit: Visit
        let agenda: Agenda
        var marks: [StageMark]
        var coHosts: [String] = []
    }

    /// Every visit this person may see, candidates included.
    var lines: [Line]

    /// The visits of a programme, without marks.
    static func load(_ programmeId: String, _ reader: any Reader, _ request: Request) throws -> Board {
        let visits = try VisitQueries.all(of: programmeId, reader, request)
        let ids = visits.map(\.id)
        let agendas = try Slots.of(ids, reader)
        let coHosts = try CoHosts.names(ids, reader)
        return Board(
            lines: visits.map {
                Line(visit: $0, agenda: agendas[$0.id] ?? Agenda([]), marks: [], coHosts: coHosts[$0.id] ?? [])
            })
    }

    /// These lines with the marks of every capability: they are made for the visits that are shown, not for all.
    static func marked(_ lines: [Line], _ reader: any Reader, _ request: Request) throws -> [Line] {
        let marks = try VisitMarks.all(lines.map(\.visit.id), reader, request)
        return lines.map { line in
            var line = line
            line.marks = marks[line.visit.id] ?? []
            return line
        }
    }

    /// How many are called off.
    var cancelled: Int { lines.count { $0.visit.isCancelled } }

    /// How many visits are at each stage, the stages without visit left out.
    var counts: [(stage: VisitStage, count: Int)] {
        VisitStage.allCases.compactMap { stage in
            let count = lines.count { $0.visit.stage == stage && !$0.visit.isCancelled }
            return count == 0 ? nil : (stage, count)
        }
    }
}
