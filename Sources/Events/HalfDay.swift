import Database
import Formats
import Platform

/// A morning or an afternoon: the grain at which visits are planned (dossier §3.2.1, « 2 j à 2,5 j »).
package struct HalfDay: Sendable, Hashable, Comparable {
    package let day: Day
    package let half: Half

    package enum Half: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case morning = "am"
        case afternoon = "pm"

        package var usualHours: (start: String, end: String) { self == .morning ? ("09:00", "12:30") : ("14:00", "17:30") }
    }

    package init(_ day: Day, _ half: Half) {
        self.day = day
        self.half = half
    }

    /// The half-day written `2026-04-14-am`, as forms send it.
    package init?(_ value: String) {
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, let half = Half(rawValue: String(parts[3])),
            let day = Day(iso: parts[0..<3].joined(separator: "-"))
        else { return nil }
        self.init(day, half)
    }

    /// `2026-04-14-am`.
    package var value: String { "\(day.iso)-\(half.rawValue)" }

    package static func < (left: HalfDay, right: HalfDay) -> Bool {
        (left.day, left.half == .afternoon ? 1 : 0) < (right.day, right.half == .afternoon ? 1 : 0)
    }

    /// So many half-days one after the other, from a morning or an afternoon on: five make two days and a half.
    package static func row(from first: Day, _ half: Half = .morning, count: Int) -> [HalfDay] {
        let offset = half == .morning ? 0 : 1
        return (offset..<offset + max(0, count)).map { place in
            HalfDay(first.adding(days: place / 2), place % 2 == 0 ? .morning : .afternoon)
        }
    }

    /// « mar. 14 avril 2026, matin ».
    package func said(in words: Words) -> String {
        words("events.halfDay", ["day": words.day(day), "half": words.name("events.half", of: half)])
    }
}
