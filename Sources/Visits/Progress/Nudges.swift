import Database
import Events
import Formats
import Platform

/// One button: writes to those whose move it is in a stage of a visit; each at most once a day.
package enum Nudges {
    package static let kind = "nudge"
    /// How many days before the one that was given a reminder is due: of the site by itself, of whoever asks.
    package static let days = 3

    /// Whose roles in the programme it is to do what a stage asks, when no capability names anybody; none where it is the host's or the visitors'.
    static func roles(of stage: StageMark.Stage) -> Set<Role> {
        switch stage {
        case .delegation, .minutes, .validation: [.officer]
        case .synthesis: [.officer, .researcher]
        case .grid: [.researcher]
        case .sheet, .attendance, .notes, .review: []
        }
    }

    /// What of a visit somebody is written about: they are once a day, by whichever button.
    package static func part(_ stage: StageMark.Stage) -> String { "/\(stage.rawValue)" }

    static func post(_ request: Request, _ open: OpenVisit) async throws -> Response {
        guard let stage = StageMark.Stage(rawValue: request["stage"]) else { throw NotFound() }
        let visit = open.visit
        return try await request.attempt {
            let cell = try await request.site.database.read { reader -> VisitProgress.Cell? in
                let marks = try VisitMarks.all([visit.id], reader, request)[visit.id] ?? []
                return VisitProgress(visit, Agenda(try Slots.of(visit.id, reader)), marks, today: request.now.day()).cells.first { $0.stage == stage }
            }
            guard let cell, cell.isOpen else { throw Refused("visits.refusal.nothingToNudge") }
            try await request.site.amend(as: "visit.nudged", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: visit.id)
                let people = try cell.waitsFor.isEmpty ? holders(of: stage, visit, change) : cell.waitsFor
                guard people != [change.actor.personId] else { throw Refused("visits.refusal.nudgeOneself") }
                let told = try people.filter { person in
                    guard person != change.actor.personId else { return false }
                    return try write(to: person, about: cell, visit, in: change)
                }
                guard !told.isEmpty else { throw Refused("visits.refusal.nobodyToNudge") }
                try change.trace("visit", visit.id, programme: visit.programmeId, ["stage": stage.rawValue, "people": String(told.count)])
            }
            return .redirect(Done.path("/programmes/\(visit.programmeSlug)/avancement", .nudged))
        } otherwise: { problems in
            try await VisitPage.page(request, open, problems: problems)
        }
    }

    private static func write(to person: String, about cell: VisitProgress.Cell, _ visit: Visit, in change: Change) throws -> Bool {
        let words = try change.words(of: person)
        // A page that this person can open: the visit, whose page leads to the rest, or their private one.
        return try change.remind(person, kind, about: visit.id, part: part(cell.stage), on: change.today) {
            let mail = try VisitMail(
                "visits.mail.nudge", to: person, about: visit, stage: cell.stage,
                [
                    "visit": visit.name, "stage": words.name("visits.stageName", of: cell.stage), "by": change.viewer.name ?? "",
                    "due": cell.due.map { " " + words($0 < change.today ? "visits.mail.nudgeOverdue" : "visits.mail.nudgeDue", ["day": $0]) } ?? "",
                ], in: change)
            return (mail.key, mail.arguments, mail.path)
        }
    }

    /// Those whose role it is, when no capability names anybody.
    private static func holders(of stage: StageMark.Stage, _ visit: Visit, _ reader: any Reader) throws -> [String] {
        let people = try Delegation.people(visit, reader)
        func holding(_ roles: Set<Role>) throws -> [String] {
            try reader.people(in: visit.programmeId).filter { roles.contains($0.role) }.map(\.personId)
        }
        switch stage {
        case .sheet: return people.host.map(\.id)
        case .grid:
            // Where nobody does research, whoever may name somebody.
            let researchers = try holding(roles(of: stage))
            return try researchers.isEmpty ? holding([.officer, .coordinator]) : researchers
        // Those whose answer is waited for are named: what else there is to do is the officer's.
        case .delegation, .minutes, .validation, .synthesis: return try holding(roles(of: stage))
        // Its mark names whoever lacks a signature; nobody else is asked.
        case .attendance: return []
        case .notes, .review: return people.visitors.map(\.id)
        }
    }
}
