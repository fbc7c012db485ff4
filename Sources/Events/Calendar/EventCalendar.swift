import Database
import Formats
import Platform

/// What calendars show of events: an entry for each half-day, with its hours, its place and whom one meets. Its identifier never
/// changes; whatever changes of it raises its sequence; a half-day taken off is told as cancelled.
package enum EventCalendar {
    /// A half-day as calendars need it, taken off or not.
    private struct Shown: Decodable {
        var id: String
        var eventId: String
        var day: Day
        var half: HalfDay.Half
        var theme: String
        var startsAt: String
        var endsAt: String
        var shownHash: String
        var sequence: Int
        var changedAt: Instant
        var createdAt: Instant
        var removedAt: Instant?
    }

    /// How long calendars are told that a half-day was taken off.
    private static let memory = Duration.days(180)

    /// The entries of events, by the order of their half-days.
    /// - Parameter addresses: the page of each event, whole.
    package static func entries(
        of events: [Event], addresses: [String: String], _ reader: any Reader, _ words: Words, at now: Instant
    ) throws -> [CalendarEntry] {
        let known = Dictionary(uniqueKeysWithValues: events.map { ($0.id, $0) })
        let encounters = try Encounters.of(Array(known.keys), reader)
        return try shown(events.map(\.id), reader)
            .filter { $0.removedAt.map { $0 + memory > now } ?? true }
            .compactMap { slot in
                known[slot.eventId].map { event in
                    entry(slot, of: event, encounters[slot.id] ?? [], address: addresses[event.id] ?? "", words)
                }
            }
    }

    private static func entry(
        _ slot: Shown, of event: Event, _ encounters: [Encounter], address: String, _ words: Words
    ) -> CalendarEntry {
        var usual = Slot(id: slot.id, eventId: event.id, HalfDay(slot.day, slot.half))
        (usual.startsAt, usual.endsAt) = (slot.startsAt, slot.endsAt)
        let met = encounters.map { encounter in
            [encounter.times(in: words), encounter.title, encounter.place].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let status: CalendarEntry.Status =
            slot.removedAt != nil || event.state == .cancelled ? .cancelled : event.state == .tentative ? .tentative : .confirmed
        return CalendarEntry(
            uid: slot.id, sequence: max(0, slot.sequence),
            changedAt: slot.changedAt > Instant(milliseconds: 0) ? slot.changedAt : slot.createdAt,
            start: LocalTime(slot.day, usual.hours.start, zone: event.zone), end: LocalTime(slot.day, usual.hours.end, zone: event.zone),
            summary: "\(words.name("events.eventKind", of: event.kind)) — \(event.title)",
            place: event.mode == .remote ? words.name("events.mode", of: event.mode) : event.place,
            description: ([slot.theme] + met).filter { !$0.isEmpty }.joined(separator: "\n"), address: address, status: status)
    }

    /// Raises the sequence of each half-day that calendars show otherwise than before. Called by whatever writes an event.
    static func touch(_ eventId: String, in change: Change) throws {
        let slots = try shown([eventId], change)
        guard !slots.isEmpty else { return }
        let event = try EventQueries.event(eventId, change)
        let encounters = try Encounters.of([eventId], change)
        for slot in slots {
            let entry = entry(slot, of: event, encounters[slot.id] ?? [], address: "", change.site.words(.french))
            let parts = [
                entry.start.day.iso, "\(entry.start.minute)-\(entry.end.minute)", entry.start.zone, entry.summary, entry.place,
                entry.description, entry.status.rawValue,
            ]
            let hash = Secrets.sha256(parts.joined(separator: "\u{0}"))
            guard hash != slot.shownHash else { continue }
            try change.run(
                """
                UPDATE slot SET shown_hash = \(hash), sequence = \(slot.sequence + 1), changed_at = \(change.now) WHERE id = \(slot.id)
                """)
        }
    }

    private static func shown(_ eventIds: [String], _ reader: any Reader) throws -> [Shown] {
        try reader.all(
            Shown.self,
            """
            SELECT slot.id, slot.event_id, slot.day, slot.half, slot.theme, slot.starts_at, slot.ends_at, slot.shown_hash, slot.sequence,
                slot.changed_at, event.created_at, slot.removed_at
            FROM slot JOIN event ON event.id = slot.event_id WHERE slot.event_id IN \(list: eventIds) ORDER BY slot.day, slot.half, slot.id
            """)
    }
}

extension Encounters {
    /// The encounters of several events that have a half-day, by half-day.
    fileprivate static func of(_ eventIds: [String], _ reader: any Reader) throws -> [String: [Encounter]] {
        let all = try reader.all(
            Encounter.self,
            """
            SELECT id, event_id, slot_id, position, title, kind, place, starts_at, ends_at, subgroup_id FROM encounter
            WHERE event_id IN \(list: eventIds) AND removed_at IS NULL AND slot_id IS NOT NULL
            ORDER BY CASE WHEN starts_at = '' THEN 1 ELSE 0 END, starts_at, position, id
            """)
        return Dictionary(grouping: all) { $0.slotId ?? "" }
    }
}
