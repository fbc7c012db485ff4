import Database
import Platform

/// What the community holds about people: their function, roles, places in groups, decisions on a programme file.
enum CommunityPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("community.data.profile", ["person_profile": ["person_id", "interests"]]) {
                """
                SELECT function, organization.name AS organization, interests FROM person_profile
                LEFT JOIN organization ON organization.id = organization_id WHERE person_id = \($0)
                """
            },
            PersonalPart("community.data.roles", ["membership": ["person_id"], "scope": []]) {
                """
                SELECT programme.title AS programme, scope.name AS circle, scope.kind, role, since, until FROM membership
                LEFT JOIN scope ON scope.id = scope_id LEFT JOIN programme ON programme.id = scope.programme_id
                WHERE person_id = \($0) ORDER BY since, role
                """
            },
            PersonalPart("community.data.seats", ["seat": ["person_id"]]) {
                """
                SELECT scope.name AS circle, seat.function, constituency FROM seat JOIN scope ON scope.id = scope_id
                WHERE person_id = \($0) ORDER BY scope.name, seat.position
                """
            },
            PersonalPart("community.data.findings", ["finding_outcome": ["settled_by"]]) {
                "SELECT settled_at, decision FROM finding_outcome WHERE settled_by = \($0) ORDER BY settled_at"
            },
        ]
        data.apart = [
            "programme": "says what a programme is", "phase": "dates of a programme", "organization": "a structure, not a person",
            "programme_organization": "structures of a programme", "programme_part": "the programme file as it was given: see the mentions",
            "finding": "what the import noticed in a file",
        ]
        data.mentions = [
            Mention("finding_outcome", "decision", key: "finding_id"), Mention("finding", "arguments"),
            Mention("programme_part", "content", key: "programme_id"), Mention("seat", "function"),
        ]
        data.erase = { erasure, change in
            try change.run("UPDATE seat SET person_id = NULL WHERE person_id = \(erasure.personId)")
            try change.run("UPDATE person_profile SET interests = '' WHERE person_id = \(erasure.personId)")
            try Unmanaged.tell(without: erasure.personId, in: change)
            guard erasure.isComplete else { return }
            // The function stays: a validation says in which one it was given.
            try change.run("UPDATE person_profile SET organization_id = NULL WHERE person_id = \(erasure.personId)")
        }
        return data
    }()
}
