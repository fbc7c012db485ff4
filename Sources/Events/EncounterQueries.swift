import Database
import Formats
import Platform

/// The encounters of events in the database.
package enum Encounters {
    /// The encounters of an event: by half-day, then by hour, then in the order they were added; unplaced ones last.
    package static func of(_ eventId: String, _ reader: any Reader) throws -> [Encounter] {
        try reader.all(
            Encounter.self,
            """
            SELECT encounter.id, encounter.event_id, slot_id, position, title, kind, place, encounter.starts_at, encounter.ends_at,
                encounter.subgroup_id FROM encounter
            LEFT JOIN slot ON slot.id = encounter.slot_id
            WHERE encounter.event_id = \(eventId) AND encounter.removed_at IS NULL
            ORDER BY CASE WHEN slot.day IS NULL THEN 1 ELSE 0 END, slot.day, slot.half,
                CASE WHEN encounter.starts_at = '' THEN 1 ELSE 0 END, encounter.starts_at, position, encounter.id
            """)
    }

    /// Its title, even when it was taken off: for the history.
    package static func title(_ id: String, _ reader: any Reader) throws -> String {
        try reader.text("SELECT title FROM encounter WHERE id = \(id)") ?? ""
    }

    /// Writes an encounter, new or changed.
    package static func save(_ encounter: Encounter, in change: Change) throws {
        try change.run(
            """
            INSERT INTO encounter (id, event_id, slot_id, position, title, kind, place, starts_at, ends_at, subgroup_id)
            VALUES (\(encounter.id), \(encounter.eventId), \(encounter.slotId), \(encounter.position), \(encounter.title),
                \(encounter.kind), \(encounter.place), \(encounter.startsAt), \(encounter.endsAt), \(encounter.subgroupId))
            ON CONFLICT (id) DO UPDATE SET slot_id = excluded.slot_id, title = excluded.title, kind = excluded.kind,
                place = excluded.place, starts_at = excluded.starts_at, ends_at = excluded.ends_at, subgroup_id = excluded.subgroup_id
            """)
        try EventCalendar.touch(encounter.eventId, in: change)
    }

    package static func nextPosition(of eventId: String, _ reader: any Reader) throws -> Int {
        try reader.count("SELECT COALESCE(MAX(position), 0) + 1 FROM encounter WHERE event_id = \(eventId)")
    }

    /// Takes an encounter off, or puts it back.
    /// - Returns: whether the event had it.
    @discardableResult package static func mark(
        _ id: String, of eventId: String, removed: Bool, in change: Change
    ) throws -> Bool {
        let count = try change.run(
            """
            UPDATE encounter SET removed_at = \(removed ? change.now : nil) WHERE id = \(id) AND event_id = \(eventId)
            """)
        try EventCalendar.touch(eventId, in: change)
        return count > 0
    }
}
