import Database
import Platform

/// The end of a role in a programme or one of its groups, or of everything somebody is there.
enum Departure: Sendable, Equatable {
    case role(Role, scope: String)
    case everything

    /// Whether it may take a role away that decides for a whole programme.
    var isSensitive: Bool {
        switch self {
        case .role(let role, _): role.isSensitive
        case .everything: true
        }
    }

    /// - Throws: `NotFound` for what is no role.
    init(_ form: Fields) throws {
        if form.has("everything") {
            self = .everything
        } else if let role = Role(rawValue: form.line("role")), let scope = form.optional("scope") {
            self = .role(role, scope: scope)
        } else {
            throw NotFound()
        }
    }

    /// Ends it; what was done under the role stays. Somebody must remain who manages the programme.
    ///
    /// - Returns: the seat that became free, when the end was that of one role.
    @discardableResult func end(_ personId: String, in programme: String, _ change: Change) throws -> String? {
        var freed: String?
        let held = try Members.list(programme, of: [personId], change)
        let ending = held.filter { member in
            switch self {
            case .role(let role, let scope): member.role == role && member.scopeId == scope
            case .everything: true
            }
        }
        guard !ending.isEmpty else { throw NotFound() }
        for member in ending {
            try change.leave(personId, scope: member.scopeId, as: member.role)
            freed = try change.text(
                "SELECT id FROM seat WHERE scope_id = \(member.scopeId) AND person_id = \(personId)")
            try change.run(
                "UPDATE seat SET person_id = NULL WHERE scope_id = \(member.scopeId) AND person_id = \(personId)")
            try change.trace(
                "programme", programme, programme: programme, as: "membership.ended",
                ["person": personId, "role": member.role.rawValue])
        }
        let managers = try Members.list(programme, change).filter {
            $0.scopeId == programme && [.officer, .coordinator].contains($0.role)
        }
        guard !managers.isEmpty else { throw Refused("community.person.lastManager") }
        return freed
    }
}
