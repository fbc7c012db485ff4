import Database
import Formats
import Platform

/// Somebody in the circles of a visit, said by name and function.
package struct VisitPerson: Sendable, Codable, Equatable {
    package var id: String
    package var name: String
    package var email: String?
    package var function: String
    package var organization: String?
    package var hasAccount: Bool
    package var role: Role

    /// « Ana, personne chargée de mission, ARDES ».
    package var said: String { [name, function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ") }
}

/// Who goes on a visit and who receives it.
package struct Delegation: Sendable, Equatable {
    /// The facilitators who visit.
    package var visitors: [VisitPerson]
    /// The team that comes along: project officer, researcher.
    package var staff: [VisitPerson]
    /// The people of the host; not in the visiting group.
    package var host: [VisitPerson]
    package var signatory: VisitPerson?

    /// Four to six people (dossier §3.2.1); fewer or more is a warning, never a refusal.
    package static let size = 4...6

    /// What is unusual about the number of people: too few who visit, too many in front of those they meet, staff included.
    package enum Warning: Sendable, Equatable {
        case fewer(Int)
        case more(Int)
    }

    package var warning: Warning? {
        if visitors.isEmpty { return nil }
        if visitors.count < Self.size.lowerBound { return .fewer(visitors.count) }
        return inTheRoom > Self.size.upperBound ? .more(inTheRoom) : nil
    }

    /// « 5/7 »: visitors, and people in the room.
    var size: String { "\(visitors.count)/\(inTheRoom)" }

    /// How many people somebody met has in front of them: visitors and staff.
    package var inTheRoom: Int { visitors.count + staff.count }

    package init(_ people: [VisitPerson], signatoryId: String?) {
        visitors = people.filter { $0.role == .visitor }
        staff = people.filter { $0.role == .staff }
        host = people.filter { $0.role == .host }
        signatory = signatoryId.flatMap { id in people.first { $0.id == id } }
    }

    /// The people of a visit at a moment, in the order of their names.
    package static func people(_ visit: Visit, _ reader: any Reader) throws -> Delegation {
        let people = try reader.all(
            VisitPerson.self,
            """
            SELECT person.id, person.name, person.email, COALESCE(person_profile.function, '') AS function,
                organization.name AS organization,
                CASE WHEN account.person_id IS NULL OR account.closed_at IS NOT NULL THEN 0 ELSE 1 END AS has_account,
                membership.role
            FROM membership JOIN person ON person.id = membership.person_id
            LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = person_profile.organization_id
            LEFT JOIN account ON account.person_id = person.id
            WHERE membership.scope_id = \(visit.circleId) AND membership.until IS NULL
            ORDER BY person.sort_key, person.id
            """)
        return Delegation(people, signatoryId: visit.signatoryId)
    }
}
