import Database
import Formats
import Platform

/// When and where a seminar is, as those who come know it: told again when it changes.
struct SeminarNews: Sendable, Equatable {
    let halfDays: [HalfDay]
    let zone: String
    let place: String
    let mode: Event.Mode

    init(_ event: Event, _ slots: [Slot]) {
        (halfDays, zone, place, mode) = (slots.map(\.halfDay), event.zone, event.place, event.mode)
    }

    /// Writes to those who come, besides whoever changed it, what it was and what it is; nothing when nothing of it changed.
    func tell(_ people: [Attendee], since before: SeminarNews, opening path: String, in change: Change) throws {
        guard self != before else { return }
        let event = try EventQueries.event(String(path.split(separator: "/").last ?? ""), change)
        guard event.state != .cancelled else { return }
        for person in people where person.personId != change.actor.personId {
            let language = try change.text("SELECT language FROM person WHERE id = \(person.personId)").flatMap(Language.init) ?? .french
            let words = change.site.words(language)
            try change.write(
                to: person.personId, "events.mail.moved",
                ["event": event.title, "was": before.said(words, beside: self), "now": said(words, beside: before), "by": change.viewer.name ?? ""],
                opening: path, about: event.id)
        }
    }

    /// « mar. 12 mai 2026, matin et mar. 12 mai 2026, après-midi, à Caen ».
    private func said(_ words: Words, beside other: SeminarNews) -> String {
        let days = halfDays.isEmpty ? words("events.page.noDate") : words.list(halfDays.map { $0.said(in: words) })
        let clocks = zone == other.zone ? "" : words("events.clocks", ["zone": EventZone.said(zone, in: words)])
        return [days + clocks, words.name("events.mode", of: mode), place].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
