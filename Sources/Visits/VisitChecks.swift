import Database

/// What `essaim check` looks at: visits that lost a piece.
enum VisitChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        let unprotected = try reader.texts(
            "SELECT id FROM visit WHERE NOT EXISTS (SELECT 1 FROM access WHERE access.object_id = visit.id)")
        let leaking = try reader.texts(
            """
            SELECT DISTINCT visit.id FROM visit JOIN membership ON membership.scope_id = visit.delegation_id
            WHERE membership.role = 'host' AND membership.until IS NULL
            """)
        return unprotected.map { "visit \($0): no line in access" }
            + leaking.map { "visit \($0): a person of the host is in the visiting group" }
    }
}
