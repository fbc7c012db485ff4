import Formats
import Platform

/// How a programme begins from nothing: its only visit gets its first day.
package struct ProgrammeStart: Sendable {
    /// Plans a visit that was just made by the parts: half-days from that day on.
    package let plan: @Sendable (_ visitId: String, _ firstDay: Day, Change) throws -> Void

    package init(plan: @escaping @Sendable (_ visitId: String, _ firstDay: Day, Change) throws -> Void) {
        self.plan = plan
    }
}
