import Community
import Events
import Formats
import Platform

/// The visits of a programme file: candidates included, with everything as it is written.
enum VisitsOfFile {
    static func save(_ file: ProgrammeFile, _ keys: inout ImportKeys, _ change: Change) throws {
        let programme = try Programme.load(id: keys.programmeId, change)
        for visit in file.visits {
            let halfDays = halfDays(visit)
            var new = NewVisit(name: visit.title, place: visit.place ?? "", slug: visit.id)
            new.hostId = visit.hosts.first.flatMap { keys.organizations[$0] }
            new.territoryId = visit.territory.flatMap { keys.territories[$0] }
            new.stage = !halfDays.isEmpty || visit.state == .planned ? .planned : .candidate
            new.lengthWritten = visit.length?.citation.words ?? ""
            new.focus = visit.focus ?? ""
            new.flagshipInitiative = [visit.initiative?.name, visit.initiative?.description].compactMap { $0 }
                .joined(separator: "\n\n")
            let id = try new.start(in: programme, change)
            if !halfDays.isEmpty { try Slots.set(halfDays, of: id, in: change) }
            try CoHosts.set(visit.hosts.dropFirst().compactMap { keys.organizations[$0] }, of: id, host: new.hostId, in: change)
            keys.visits[visit.id] = id
        }
    }

    /// The half-days that the file says exactly: a first day that exists and one length, or a last day. Nothing is guessed.
    static func halfDays(_ visit: ProgrammeFile.Visit) -> [HalfDay] {
        guard case .day(let first)? = visit.period?.start?.meaning else { return [] }
        if let length = visit.length, length.shortest == length.longest {
            return HalfDay.row(from: first, count: length.shortest)
        }
        guard case .day(let last)? = visit.period?.end?.meaning, (0..<7).contains(first.days(until: last)) else {
            return []
        }
        return HalfDay.row(from: first, count: 2 * (first.days(until: last) + 1))
    }
}

/// How a programme that begins with one visit gives it its dates: two days from the first one.
enum FirstVisit {
    static func plan(_ visitId: String, _ firstDay: Day, _ change: Change) throws {
        let halfDays = HalfDay.row(from: firstDay, count: 4)
        let visit = try VisitQueries.load(id: visitId, change)
        try visit.plan(halfDays, today: change.today)
        try Slots.set(halfDays, of: visitId, in: change)
        try VisitQueries.settle(visitId, in: change)
    }
}
