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
            SELECT id, event_id, day, half, theme, starts_at, ends_at, is_free FROM slot
            WHERE removed_at IS NULL AND event_id IN \(list: eventIds)
            """)
        return Dictionary(grouping: slots, by: \.eventId).mapValues(Agenda.init)
    }

    /// Gives an event its half-days. The first morning stays the first morning whatever its date, so that encounters and notes
    /// move with the visit; a half-day that is no more is taken off, and its encounters are to be placed again: none slides
    /// from an afternoon to a morning.
    /// A poll that was open about it is closed: its dates are set.
    package static func set(_ halfDays: [HalfDay], of eventId: String, in change: Change) throws {
        let wanted = Array(Set(halfDays)).sorted()
        let known = try of(eventId, change)
        guard known.map(\.halfDay) != wanted else { return }
        // The index that forbids twice the same half-day sees each statement: all are moved out of the way first.
        for slot in known { try change.run("UPDATE slot SET day = \(slot.id) WHERE id = \(slot.id)") }
        let places = self.places(known.map(\.halfDay))
        let kept = Dictionary(zip(places, known)) { first, _ in first }
        let pairs = zip(self.places(wanted), wanted).map { (slot: kept[$0], halfDay: $1) }
        for case (let slot?, let halfDay) in pairs {
            try change.run("UPDATE slot SET day = \(halfDay.day), half = \(halfDay.half) WHERE id = \(slot.id)")
        }
        let followed = Set(pairs.compactMap(\.slot?.id))
        for slot in known where !followed.contains(slot.id) {
            try change.run("UPDATE slot SET day = \(slot.day), removed_at = \(change.now) WHERE id = \(slot.id)")
            try change.run("UPDATE encounter SET slot_id = NULL WHERE slot_id = \(slot.id)")
        }
        for case (nil, let halfDay) in pairs {
            // The first touch makes its first version in calendars.
            try change.run(
                """
                INSERT INTO slot (id, event_id, day, half, sequence)
                VALUES (\(change.newId()), \(eventId), \(halfDay.day), \(halfDay.half), -1)
                """)
        }
        if !wanted.isEmpty { try Polls.close(about: eventId, in: change) }
        try EventCalendar.touch(eventId, in: change)
    }

    /// Where each half-day stands in its event: on which of its days, morning or afternoon.
    private static func places(_ halfDays: [HalfDay]) -> [String] {
        let days = Set(halfDays.map(\.day)).sorted()
        return halfDays.map { "\(days.firstIndex(of: $0.day) ?? 0) \($0.half)" }
    }

    /// Writes what a half-day is for, and its hours.
    package static func save(_ slot: Slot, in change: Change) throws {
        try change.run(
            "UPDATE slot SET theme = \(slot.theme), starts_at = \(slot.startsAt), ends_at = \(slot.endsAt), is_free = \(slot.isFree) WHERE id = \(slot.id)")
        try EventCalendar.touch(slot.eventId, in: change)
    }
}
