import Database
import Events
import Platform

/// Somebody, or some people, whom the visiting group would meet; confirmed or not yet.
struct Stakeholder: Sendable, Codable, Equatable {
    var id: String
    var visitId: String
    var position: Int
    var kind: StakeholderKind
    var label: String
    var isConfirmed: Bool
}

/// The people to meet, in the database.
enum Stakeholders {
    /// Those of a visit, in the order they were added.
    static func of(_ visitId: String, _ reader: any Reader) throws -> [Stakeholder] {
        try reader.all(
            Stakeholder.self,
            """
            SELECT id, visit_id, position, kind, label, is_confirmed FROM visit_stakeholder
            WHERE visit_id = \(visitId) AND removed_at IS NULL ORDER BY position, id
            """)
    }

    /// One of a visit, not of another.
    /// - Throws: `NotFound`
    static func one(_ id: String, of visitId: String, _ reader: any Reader) throws -> Stakeholder {
        guard let found = try of(visitId, reader).first(where: { $0.id == id }) else { throw NotFound() }
        return found
    }

    /// Its label, even when it was taken off: for the history.
    static func label(_ id: String, _ reader: any Reader) throws -> String {
        try reader.text("SELECT label FROM visit_stakeholder WHERE id = \(id)") ?? ""
    }

    static func save(_ stakeholder: Stakeholder, in change: Change) throws {
        try change.run(
            """
            INSERT INTO visit_stakeholder (id, visit_id, position, kind, label, is_confirmed)
            VALUES (\(stakeholder.id), \(stakeholder.visitId), \(stakeholder.position), \(stakeholder.kind),
                \(stakeholder.label), \(stakeholder.isConfirmed ? 1 : 0))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, label = excluded.label, is_confirmed = excluded.is_confirmed
            """)
    }

    static func nextPosition(of visitId: String, _ reader: any Reader) throws -> Int {
        try reader.count("SELECT COALESCE(MAX(position), 0) + 1 FROM visit_stakeholder WHERE visit_id = \(visitId)")
    }

    /// Takes one off, or puts it back; answers whether the visit had it.
    static func mark(_ id: String, of visitId: String, removed: Bool, in change: Change) throws -> Bool {
        try change.run(
            """
            UPDATE visit_stakeholder SET removed_at = \(removed ? change.now : nil)
            WHERE id = \(id) AND visit_id = \(visitId)
            """) > 0
    }
}
