/// A day and an hour on the clocks of a place.
public struct LocalTime: Sendable, Hashable {
    public var day: Day
    /// Minutes since midnight.
    public var minute: Int
    /// The IANA name of the zone whose clocks show it: `Indian/Reunion`.
    public var zone: String

    public init(_ day: Day, minute: Int, zone: String) {
        (self.day, self.minute, self.zone) = (day, minute, zone)
    }

    /// The time written `HH:MM`; midnight when it is none.
    public init(_ day: Day, _ clock: String, zone: String) {
        let parts = clock.split(separator: ":").compactMap { Int($0) }
        self.init(day, minute: parts.count == 2 ? parts[0] * 60 + parts[1] : 0, zone: zone)
    }

    /// `20260414T090000` (RFC 5545 §3.3.5, form 3).
    var written: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.iso.filter { $0 != "-" })T\(two(minute / 60))\(two(minute % 60))00"
    }
}

/// One entry of somebody's calendar (RFC 5545 §3.6.1, VEVENT).
public struct CalendarEntry: Sendable, Hashable {
    public enum Status: String, Sendable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"
    }

    /// The same for ever, whatever becomes of it.
    public var uid: String
    /// How often it changed: a calendar keeps the highest.
    public var sequence: Int
    public var changedAt: Instant
    public var start: LocalTime
    public var end: LocalTime
    public var summary: String
    public var place: String
    public var description: String
    /// Where its page is.
    public var address: String
    public var status: Status

    public init(
        uid: String, sequence: Int, changedAt: Instant, start: LocalTime, end: LocalTime, summary: String, place: String = "",
        description: String = "", address: String = "", status: Status = .confirmed
    ) {
        (self.uid, self.sequence, self.changedAt, self.start, self.end) = (uid, sequence, changedAt, start, end)
        (self.summary, self.place, self.description, self.address, self.status) = (summary, place, description, address, status)
    }

    var lines: [CalendarLine] {
        var lines: [CalendarLine] = [
            .plain("BEGIN", "VEVENT"), .text("UID", uid), .plain("SEQUENCE", String(sequence)), .plain("DTSTAMP", stamp),
            .plain("LAST-MODIFIED", stamp), .plain("DTSTART;TZID=\(start.zone)", start.written),
            .plain("DTEND;TZID=\(end.zone)", end.written), .text("SUMMARY", summary),
        ]
        if !place.isEmpty { lines.append(.text("LOCATION", place)) }
        if !description.isEmpty { lines.append(.text("DESCRIPTION", description)) }
        if !address.isEmpty { lines.append(.plain("URL", address)) }
        lines += [.plain("STATUS", status.rawValue), .plain("TRANSP", status == .cancelled ? "TRANSPARENT" : "OPAQUE"), .plain("END", "VEVENT")]
        return lines
    }

    private var stamp: String { changedAt.rfc3339.filter { $0 != "-" && $0 != ":" } }
}
