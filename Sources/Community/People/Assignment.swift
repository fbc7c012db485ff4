import Database
import Formats
import Platform

extension Role {
    /// Given or taken only by who has just shown who they are: it decides for a whole programme.
    var isSensitive: Bool { self == .coordinator }
}

/// What somebody becomes in a programme: a role, and perhaps a seat in a group.
struct Assignment: Sendable, Equatable {
    let role: Role
    let seatId: String?
    /// The group in which a role that ended is taken back; nil for the programme itself.
    let scopeId: String?

    /// The roles given here; those of a visit are given on its page.
    static let roles: [Role] = [.officer, .coordinator, .researcher, .facilitator, .committee, .partner]

    /// - Throws: `Refused` when no role is chosen.
    init(_ form: Fields) throws {
        guard let role = Role(rawValue: form.line("role")), Self.roles.contains(role) else {
            throw Refused("community.invite.roleMissing", field: "role")
        }
        self.role = role
        seatId = form.optional("seat")
        scopeId = form.optional("scope")
    }

    /// Gives the role and the seat, and writes it in the history of the programme.
    func give(to personId: String, in programme: String, _ change: Change) throws {
        try change.join(personId, scope: try scope(in: programme, change), as: role)
        if let seatId {
            try Seat.free(seatId, programme: programme, change).give(to: personId, holding: role, in: change)
        }
        try change.trace(
            "programme", programme, programme: programme, as: "membership.started",
            ["person": personId, "role": role.rawValue])
    }

    /// The programme, or one of its groups; never a circle of a visit.
    private func scope(in programme: String, _ reader: any Reader) throws -> String {
        guard let scopeId, scopeId != programme else { return programme }
        let isGroup = try reader.exists(
            """
            SELECT 1 FROM scope WHERE id = \(scopeId) AND programme_id = \(programme)
                AND kind IN ('steering', 'cohort', 'group')
            """)
        guard isGroup else { throw NotFound() }
        return scopeId
    }
}
