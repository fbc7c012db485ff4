/// Why somebody's way in is touched: written to them, and kept in the journal.
enum GivenReason {
    /// - Throws: `Refused`
    static func check(_ reason: String) throws {
        guard !reason.isEmpty else { throw Refused("platform.reset.noReason", field: "reason") }
        guard reason.count <= 300 else { throw Refused("platform.reset.longReason", field: "reason") }
    }
}
