import Database
import Formats
import Platform

/// Somebody known already under the same name, suggested before another person is added.
struct Namesake: Sendable, Equatable, Decodable {
    let personId: String
    let name: String
    let function: String
    let organization: String?

    /// « direction, PES 21 ».
    var position: String {
        [function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Those of this name, accents and case aside, in the programmes that this person is of: the others are not told of.
    /// Whoever has the address typed is the person meant, and is not asked about.
    static func of(_ name: String, exceptAt email: String, _ reader: any Reader, _ viewer: Viewer) throws -> [Namesake] {
        try reader.all(
            Namesake.self,
            """
            SELECT DISTINCT person.id AS person_id, person.name, COALESCE(function, '') AS function,
                COALESCE(organization.short_name, organization.name) AS organization, person.sort_key
            FROM person JOIN membership ON membership.person_id = person.id JOIN scope ON scope.id = membership.scope_id
            LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = organization_id
            WHERE person.sort_key = \(French.sortKey(name)) AND scope.programme_id IN \(list: viewer.roles.keys.sorted())
                AND COALESCE(person.email_key, '') <> \(People.emailKey(email))
            ORDER BY person.sort_key, person.id
            """)
    }
}
