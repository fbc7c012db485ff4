import Events
import Formats
import Platform

/// What was typed about the dates of a visit, made into half-days.
struct DatesForm: Equatable {
    /// The half-days chosen; empty when the dates are taken off.
    let halfDays: [HalfDay]

    /// How long a visit lasts, as offered (dossier §3.2.1, « 2 j à 2,5 j »).
    enum Length: String, CaseIterable {
        /// Two days from a morning.
        case four = "4"
        /// Two days and a half from a morning.
        case five = "5"
        /// Two days and a half from an afternoon.
        case fiveFromAfternoon = "5-pm"
        /// Half-days ticked one by one.
        case chosen
        /// No dates any more.
        case none
    }

    /// A half-day counted from the first day: `0-am`, `2-pm`.
    struct Choice: Equatable {
        let offset: Int
        let half: HalfDay.Half

        /// Five days are offered.
        static let all = (0..<5).flatMap { offset in HalfDay.Half.allCases.map { Choice(offset: offset, half: $0) } }
        var value: String { "\(offset)-\(half.rawValue)" }
    }

    /// - Parameter known: the half-days as they were when the form was filled in.
    /// - Throws: `DayRefusal`, `VisitRefusal`
    init(_ form: Fields, from known: [HalfDay] = []) throws {
        guard let said = Length(rawValue: form.line("length")) else {
            throw VisitRefusal.unknownChoice(field: "length")
        }
        let length = try Self.meant(said, form, known)
        guard length != .none else {
            halfDays = []
            return
        }
        let first = try DayEntry.required(form, "first_day")
        switch length {
        case .four: halfDays = HalfDay.row(from: first, count: 4)
        case .five: halfDays = HalfDay.row(from: first, count: 5)
        case .fiveFromAfternoon: halfDays = HalfDay.row(from: first, .afternoon, count: 5)
        case .chosen, .none:
            let chosen = Set(form.all("half_days"))
            halfDays = Choice.all.filter { chosen.contains($0.value) }.map {
                HalfDay(first.adding(days: $0.offset), $0.half)
            }
            guard !halfDays.isEmpty else { throw VisitRefusal.noHalfDay }
        }
    }

    /// Half-days that were ticked are the choice, when nothing else was chosen; beside another length they are a contradiction. Those that
    /// were ticked before count for nothing.
    private static func meant(_ said: Length, _ form: Fields, _ known: [HalfDay]) throws -> Length {
        let before = values(known)
        let ticked = Set(form.all("half_days"))
        guard said != .chosen, !ticked.isEmpty, ticked != Set(before.all("half_days")) else { return said }
        guard said.rawValue == before.line("length") else { throw Refused("visits.refusal.halfDaysBeside", field: "half_days") }
        return .chosen
    }

    /// What the form shows of the half-days that are known.
    static func values(_ halfDays: [HalfDay]) -> Fields {
        guard let first = halfDays.first?.day else { return Fields([("length", Length.four.rawValue)]) }
        let length: Length =
            switch halfDays {
            case HalfDay.row(from: first, count: 4): .four
            case HalfDay.row(from: first, count: 5): .five
            case HalfDay.row(from: first, .afternoon, count: 5): .fiveFromAfternoon
            default: .chosen
            }
        let chosen = halfDays.map { ("half_days", Choice(offset: first.days(until: $0.day), half: $0.half).value) }
        return Fields([("first_day", first.typed), ("length", length.rawValue)] + (length == .chosen ? chosen : []))
    }
}
