import Database
import Platform

/// A place in a group, by function; somebody may hold it.
struct Seat: Sendable, Equatable, Decodable {
    let id: String
    let scopeId: String
    let scopeKind: Scopes.Kind
    let scopeName: String
    let constituency: String?
    let function: String
    let organization: String?
    let organizationId: String?
    let personId: String?
    let personName: String?

    /// « direction, PES 21 (Comité de pilotage) ».
    var label: String {
        "\([function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")) (\(scopeName))"
    }

    /// What somebody becomes in the group by sitting in it, whatever they are in the programme.
    func role(holding role: Role) -> Role {
        switch scopeKind {
        case .steering: .committee
        case .cohort: .facilitator
        default: role
        }
    }
}

extension Seat {
    private static let rows: SQL = """
        SELECT seat.id, scope_id, scope.kind AS scope_kind, scope.name AS scope_name, constituency, function,
            COALESCE(organization.short_name, organization.name) AS organization, organization_id, person_id,
            person.name AS person_name
        FROM seat JOIN scope ON scope.id = scope_id LEFT JOIN organization ON organization.id = organization_id
        LEFT JOIN person ON person.id = person_id
        """

    /// The seats of a programme, group by group, in the order of the file.
    static func of(programme: String, _ reader: any Reader) throws -> [Seat] {
        try reader.all(
            Seat.self,
            "\(rows) WHERE scope.programme_id = \(programme) ORDER BY scope.kind DESC, scope.name, scope.id, position")
    }

    /// A seat of a programme that nobody holds.
    /// - Throws: a refusal when it is taken, or is not of this programme.
    static func free(_ id: String, programme: String, _ reader: any Reader) throws -> Seat {
        let seat = try reader.first(
            Seat.self, "\(rows) WHERE seat.id = \(id) AND scope.programme_id = \(programme) AND person_id IS NULL")
        guard let seat else { throw Refused("community.invite.seatTaken", field: "seat") }
        return seat
    }

    /// Seats somebody: they enter the group.
    func give(to personId: String, holding role: Role, in change: Change) throws {
        try change.run("UPDATE seat SET person_id = \(personId) WHERE id = \(id)")
        try change.join(personId, scope: scopeId, as: self.role(holding: role))
    }
}
