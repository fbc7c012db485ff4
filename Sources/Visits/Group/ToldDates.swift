import Database
import Events
import Formats
import Platform

/// The half-days of a visit as somebody was told them, with the clocks they are on.
struct ToldDates: Sendable, Equatable {
    let halfDays: [HalfDay]
    let zone: String
    /// What is kept when somebody was told that there are no dates any more.
    private static let none = "none"

    init(_ halfDays: [HalfDay], zone: String) {
        (self.halfDays, self.zone) = (halfDays, halfDays.isEmpty ? EventZone.paris.rawValue : zone)
    }

    static func of(_ visitId: String, _ reader: any Reader) throws -> ToldDates {
        ToldDates(try Slots.of(visitId, reader).map(\.halfDay), zone: try EventQueries.event(visitId, reader).zone)
    }

    /// As it is kept with an invitation: `2026-04-14-am 2026-04-14-pm`, with the zone when it is not that of Paris.
    var kept: String {
        guard !halfDays.isEmpty else { return Self.none }
        return (halfDays.map(\.value) + (zone == EventZone.paris.rawValue ? [] : [zone])).joined(separator: " ")
    }

    init(kept: String) {
        let parts = kept.split(separator: " ").map(String.init)
        self.init(parts.compactMap { HalfDay($0) }, zone: parts.last { EventZone(rawValue: $0) != nil } ?? EventZone.paris.rawValue)
    }

    /// What it was and what it is, told apart: days, half-days where the days are the same, clocks where only these differ.
    static func said(_ before: ToldDates, _ now: ToldDates, in words: Words) -> (was: String, now: String) {
        let days = (before.days(words), now.days(words))
        if days.0 != days.1 { return (days.0 + before.clocks(now, words), days.1 + now.clocks(before, words)) }
        let halves = (before.list(words), now.list(words))
        return (halves.0 + before.clocks(now, words), halves.1 + now.clocks(before, words))
    }

    private func days(_ words: Words) -> String {
        guard let first = halfDays.first?.day, let last = halfDays.last?.day else { return words("visits.page.noDates") }
        return words.days(first, last)
    }

    private func list(_ words: Words) -> String { words.list(halfDays.map { $0.said(in: words) }) }

    private func clocks(_ other: ToldDates, _ words: Words) -> String {
        zone == other.zone && zone == EventZone.paris.rawValue || halfDays.isEmpty ? "" : words("events.clocks", ["zone": EventZone.said(zone, in: words)])
    }
}
