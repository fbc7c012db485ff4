import Database
import Platform

/// Whether who manages the people of a programme may put somebody's address right: of people who never used an account, whom this
/// programme brought in, and who are nowhere else. The others change it themselves: whoever knows an address does not become its owner.
enum AddressRight {
    static func isOpen(_ personId: String, in programmeId: String, _ reader: any Reader) throws -> Bool {
        guard try !Accounts.isUsed(personId, reader) else { return false }
        let isBrought = try reader.exists(
            "SELECT 1 FROM audit JOIN person ON person.id = \(personId) AND audit.at = person.created_at WHERE audit.programme_id = \(programmeId)")
        return try isBrought
            && !reader.exists(
                """
                SELECT 1 FROM membership JOIN scope ON scope.id = scope_id
                WHERE person_id = \(personId) AND programme_id <> \(programmeId)
                UNION ALL SELECT 1 FROM private_link JOIN access ON access.object_id = private_link.object_id
                WHERE person_id = \(personId) AND programme_id <> \(programmeId)
                """)
    }

    /// Writes the address when it changed; an account that waits for its owner is offered at the new one.
    static func put(_ email: String, of profile: PersonProfile, in programmeId: String, _ change: Change) throws {
        guard People.emailKey(email) != People.emailKey(profile.email ?? "") || email != (profile.email ?? "") else { return }
        guard try isOpen(profile.personId, in: programmeId, change) else { throw Refused("community.position.ownAddress", field: "email") }
        try People.readdress(profile.personId, to: email, in: change)
        if !email.isEmpty, try Accounts.has(profile.personId, change) { try Accounts.invite(profile.personId, in: change) }
    }
}
