import Database
import Formats
import Platform

/// The half-days of events in the database.
package enum Slots {
    /// The half-days of one event, in order.
    package static func of(_ eventId: String, _ reader: any Reader) throws -> [Slot] {
        try of([eventId], reader)[eventId]?.slots ?? []
    }

    /// The half-days of several events, each with its own.
    package static func of(_ eventIds: [String], _ reader: any Reader) throws -> [String: Agenda] {
        let slots = try reader.all(
            Slot.self,
            """
            SELECT id, event_id, day, half, theme, starts_at, ends_at FROM slot
            WHERE removed_at IS NULL AND event_id IN \(list: eventIds)
            """)
        return Dictionary(grouping: slots, by: \.eventId).mapValues(Agenda.init)
    }

    /// Gives an event its half-days. The first stays the first whatever its date, so that encounters and notes move with
    /// the visit; a half-day too many is taken off, and its encounters are to be placed again.
    package static func set(_ halfDays: [HalfDay], of eventId: String, in change: Change) throws {
        let wanted = Array(Set(halfDays)).sorted()
        let known = try of(eventId, change)
        guard known.map(\.halfDay) != wanted else { return }
        // The index that forbids twice the same half-day sees each statement: all are moved out of the way first.
        for slot in known { try change.run("UPDATE slot SET day = \(slot.id) WHERE id = \(slot.id)") }
        for (slot, halfDay) in zip(known, wanted) {
            try change.run("UPDATE slot SET day = \(halfDay.day), half = \(halfDay.half) WHERE id = \(slot.id)")
        }
        for slot in known.dropFirst(wanted.count) {
            try change.run("UPDATE slot SET day = \(slot.day), removed_at = \(change.now) WHERE id = \(slot.id)")
            try change.run("UPDATE encounter SET slot_id = NULL WHERE slot_id = \(slot.id)")
        }
        for halfDay in wanted.dropFirst(known.count) {
            // The first touch makes its first version in calendars.
            try change.run(
                """
                INSERT INTO slot (id, event_id, day, half, sequence)
                VALUES (\(change.newId()), \(eventId), \(halfDay.day), \(halfDay.half), -1)
                """)
        }
        try EventCalendar.touch(eventId, in: change)
    }

    /// Writes what a half-day is for, and its hours.
    package static func save(_ slot: Slot, in change: Change) throws {
        try change.run(
            "UPDATE slot SET theme = \(slot.theme), starts_at = \(slot.startsAt), ends_at = \(slot.endsAt) WHERE id = \(slot.id)")
        try EventCalendar.touch(slot.eventId, in: change)
    }
}
