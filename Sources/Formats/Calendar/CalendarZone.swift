import Foundation

/// A time zone as a calendar file carries it (RFC 5545 §3.6.5): each change of hour of the years it is about, said by itself, so that
/// it is right where rules differ, change, or do not exist.
struct CalendarZone {
    let name: String
    let years: ClosedRange<Int>

    private struct Observance {
        var start: LocalTime
        var from: Int
        var to: Int
        var isSummer: Bool
    }

    var lines: [CalendarLine] {
        let observances = observances.flatMap { observance -> [CalendarLine] in
            let kind = observance.isSummer ? "DAYLIGHT" : "STANDARD"
            return [
                .plain("BEGIN", kind), .plain("DTSTART", observance.start.written), .plain("TZOFFSETFROM", Self.offset(observance.from)),
                .plain("TZOFFSETTO", Self.offset(observance.to)), .plain("TZNAME", String(Self.offset(observance.to).prefix(observance.to % 3_600 == 0 ? 3 : 5))),
                .plain("END", kind),
            ]
        }
        return [.plain("BEGIN", "VTIMEZONE"), .plain("TZID", name)] + observances + [.plain("END", "VTIMEZONE")]
    }

    /// What holds when the years begin, then each change of hour in them.
    private var observances: [Observance] {
        guard let zone = TimeZone(identifier: name) else { return [] }
        var moment = Self.moment(years.lowerBound)
        let end = Self.moment(years.upperBound + 1)
        var offset = zone.secondsFromGMT(for: moment)
        let first = LocalTime(Day(year: 1970, month: 1, day: 1)!, minute: 0, zone: name)
        var all = [Observance(start: first, from: offset, to: offset, isSummer: zone.isDaylightSavingTime(for: moment))]
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end, next > moment {
            let after = zone.secondsFromGMT(for: next)
            if after != offset {
                let local = Int(next.timeIntervalSince1970) + offset
                let days = Int((Double(local) / 86_400).rounded(.down))
                let start = LocalTime(Day(daysSinceEpoch: days), minute: (local - days * 86_400) / 60, zone: name)
                all.append(Observance(start: start, from: offset, to: after, isSummer: zone.isDaylightSavingTime(for: next)))
                offset = after
            }
            moment = next
        }
        return all
    }

    private static func moment(_ year: Int) -> Date {
        let day = Day(year: min(max(year, 1), 9999), month: 1, day: 1)!
        return Date(timeIntervalSince1970: Double(day.daysSinceEpoch) * 86_400)
    }

    /// `+0200`, `-0330`.
    private static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60))\(two(minutes % 60))"
    }
}
