import Formats
import Platform

/// From when a half-day is signed: a little before it begins, as people come in. It is waited for once it has begun.
extension Slot {
    /// How long before it begins, in minutes.
    static let signedAhead = 30

    /// Whether it has begun at a moment on the clocks of its event.
    package func hasBegun(at moment: (day: Day, minute: Int)) -> Bool { (day, Hour.minute(hours.start)) <= moment }

    /// Whether it may be signed at a moment, on the clocks of its event.
    package func isSigned(from now: Instant, zone: String) -> Bool { hasBegun(at: (now + .minutes(Self.signedAhead)).civil(in: zone)) }

    /// When the sheet opens for it, that day.
    var signedFrom: SaidHour { SaidHour(minute: max(0, Hour.minute(hours.start) - Self.signedAhead)) }
}

/// An hour in a sentence: « 13 h 30 ».
struct SaidHour: WordArgument, Equatable {
    let minute: Int

    func said(in words: Words) -> String { Hour.said(Hour.written(minute), in: words) }
}
