/// A calendar as any agenda reads it: a file to take, or a feed that it asks again (RFC 5545, RFC 7986).
public struct CalendarFile: Sendable {
    public static let type = "text/calendar; charset=utf-8"

    public var name: String
    public var entries: [CalendarEntry]
    /// Whether it is asked again every few hours.
    public var isFeed: Bool

    public init(_ name: String, _ entries: [CalendarEntry], isFeed: Bool = false) {
        (self.name, self.entries, self.isFeed) = (name, entries, isFeed)
    }

    public var bytes: [UInt8] {
        var lines: [CalendarLine] = [
            .plain("BEGIN", "VCALENDAR"), .plain("VERSION", "2.0"), .plain("PRODID", "-//Essaim//FR"), .plain("CALSCALE", "GREGORIAN"),
            .plain("METHOD", "PUBLISH"), .text("NAME", name), .text("X-WR-CALNAME", name),
        ]
        if isFeed { lines += [.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT4H"), .plain("X-PUBLISHED-TTL", "PT4H")] }
        lines += zones.flatMap(\.lines) + entries.flatMap(\.lines) + [.plain("END", "VCALENDAR")]
        return Array(lines.map(\.written).joined().utf8)
    }

    /// The zones that its entries name, with the years that they are about.
    private var zones: [CalendarZone] {
        let times = Dictionary(grouping: entries.flatMap { [$0.start, $0.end] }, by: \.zone)
        return times.sorted { $0.key < $1.key }.map { zone, times in
            let years = times.map(\.day.year)
            return CalendarZone(name: zone, years: (years.min() ?? 1970) - 1...(years.max() ?? 1970) + 1)
        }
    }
}
