import Database
import Formats
import Platform

/// Somebody in a programme: one role in one of its circles.
package struct ProgrammeMember: Sendable, Equatable, Decodable {
    package let personId: String
    package let name: String
    package let email: String?
    package let role: Role
    package let scopeId: String
    package let scopeKind: Scopes.Kind
    package let scopeName: String
    package let function: String
    package let organization: String?
    package let since: Instant
}

/// Who is in a programme today.
package enum Members {
    /// Everybody who holds a role in the programme or one of its circles now, in the order of their names; somebody with
    /// several roles comes several times.
    /// - Parameter people: only what these ones are there.
    package static func list(_ programme: String, of people: [String]? = nil, _ reader: any Reader) throws -> [ProgrammeMember] {
        let only: SQL = people.map { "AND membership.person_id IN \(list: $0)" } ?? ""
        return try reader.all(
            ProgrammeMember.self,
            """
            SELECT membership.person_id, person.name, person.email, membership.role, scope.id AS scope_id,
                scope.kind AS scope_kind, scope.name AS scope_name, COALESCE(function, '') AS function,
                COALESCE(organization.short_name, organization.name) AS organization, membership.since
            FROM membership JOIN scope ON scope.id = membership.scope_id
            JOIN person ON person.id = membership.person_id
            LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = person_profile.organization_id
            WHERE scope.programme_id = \(programme) AND until IS NULL \(only)
            ORDER BY person.sort_key, person.id, CASE scope.kind WHEN 'programme' THEN 0 ELSE 1 END, scope.name, scope.kind,
                membership.role
            """)
    }
}
