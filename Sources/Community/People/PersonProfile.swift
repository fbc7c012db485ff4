import Database
import Platform

/// What the others know of somebody: function, organisation, interests declared.
package struct PersonProfile: Sendable, Equatable, Decodable {
    package let personId: String
    package let name: String
    package let email: String?
    package let function: String
    package let organizationId: String?
    /// What people call the organisation.
    package let organization: String?
    /// Interests declared, shown beside a validation.
    package let interests: String

    /// « direction, PES 21 »: what stands for the person where their name does not.
    package var position: String {
        [function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// Reads and writes profiles.
package enum Profiles {
    /// The profiles of these people, by person; somebody without profile has an empty function.
    package static func of(_ personIds: some Collection<String>, _ reader: any Reader) throws -> [String: PersonProfile] {
        let found = try reader.all(
            PersonProfile.self,
            """
            SELECT person.id AS person_id, person.name, person.email, COALESCE(function, '') AS function, organization_id,
                COALESCE(organization.short_name, organization.name) AS organization, COALESCE(interests, '') AS interests
            FROM person LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = organization_id
            WHERE person.id IN \(list: Array(personIds))
            """)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.personId, $0) })
    }

    package static func of(_ personId: String, _ reader: any Reader) throws -> PersonProfile? {
        try of([personId], reader)[personId]
    }

    /// Writes a function and an organisation; the interests declared stay.
    package static func save(
        _ personId: String, function: String, organization: String?, in change: Change
    ) throws {
        try change.run(
            """
            INSERT INTO person_profile (person_id, function, organization_id, interests)
            VALUES (\(personId), \(function), \(organization), '')
            ON CONFLICT (person_id) DO UPDATE SET function = excluded.function, organization_id = excluded.organization_id
            """)
    }

    /// Writes the interests that somebody declares.
    package static func declare(_ interests: String, by personId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO person_profile (person_id, function, organization_id, interests)
            VALUES (\(personId), '', NULL, \(interests))
            ON CONFLICT (person_id) DO UPDATE SET interests = excluded.interests
            """)
    }
}
