import Formats
import Platform

/// A day that somebody types in a form.
package enum DayEntry {
    /// The day typed in a field; nil when the field is empty.
    /// - Throws: `DayRefusal`, with what was typed.
    package static func read(_ form: Fields, _ field: String) throws(DayRefusal) -> Day? {
        let typed = form.line(field)
        guard !typed.isEmpty else { return nil }
        switch Day.read(typed) {
        case .success(let day): return day
        case .failure(.notADate): throw DayRefusal(.unreadable, typed: typed, field: field)
        case .failure(.incomplete): throw DayRefusal(.incomplete, typed: typed, field: field)
        case .failure(.doesNotExist(_, _, _, let last)):
            throw DayRefusal(.doesNotExist(last: last), typed: typed, field: field)
        }
    }

    /// The same, for a field that must be filled.
    package static func required(_ form: Fields, _ field: String) throws(DayRefusal) -> Day {
        guard let day = try read(form, field) else { throw DayRefusal(.missing, typed: "", field: field) }
        return day
    }
}

/// Why a typed day is refused.
package struct DayRefusal: Refusal, Equatable {
    package enum Reason: Sendable, Equatable {
        case missing, unreadable, incomplete
        /// Its month ends before: 31/04.
        case doesNotExist(last: Int)
    }

    package let reason: Reason
    package let typed: String
    private let fieldName: String

    package init(_ reason: Reason, typed: String, field: String) {
        self.reason = reason
        self.typed = typed
        fieldName = field
    }

    package var field: String? { fieldName }

    package var key: String {
        switch reason {
        case .missing: "events.refusal.dayMissing"
        case .unreadable: "events.refusal.dayUnreadable"
        case .incomplete: "events.refusal.dayIncomplete"
        case .doesNotExist: "events.refusal.dayDoesNotExist"
        }
    }

    package var arguments: [String: any WordArgument] {
        if case .doesNotExist(let last) = reason { ["typed": typed, "last": String(last)] } else { ["typed": typed] }
    }
}
