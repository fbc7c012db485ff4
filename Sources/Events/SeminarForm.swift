import Formats
import Platform

/// What was typed about a seminar, made into an event and its half-days.
struct SeminarForm {
    var event: Event
    var halfDays: [HalfDay]

    /// How long a seminar lasts, as offered: half a day to three days.
    enum Length: String, CaseIterable {
        case morning, afternoon, one, two, three

        /// The one that has so many days, or three.
        static func covering(_ days: Int) -> Length { days <= 1 ? .one : days == 2 ? .two : .three }

        func halfDays(from day: Day) -> [HalfDay] {
            switch self {
            case .morning: [HalfDay(day, .morning)]
            case .afternoon: [HalfDay(day, .afternoon)]
            case .one: HalfDay.row(from: day, count: 2)
            case .two: HalfDay.row(from: day, count: 4)
            case .three: HalfDay.row(from: day, count: 6)
            }
        }
    }

    /// - Throws: `Refusals` with everything that is wrong.
    init(_ form: Fields, for event: Event) throws {
        var event = event
        var refusals: [any Refusal] = []
        event.title = form.line("title")
        event.place = form.line("place")
        event.mode = Event.Mode(rawValue: form.line("mode")) ?? .onSite
        if let zone = form.optional("zone") {
            if EventZone(rawValue: zone) == nil { refusals.append(Refused("events.refusal.zone", field: "zone")) }
            event.zone = zone
        }
        if event.title.isEmpty { refusals.append(Refused("events.refusal.titleMissing", field: "title")) }
        var halfDays: [HalfDay] = []
        do throws(DayRefusal) {
            if let day = try DayEntry.read(form, "first_day") {
                halfDays = (Length(rawValue: form.line("length")) ?? .one).halfDays(from: day)
            }
        } catch {
            refusals.append(error)
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        self.event = event
        self.halfDays = halfDays
    }

    /// What the form shows of a seminar that is known.
    static func values(_ event: Event, _ days: [HalfDay]) -> Fields {
        let length = days.first.flatMap { first in
            Length.allCases.first { $0.halfDays(from: first.day) == days } ?? Length.covering(first.day.days(until: days.last?.day ?? first.day) + 1)
        }
        return Fields([
            ("title", event.title), ("place", event.place), ("mode", event.mode.rawValue), ("zone", event.zone),
            ("first_day", days.first?.day.typed ?? ""), ("length", (length ?? .one).rawValue), ("tell", "1"),
        ])
    }
}
