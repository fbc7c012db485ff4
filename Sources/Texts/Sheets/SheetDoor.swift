import Database
import Formats
import Platform
import Visits

/// The private link by which somebody of the host writes the sheet of a visit without account: made, told again, open as long as the visit
/// is ahead.
enum SheetDoor {
    /// Makes a link to write a sheet; those that the person holds stay as they are.
    static func make(to textId: String, of visitId: String, for personId: String, in change: Change) throws -> Door {
        let last = lastDay(firstDay: try firstDay(of: visitId, change), today: change.today)
        let secret = try change.makeLink(to: textId, for: personId, purpose: OpenText.Purpose.sheet.rawValue, until: SheetLink.end(of: last))
        return Door(.sheet, "\(OpenText.Purpose.sheet.path)/\(secret)", lastDay: last)
    }

    /// The first day of the visit when it lies ahead, sixty days otherwise.
    static func lastDay(firstDay: Day?, today: Day) -> Day {
        guard let firstDay, firstDay >= today else { return today.adding(days: 60) }
        return firstDay
    }

    /// For somebody of the host: a link like the one that they have, or, when the sheet waits for them, one to write it.
    @Sendable static func open(_ visitId: String, _ stage: StageMark.Stage?, for personId: String, in change: Change) throws -> Door? {
        guard stage == nil || stage == .sheet else { return nil }
        let visit = try VisitQueries.load(id: visitId, change)
        guard try Delegation.people(visit, change).host.contains(where: { $0.id == personId }) else { return nil }
        guard let textId = try sheet(of: visit, begun: stage != nil, in: change) else { return nil }
        let isSending = try stage != nil && change.protection(of: textId).map { change.site.policy.allows(.sendSheet, change.viewer, on: $0) } == true
        guard try isSending || holdsLink(personId, to: textId, change) else { return nil }
        let door = try make(to: textId, of: visitId, for: personId, in: change)
        try change.trace("text", textId, programme: visit.programmeId, as: "sheet.linked", ["person": personId])
        return door
    }

    /// The links of a visit that moves last as long as it is ahead; none ends sooner than it was said.
    @Sendable static func follow(_ visitId: String, in change: Change) throws {
        let first = try firstDay(of: visitId, change)
        guard first.map({ $0 >= change.today }) ?? true else { return }
        let end = SheetLink.end(of: lastDay(firstDay: first, today: change.today))
        try change.run(
            """
            UPDATE private_link SET expires_at = \(end)
            WHERE object_id IN (SELECT id FROM text WHERE subject_id = \(visitId) AND kind = 'sheet')
                AND purpose = \(OpenText.Purpose.sheet.rawValue) AND revoked_at IS NULL AND expires_at < \(end)
            """)
    }

    /// - Parameter begun: begins it when nobody did, as far as whoever acts may.
    private static func sheet(of visit: Visit, begun: Bool, in change: Change) throws -> String? {
        if let known = try TextQueries.texts(about: visit.id, kind: .sheet, change).first { return known.id }
        guard begun, TextKind.sheet.mayBegin(for: visit, try change.protection(of: visit.id), change.viewer, change.site.policy) else { return nil }
        return try TextCreation.create(.sheet, for: visit, in: change)
    }

    /// Whether the person was sent a link that nobody ended: one that reached somebody else is not sent again.
    private static func holdsLink(_ personId: String, to textId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1 FROM private_link WHERE object_id = \(textId) AND person_id = \(personId)
                AND purpose = \(OpenText.Purpose.sheet.rawValue) AND revoked_at IS NULL
            """)
    }

    private static func firstDay(of visitId: String, _ reader: any Reader) throws -> Day? {
        try reader.text("SELECT min(day) FROM slot WHERE event_id = \(visitId) AND removed_at IS NULL").flatMap { Day(iso: $0) }
    }
}
