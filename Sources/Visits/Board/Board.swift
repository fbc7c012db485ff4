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
    }

    /// Every visit this person may see, candidates included.
    let lines: [Line]

    /// The visits of a programme, with the marks of every capability.
    static func load(_ programmeId: String, _ reader: any Reader, _ request: Request) throws -> Board {
        let visits = try VisitQueries.all(of: programmeId, reader, request)
        let ids = visits.map(\.id)
        let agendas = try Slots.of(ids, reader)
        let marks = try VisitMarks.all(ids, reader, request)
        return Board(
            lines: visits.map { Line(visit: $0, agenda: agendas[$0.id] ?? Agenda([]), marks: marks[$0.id] ?? []) })
    }

    /// Those at one stage; all of them without one.
    func lines(at stage: VisitStage?) -> [Line] {
        stage.map { stage in lines.filter { $0.visit.stage == stage } } ?? lines
    }

    /// How many visits are at each stage, the stages without visit left out.
    var counts: [(stage: VisitStage, count: Int)] {
        VisitStage.allCases.compactMap { stage in
            let count = lines.count { $0.visit.stage == stage }
            return count == 0 ? nil : (stage, count)
        }
    }
}
