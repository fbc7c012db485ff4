import Formats
import Platform

/// How roles are said: « Mission de projet », « Comité de pilotage », « Accueil (Visite à Caen) ».
struct RoleWords {
    let words: Words

    init(_ words: Words) {
        self.words = words
    }

    func name(_ member: ProgrammeMember) -> String {
        let role = words.name("community.role", of: member.role)
        return switch member.scopeKind {
        case .programme: role
        case .steering, .cohort, .group: member.scopeName
        case .delegation, .delegationAndHost:
            words("community.role.inVisit", ["role": role, "visit": member.scopeName])
        }
    }

    /// Those that say something of the person here: visits are told on their pages, except to say who hosts.
    func list(_ roles: [ProgrammeMember]) -> String {
        roles.filter { member in
            switch member.scopeKind {
            case .delegation: false
            case .delegationAndHost: member.role == .host
            default: true
            }
        }.map(name).joined(separator: " · ")
    }
}
