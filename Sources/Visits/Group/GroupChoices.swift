import Database
import Formats
import Platform

/// Somebody who may join a visiting group, with what helps to choose.
struct Candidate: Sendable, Decodable, Equatable {
    var id: String
    var name: String
    var function: String
    var organization: String?
    /// How many visits of the programme they take part in, this one included.
    var visits: Int
    /// Works in a structure that receives this visit.
    var isAtHome: Bool
}

/// Who may join the visiting group of a visit.
struct GroupChoices: Sendable {
    /// The facilitators of the programme, and whoever visits already.
    let visitors: [Candidate]
    /// Its officers, researchers and coordinators, and whoever comes along already.
    let staff: [Candidate]

    static func load(_ visit: Visit, _ reader: any Reader) throws -> GroupChoices {
        GroupChoices(
            visitors: try holding(["facilitator"], or: .visitor, visit, reader),
            staff: try holding(["officer", "researcher", "coordinator"], or: .staff, visit, reader))
    }

    private static func holding(
        _ roles: [String], or role: Role, _ visit: Visit, _ reader: any Reader
    ) throws -> [Candidate] {
        try reader.all(
            Candidate.self,
            """
            SELECT person.id, person.name, COALESCE(person_profile.function, '') AS function,
                COALESCE(organization.short_name, organization.name) AS organization,
                (SELECT COUNT(*) FROM membership AS other JOIN visit ON visit.delegation_id = other.scope_id
                    WHERE other.person_id = person.id AND visit.programme_id = \(visit.programmeId)
                    AND other.role = 'visitor' AND other.until IS NULL) AS visits,
                CASE WHEN person_profile.organization_id = \(visit.hostId) OR person_profile.organization_id IN
                    (SELECT organization_id FROM visit_co_host WHERE visit_id = \(visit.id)) THEN 1 ELSE 0 END AS is_at_home
            FROM person
            LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = person_profile.organization_id
            WHERE person.id IN (SELECT person_id FROM membership WHERE until IS NULL
                AND ((scope_id = \(visit.programmeId) AND role IN \(list: roles))
                    OR (scope_id = \(visit.delegationId) AND role = \(role))))
            ORDER BY person.sort_key, person.id
            """)
    }
}

/// The visiting group as somebody wants it.
struct GroupWish: Sendable, Equatable {
    var visitors: Set<String>
    var staff: Set<String>
    /// Why there are fewer or more than four to six.
    var reason: String

    init(_ form: Fields) {
        visitors = Set(form.all("visitors"))
        // Who visits does not come along as well.
        staff = Set(form.all("staff")).subtracting(visitors)
        reason = form.text("size_reason")
    }

    /// What must be so whatever the wish: people of the programme, none of the host's.
    /// - Throws: `VisitRefusal`
    func check(_ choices: GroupChoices, _ now: Delegation) throws {
        guard visitors.isSubset(of: choices.visitors.map(\.id)) else {
            throw VisitRefusal.unknownChoice(field: "visitors")
        }
        guard staff.isSubset(of: choices.staff.map(\.id)) else { throw VisitRefusal.unknownChoice(field: "staff") }
        if let person = now.host.first(where: { visitors.contains($0.id) || staff.contains($0.id) }) {
            throw VisitRefusal.hostsAlready(person.name)
        }
        // Named for the host or not, who works there does not read what is written without it.
        if let person = choices.visitors.first(where: { visitors.contains($0.id) && $0.isAtHome }) {
            throw VisitRefusal.worksAtTheHost(person.name)
        }
    }

    /// Brings the two circles to the wish.
    func apply(to visit: Visit, _ now: Delegation, in change: Change) throws {
        for scope in [visit.delegationId, visit.circleId] {
            try bring(now.visitors, to: visitors, .visitor, scope, change)
            try bring(now.staff, to: staff, .staff, scope, change)
        }
    }

    private func bring(
        _ known: [VisitPerson], to wanted: Set<String>, _ role: Role, _ scope: String, _ change: Change
    ) throws {
        let known = Set(known.map(\.id))
        for person in known.subtracting(wanted).sorted() { try change.leave(person, scope: scope, as: role) }
        for person in wanted.subtracting(known).sorted() { try change.join(person, scope: scope, as: role) }
    }
}
