import Formats
import Platform

/// A half-day of one event; what happens and what is noted in it points to its identifier.
package struct Slot: Sendable, Codable, Equatable {
    package var id: String
    package var eventId: String
    package var day: Day
    package var half: HalfDay.Half
    /// What it is for: « L’écosystème de la structure, avec ses partenaires ».
    package var theme = ""
    /// `09:00`; empty for the usual hours.
    package var startsAt = ""
    package var endsAt = ""
    /// Without encounter on purpose: the collective review, a journey.
    package var isFree = false

    package init(id: String, eventId: String, _ halfDay: HalfDay) {
        self.id = id
        self.eventId = eventId
        day = halfDay.day
        half = halfDay.half
    }

    package var halfDay: HalfDay { HalfDay(day, half) }

    /// « mar. 14 avril 2026, matin ».
    package func said(in words: Words) -> String { halfDay.said(in: words) }

    /// When it begins and ends, on the clocks of the event.
    package var hours: (start: String, end: String) {
        let usual = half.usualHours
        return (startsAt.isEmpty ? usual.start : startsAt, endsAt.isEmpty ? usual.end : endsAt)
    }

    /// Whether something at that hour (`HH:MM`) can be of this half-day. The middle of the day is of both: a lunch ends a morning or begins
    /// an afternoon; an evening is of the afternoon. Hours that were given to the half-day count whatever they are.
    package func admits(_ hour: String) -> Bool {
        switch half {
        case .morning: hour < max(HalfDay.Half.afternoon.usualHours.start, hours.end)
        case .afternoon: hour >= min("12:00", hours.start)
        }
    }

    /// Whether an encounter begins and ends within the hours of this half-day.
    package func holds(_ encounter: Encounter) -> Bool {
        let (start, end) = (encounter.startsAt, encounter.endsAt)
        return (start.isEmpty || (hours.start <= start && start < hours.end)) && (end.isEmpty || (hours.start < end && end <= hours.end))
    }
}

/// The half-days of one event, in order.
package struct Agenda: Sendable, Equatable {
    package let slots: [Slot]

    package init(_ slots: [Slot]) {
        self.slots = slots.sorted { $0.halfDay < $1.halfDay }
    }

    package var firstDay: Day? { slots.first?.day }
    package var lastDay: Day? { slots.last?.day }

    /// « 14 et 15 avril 2026 »; nil without dates.
    package func days(in words: Words) -> String? {
        guard let firstDay, let lastDay else { return nil }
        return words.days(firstDay, lastDay)
    }

    /// « 2 jours », « 2,5 jours »: the length, in days of two half-days.
    package func length(in words: Words) -> String {
        words("events.length", ["n": max(1, slots.count / 2), "days": words.decimal(Double(slots.count) / 2)])
    }
}
