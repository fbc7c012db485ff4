import Database
import Platform

/// The coordinator seats in the groups whoever holds a place there, and the administrator says who is responsible for the site.
struct SeatScene: Sendable {
    let stage: Stage
    let people: [Story.Person]

    func play() async throws {
        for person in people {
            guard let role = person.roles.first, let group = Self.group(of: role) else { continue }
            guard let seat = try await seat(stage.cast[person.key], in: group) else { continue }
            try await stage.act(
                "nadia-benhamou", "/programmes/\(stage.programme)/communaute/\(stage.cast[person.key])/roles", [("role", role), ("seat", seat)])
        }
        try await stage.act("gael-lemonnier", "/administration/registre", Self.responsible)
    }

    private static func group(of role: String) -> String? {
        switch role {
        case "facilitator": "cohort"
        case "committee": "steering"
        case "officer", "researcher": "group"
        default: nil
        }
    }

    /// The first free place of somebody's organisation in the groups of that kind.
    private func seat(_ person: String, in group: String) async throws -> String? {
        let slug = stage.programme
        return try await stage.read { reader in
            try reader.text(
                """
                SELECT seat.id FROM seat JOIN scope ON scope.id = scope_id JOIN programme ON programme.id = scope.programme_id
                JOIN person_profile ON person_profile.organization_id = seat.organization_id
                WHERE programme.slug = \(slug) AND scope.kind = \(group) AND seat.person_id IS NULL AND person_profile.person_id = \(person)
                    AND seat.function NOT LIKE 'délégation%' ORDER BY scope.id, position LIMIT 1
                """)
        }
    }

    private static let responsible = [
        ("name", "Structure de démonstration"), ("address", "1 rue de l’Exemple, 00000 Exemple"), ("contact", "donnees@territoires.example"),
        ("officer", "Aucune personne déléguée : la coordination répond."), ("hosting", "Le serveur de la démonstration, en France."),
        ("transfers", "Aucun."),
    ]
}
