import Foundation

/// A moment, in milliseconds since 1970 UTC: the same number in both engines, in exports and in the API.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (left: Instant, right: Duration) -> Instant {
        Instant(milliseconds: left.milliseconds + right.components.seconds * 1000 + right.components.attoseconds / 1_000_000_000_000_000)
    }
    public static func - (left: Instant, right: Duration) -> Instant { left + (.zero - right) }

    /// The civil day and the time of day (minutes since midnight) of this moment in an IANA zone.
    public func civil(in zone: String = "Europe/Paris") -> (day: Day, minute: Int) {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let offset =
            TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))) ?? 0
        let local = seconds + offset
        let days = Int((Double(local) / 86_400).rounded(.down))
        return (Day(daysSinceEpoch: days), (local - days * 86_400) / 60)
    }

    public func day(in zone: String = "Europe/Paris") -> Day { civil(in: zone).day }

    /// RFC 3339 in UTC, to the second: `2026-11-24T08:30:00Z`.
    public var rfc3339: String {
        let (day, minute) = civil(in: "UTC")
        let second = Int(((milliseconds / 1000) % 60 + 60) % 60)
        return "\(day.iso)T\(two(minute / 60)):\(two(minute % 60)):\(two(second))Z"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Duration {
    public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    public static func hours(_ count: Int) -> Duration { .minutes(count * 60) }
    public static func days(_ count: Int) -> Duration { .hours(count * 24) }
}
