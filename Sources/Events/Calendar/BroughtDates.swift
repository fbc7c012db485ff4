import Formats
import Foundation
import Platform

/// The dates of an event as somebody brings them from their own agenda, made into half-days on the clocks of the event; what was
/// understood of the file is said before anything is written.
package struct BroughtDates: Sendable, Equatable {
    package let summary: String
    package let halfDays: [HalfDay]
    /// The hours of the first day’s beginning and of the last one’s end, in minutes; nil for whole days.
    package let hours: (start: Int, end: Int)?
    package let zone: Zone

    /// What became of the zone of the file.
    package enum Zone: Sendable, Equatable {
        /// The file says none, or that of the event.
        case same
        /// Hours of another zone that is known, put on the clocks of the event.
        case converted(String)
        /// One of those that an event may have: to be taken over.
        case other(EventZone)
        /// A name that nobody knows: hours are as they are written, and somebody says whose.
        case unknown(String)
    }

    package static func == (left: BroughtDates, right: BroughtDates) -> Bool {
        left.summary == right.summary && left.halfDays == right.halfDays && left.hours?.start == right.hours?.start && left.hours?.end == right.hours?.end
            && left.zone == right.zone
    }

    /// At most so many days: a visit.
    package static let mostDays = 5
    /// A morning is over then; an afternoon begins.
    private static let (noon, afternoon) = (12 * 60 + 30, 13 * 60 + 30)

    /// - Throws: `Refused`, in words, with the field of the file.
    package init(_ bytes: [UInt8], on clocks: String) throws {
        let events: [ReceivedEvent]
        do { events = try CalendarReader.read(bytes) } catch {
            switch error {
            case .notCalendar: throw Refused("events.refusal.ics.notCalendar", field: "ics")
            case .tooLarge: throw Refused("events.refusal.ics.tooLarge", field: "ics")
            case .noEvent: throw Refused("events.refusal.ics.noEvent", field: "ics")
            case .date(let written): throw Refused("events.refusal.ics.date", ["written": written], field: "ics")
            }
        }
        let found = Self.zone(events, clocks)
        let target = if case .other(let zone) = found { zone.rawValue } else { clocks }
        let spans = events.map { event -> (from: LocalTime, to: LocalTime) in
            let from = Self.local(event.start, target, found)
            let isDay = if case .day = event.start { true } else { false }
            let end = event.end.map { Self.local($0, target, found) } ?? (isDay ? LocalTime(from.day, minute: 24 * 60, zone: target) : from)
            return (from, end < from ? from : end)
        }
        let all = Set(spans.flatMap { Self.halfDays(from: $0.from, to: $0.to) }).sorted()
        guard let first = all.first, let last = all.last else { throw Refused("events.refusal.ics.noEvent", field: "ics") }
        guard first.day.days(until: last.day) < Self.mostDays else {
            throw Refused("events.refusal.ics.tooLong", ["n": events.count, "first": first.day, "last": last.day, "most": Self.mostDays], field: "ics")
        }
        let isWhole = events.allSatisfy { if case .day = $0.start { true } else { false } }
        summary = events[0].summary
        halfDays = all
        hours = isWhole ? nil : (spans.map(\.from).min { $0 < $1 }?.minute ?? 0, spans.map(\.to).max { $0 < $1 }?.minute ?? 0)
        zone = found
    }

    private static func zone(_ events: [ReceivedEvent], _ clocks: String) -> Zone {
        let written = events.lazy.compactMap { if case .local(_, _, let zone) = $0.start { zone } else { nil } }.first
        guard let written, !written.isEmpty else {
            return events.contains { if case .instant = $0.start { true } else { false } } ? .converted("UTC") : .same
        }
        if let known = EventZone(written: written) { return known.rawValue == clocks ? .same : .other(known) }
        return TimeZone(identifier: written) != nil && written.contains("/") ? .converted(written) : .unknown(written)
    }

    /// On the clocks of the event.
    private static func local(_ moment: ReceivedEvent.Moment, _ clocks: String, _ zone: Zone) -> LocalTime {
        switch moment {
        case .day(let day): return LocalTime(day, minute: 0, zone: clocks)
        case .instant(let instant):
            let civil = instant.civil(in: clocks)
            return LocalTime(civil.day, minute: civil.minute, zone: clocks)
        case .local(let day, let minute, _):
            guard case .converted(let name) = zone, let from = TimeZone(identifier: name) else { return LocalTime(day, minute: minute, zone: clocks) }
            // The offset of the zone at that moment, looked at twice: it may change on that very day.
            let civil = Double(day.daysSinceEpoch) * 86_400 + Double(minute) * 60
            let guess = civil - Double(from.secondsFromGMT(for: Date(timeIntervalSince1970: civil)))
            let seconds = civil - Double(from.secondsFromGMT(for: Date(timeIntervalSince1970: guess)))
            return local(.instant(Instant(milliseconds: Int64(seconds * 1_000))), clocks, zone)
        }
    }

    private static func halfDays(from: LocalTime, to: LocalTime) -> [HalfDay] {
        guard from.day.days(until: to.day) <= 400 else { return [HalfDay(from.day, .morning), HalfDay(to.day, .afternoon)] }
        return (0...max(0, from.day.days(until: to.day))).flatMap { offset -> [HalfDay] in
            let day = from.day.adding(days: offset)
            let start = offset == 0 ? from.minute : 0
            let end = day == to.day ? to.minute : 24 * 60
            guard end > start || (offset == 0 && day == to.day) else { return [] }
            let morning = start < noon ? [HalfDay(day, .morning)] : []
            let afternoon = end > afternoon || start >= noon ? [HalfDay(day, .afternoon)] : []
            return morning + afternoon
        }
    }

    /// What was understood, above the form that it fills.
    package func notice(_ words: Words, clocks: String) -> Markup {
        let days = halfDays.map { $0.said(in: words) }
        let said = summary.isEmpty ? words("events.ics.readUntitled", ["days": words.list(days)]) : words("events.ics.read", ["summary": words.quoted(summary), "days": words.list(days)])
        let times = hours.map { words("events.ics.hours", ["start": Hour.said(Self.clock($0.start), in: words), "end": Hour.said(Self.clock($0.end), in: words)]) } ?? ""
        let zone: String =
            switch zone {
            case .same: ""
            case .converted(let name): words("events.ics.converted", ["zone": words.quoted(name), "here": EventZone.said(clocks, in: words)])
            case .other(let zone): words("events.ics.other", ["zone": EventZone.said(zone.rawValue, in: words)])
            case .unknown(let name): words("events.ics.unknown", ["zone": words.quoted(name)])
            }
        let isUnknown = if case .unknown = self.zone { true } else { false }
        return "<div class=\"notice\(isUnknown ? " warning" : "")\" role=\"status\"><p>\(said) \(times)</p>\(zone.isEmpty ? .empty : "<p>\(zone)</p>" as Markup)<p>\(words("events.ics.nothingSaved"))</p></div>"
    }

    /// The zone that the form proposes; empty when somebody has to say it.
    package func zone(on clocks: String) -> String {
        switch zone {
        case .same, .converted: clocks
        case .other(let zone): zone.rawValue
        case .unknown: ""
        }
    }

    /// Where a file is brought, under the form that it fills.
    package static func form(_ form: FormView, to path: String, isOpen: Bool) -> Markup {
        let words = form.request.words
        let field = form.file("ics", words("events.ics.file"), hint: words("events.ics.fileHint"), accept: ".ics,text/calendar")
        return """
            <details class="no-print"\(Markup.flag("open", if: isOpen))><summary>\(words("events.ics.open"))</summary>\(form.form(to: path, button: words("events.ics.button"), isMultipart: true, style: "button quiet", field))</details>
            """
    }

    private static func clock(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60 % 24)):\(two(minute % 60))"
    }
}

extension LocalTime {
    fileprivate static func < (left: LocalTime, right: LocalTime) -> Bool { (left.day, left.minute) < (right.day, right.minute) }
}

extension EventZone {
    /// The zone that a calendar file means: its name, with whatever an agenda puts before it, or the name that Windows gives to the
    /// clocks of Paris.
    init?(written: String) {
        let meant = written == "Romance Standard Time" ? Self.paris.rawValue : written
        guard let zone = Self.allCases.first(where: { meant == $0.rawValue || meant.hasSuffix("/\($0.rawValue)") }) else { return nil }
        self = zone
    }
}
