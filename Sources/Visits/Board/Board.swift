import Database
import Events
import Formats
import Platform

/// « Où en est-on ? »: each visit as a line of stages.
struct Board: Sendable {
    struct Line: Sendable {
        let visit: Visit
        let agenda: Agenda
        let marks: [StageMark]
        var coHosts: [String] = []
    }

    /// Every visit this person may see, candidates included.
    let lines: [Line]

    /// The visits of a programme, with the marks of every capability.
    static func load(_ programmeId: String, _ reader: any Reader, _ request: Request) throws -> Board {
        let visits = try VisitQueries.all(of: programmeId, reader, request)
        let ids = visits.map(\.id)
        let agendas = try Slots.of(ids, reader)
        let marks = try VisitMarks.all(ids, reader, request)
        let coHosts = try CoHosts.names(ids, reader)
        return Board(
            lines: visits.map {
                Line(visit: $0, agenda: agendas[$0.id] ?? Agenda([]), marks: marks[$0.id] ?? [], coHosts: coHosts[$0.id] ?? [])
            })
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
