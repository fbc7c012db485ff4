import Formats

/// A day that somebody types in a form.
public enum DayEntry {
    /// Those that what is entered here can be about: any other is a slip of the finger.
    private static let years = 2000...2099

    /// The day typed in a field; nil when the field is empty.
    /// - Throws: `DayRefusal`, with what was typed.
    public static func read(_ form: Fields, _ field: String) throws(DayRefusal) -> Day? {
        let typed = form.line(field)
        guard !typed.isEmpty else { return nil }
        switch Day.read(typed) {
        case .success(let day) where years.contains(day.year): return day
        case .success(let day): throw DayRefusal(.farYear(day.year), typed: typed, field: field)
        case .failure(.notADate): throw DayRefusal(.unreadable, typed: typed, field: field)
        case .failure(.incomplete): throw DayRefusal(.incomplete, typed: typed, field: field)
        case .failure(.doesNotExist(_, _, _, let last)):
            throw DayRefusal(.doesNotExist(last: last), typed: typed, field: field)
        }
    }

    /// The same, for a field that must be filled.
    public static func required(_ form: Fields, _ field: String) throws(DayRefusal) -> Day {
        guard let day = try read(form, field) else { throw DayRefusal(.missing, typed: "", field: field) }
        return day
    }
}

/// Why a typed day is refused.
public struct DayRefusal: Refusal, Equatable {
    public enum Reason: Sendable, Equatable {
        case missing, unreadable, incomplete
        /// Its month ends before: 31/04.
        case doesNotExist(last: Int)
        /// A year that nothing here can be about: 14/04/1926.
        case farYear(Int)
    }

    public let reason: Reason
    public let typed: String
    private let fieldName: String

    public init(_ reason: Reason, typed: String, field: String) {
        self.reason = reason
        self.typed = typed
        fieldName = field
    }

    public var field: String? { fieldName }

    public var key: String {
        switch reason {
        case .missing: "platform.refusal.dayMissing"
        case .unreadable: "platform.refusal.dayUnreadable"
        case .incomplete: "platform.refusal.dayIncomplete"
        case .doesNotExist: "platform.refusal.dayDoesNotExist"
        case .farYear: "platform.refusal.dayFarYear"
        }
    }

    public var arguments: [String: any WordArgument] {
        switch reason {
        case .doesNotExist(let last): ["typed": typed, "last": String(last)]
        case .farYear(let year): ["typed": typed, "year": String(year)]
        case .missing, .unreadable, .incomplete: ["typed": typed]
        }
    }
}
