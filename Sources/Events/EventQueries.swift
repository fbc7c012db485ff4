import Database
import Formats
import Platform

/// The reads and writes of events, half-days and encounters.
package enum EventQueries {
    static let columns: SQL =
        "event.id, event.programme_id, event.kind, event.title, event.place, event.mode, event.zone, event.period_written, event.position, event.state"

    /// - Throws: `NotFound`
    package static func event(_ id: String, _ reader: any Reader) throws -> Event {
        guard let event = try reader.first(Event.self, "SELECT \(columns) FROM event WHERE event.id = \(id)") else {
            throw NotFound()
        }
        return event
    }

    /// What gathers the programme besides its visits, in the order of the file, as far as this person may see.
    static func seminars(of programmeId: String, _ reader: any Reader, _ request: Request) throws -> [Event] {
        try reader.all(
            Event.self,
            """
            SELECT \(columns) FROM event JOIN access ON access.object_id = event.id
            WHERE event.programme_id = \(programmeId) AND event.kind <> 'visit'
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY event.position, event.created_at, event.id
            """)
    }

    /// Writes a new event.
    package static func add(_ event: Event, in change: Change) throws {
        try change.run(
            """
            INSERT INTO event (id, programme_id, kind, title, place, mode, zone, period_written, position, state, created_at)
            VALUES (\(event.id), \(event.programmeId), \(event.kind), \(event.title), \(event.place), \(event.mode),
                \(event.zone), \(event.periodWritten), \(event.position), \(event.state), \(change.now))
            """)
    }

    /// Writes what may change of an event: title, place, mode, zone, period as written, whether it takes place.
    package static func save(_ event: Event, in change: Change) throws {
        try change.run(
            """
            UPDATE event SET title = \(event.title), place = \(event.place), mode = \(event.mode), zone = \(event.zone),
                state = \(event.state), period_written = \(event.periodWritten) WHERE id = \(event.id)
            """)
        try EventCalendar.touch(event.id, in: change)
    }

    /// The events that somebody goes to or prepares, as far as they may see them: those of their circles, the seminars of their
    /// programmes, everything for officers and coordinators.
    package static func concerning(_ viewer: Viewer, _ reader: any Reader, _ policy: Policy) throws -> [Event] {
        let scopes = viewer.roles.keys.sorted()
        let communities = viewer.roles.filter { !$0.value.subtracting([.partner]).isEmpty }.keys.sorted()
        let prepared = viewer.roles.filter { !$0.value.isDisjoint(with: [.officer, .coordinator]) }.keys.sorted()
        return try reader.all(
            Event.self,
            """
            SELECT \(columns) FROM event JOIN access ON access.object_id = event.id
            WHERE event.id IN (SELECT object_id FROM access WHERE scope_id IN \(list: scopes) AND kind IN ('visit', 'event')
                    UNION SELECT id FROM event WHERE programme_id IN \(list: communities) AND kind <> 'visit'
                    UNION SELECT id FROM event WHERE programme_id IN \(list: prepared))
                AND \(policy.condition(.see, viewer)) ORDER BY event.created_at, event.id
            """)
    }

    static func nextPosition(in programmeId: String, _ reader: any Reader) throws -> Int {
        try reader.count(
            "SELECT COALESCE(MAX(position), 0) + 1 FROM event WHERE programme_id = \(programmeId) AND kind <> 'visit'")
    }
}
