import Foundation

/// Something in a calendar file that somebody brings: when it is, as the file writes it (RFC 5545 §3.6.1).
public struct ReceivedEvent: Sendable, Equatable {
    public enum Moment: Sendable, Equatable {
        /// A whole day.
        case day(Day)
        /// On the clocks of the zone that the file names; on nobody’s when it names none.
        case local(Day, minute: Int, zone: String?)
        /// The same everywhere.
        case instant(Instant)
    }

    public var summary: String
    public var place: String
    public var start: Moment
    /// Where it stops, excluded; nil when the file does not say.
    public var end: Moment?

    public init(summary: String, place: String = "", start: Moment, end: Moment? = nil) {
        (self.summary, self.place, self.start, self.end) = (summary, place, start, end)
    }
}

/// Why nothing is read of a calendar file.
public enum CalendarFault: Error, Equatable {
    case notCalendar
    case tooLarge
    case noEvent
    /// A date that the calendar does not have, as it is written.
    case date(String)
}

/// Reads the events of a calendar file, whoever wrote it: those that are called off are left out, each once, the last version of it.
public enum CalendarReader {
    /// A megabyte, five hundred events: more is somebody’s whole agenda.
    static let (mostBytes, mostEvents) = (1 << 20, 500)

    public static func read(_ bytes: [UInt8]) throws(CalendarFault) -> [ReceivedEvent] {
        guard bytes.count <= mostBytes else { throw .tooLarge }
        let lines = unfolded(String(decoding: bytes, as: UTF8.self))
        guard lines.first?.uppercased() == "BEGIN:VCALENDAR" else { throw .notCalendar }
        var events: [(uid: String, sequence: Int, event: ReceivedEvent)] = []
        var inside: [String] = []
        var found: [CalendarProperty] = []
        for line in lines {
            guard let property = CalendarProperty(line) else { continue }
            switch property.name {
            case "BEGIN":
                inside.append(property.value.uppercased())
                if inside.last == "VEVENT" { found = [] }
            case "END":
                if inside.last == "VEVENT", let read = try event(found) {
                    events.removeAll { $0.uid == read.uid && !read.uid.isEmpty && $0.sequence <= read.sequence && $0.event.start == read.event.start }
                    events.append(read)
                    guard events.count <= mostEvents else { throw .tooLarge }
                }
                if !inside.isEmpty { inside.removeLast() }
            default: if inside.last == "VEVENT" { found.append(property) }
            }
        }
        guard !events.isEmpty else { throw .noEvent }
        return events.map(\.event)
    }

    private static func event(_ properties: [CalendarProperty]) throws(CalendarFault) -> (uid: String, sequence: Int, event: ReceivedEvent)? {
        func first(_ name: String) -> CalendarProperty? { properties.first { $0.name == name } }
        guard first("STATUS")?.value.uppercased() != "CANCELLED", let start = first("DTSTART") else { return nil }
        let begins = try start.moment()
        var ends: ReceivedEvent.Moment?
        if let end = first("DTEND") { ends = try end.moment() } else if let length = first("DURATION") { ends = begins.adding(length.value) }
        let event = ReceivedEvent(summary: first("SUMMARY")?.text ?? "", place: first("LOCATION")?.text ?? "", start: begins, end: ends)
        return (first("UID")?.value ?? "", Int(first("SEQUENCE")?.value ?? "") ?? 0, event)
    }

    /// A line that begins with a blank goes on with the one before (§3.1).
    private static func unfolded(_ text: String) -> [String] {
        var lines: [String] = []
        for line in text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").drop(while: { $0 == "\u{FEFF}" }).split(separator: "\n") {
            if let blank = line.first, blank == " " || blank == "\t", !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }
}

extension ReceivedEvent.Moment {
    /// So long after (§3.3.6): weeks, days, hours, minutes; nil when it is not a length.
    func adding(_ length: String) -> Self? {
        var (minutes, number) = (0, "")
        for character in length.uppercased() {
            let unit = ["W": 10_080, "D": 1_440, "H": 60, "M": 1, "S": 0][character]
            if let unit {
                guard let count = Int(number), count < 100_000 else { return nil }
                (minutes, number) = (minutes + count * unit, "")
            } else if character.isASCII, character.isNumber {
                number.append(character)
            } else if character != "P", character != "T", character != "+" {
                return nil
            }
        }
        switch self {
        case .day(let day): return .day(day.adding(days: max(1, minutes / 1_440)))
        case .local(let day, let minute, let zone):
            let all = minute + minutes
            return .local(day.adding(days: all / 1_440), minute: all % 1_440, zone: zone)
        case .instant(let instant): return .instant(instant + .minutes(minutes))
        }
    }
}
