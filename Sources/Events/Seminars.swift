import Community
import Formats
import Platform

/// The seminars of a programme: what gathers everybody between visits (dossier §3.2.1).
package enum Seminars {
    /// Writes a new seminar with its half-days; the community sees it.
    package static func add(_ event: Event, _ halfDays: [HalfDay], in change: Change) throws {
        try EventQueries.add(event, in: change)
        try Slots.set(halfDays, of: event.id, in: change)
        try change.protect(
            Protection("event", event.id, programme: event.programmeId, author: nil, audience: .community))
        try change.trace("event", event.id, programme: event.programmeId, as: "seminar.planned", ["label": event.title])
    }

    /// Takes the seminars of a programme file, with their period as it is written: nothing is guessed.
    static func save(_ file: ProgrammeFile, _ keys: inout ImportKeys, _ change: Change) throws {
        for (index, seminar) in file.seminars.enumerated() {
            let event = Event(
                id: change.newId(), programmeId: keys.programmeId,
                kind: seminar.kind == .restitution ? .restitution : .seminar,
                title: seminar.title, mode: mode(seminar.mode), periodWritten: seminar.moment ?? seminar.citation.words,
                position: index + 1)
            try add(event, [], in: change)
            keys.seminars[seminar.id] = event.id
        }
    }

    private static func mode(_ written: ProgrammeFile.Seminar.Mode?) -> Event.Mode {
        switch written {
        case .remote: .remote
        case .either: .hybrid
        case .onSite, nil: .onSite
        }
    }
}
