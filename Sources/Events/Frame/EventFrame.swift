import Database
import Formats
import Platform

/// An event as the pages that every event has need it: its address, who may do what, the frame around its pages.
package struct EventFrame: Sendable {
    package let event: Event
    package let programmeSlug: String
    /// Where its page is.
    package let path: String
    package let thing: Protection
    /// Whoever prepares it.
    package let mayManage: Bool
    /// A page of it in its navigation.
    package let page: @Sendable (_ title: String, _ request: Request, _ content: Markup) -> Page

    package init(
        _ event: Event, programmeSlug: String, path: String, thing: Protection, mayManage: Bool,
        page: @escaping @Sendable (_ title: String, _ request: Request, _ content: Markup) -> Page
    ) {
        (self.event, self.programmeSlug, self.path, self.thing, self.mayManage, self.page) = (event, programmeSlug, path, thing, mayManage, page)
    }

    /// How the capability that shows an event opens it: 404 for who may not see it.
    package typealias Opening = @Sendable (Request) async throws -> EventFrame

    func allows(_ right: Action, _ request: Request) -> Bool { request.site.policy.allows(right, request.viewer, on: thing) }

    /// The right it takes to prepare it.
    package var right: Action { event.kind == .visit ? .manageVisit : .manageProgramme }

    /// The kind of thing that its history is about.
    var historyKind: String { event.kind == .visit ? "visit" : "event" }
}

/// Somebody of an event.
package struct Attendee: Sendable, Codable, Equatable {
    package var personId: String
    package var name: String
    package var email: String?
    package var function: String
    package var organization: String?
    package var hasAccount: Bool
    /// `visitor`, `staff`, `host`; `registered` for who only said that they come.
    package var side: String

    /// « Ana, animatrice, ARDES ».
    package var said: String { [name, function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ") }
}

/// The people of events.
package enum Attendees {
    private static let columns: SQL = """
        person.id AS person_id, person.name, person.email, COALESCE(person_profile.function, '') AS function,
        COALESCE(organization.short_name, organization.name) AS organization,
        CASE WHEN account.person_id IS NULL OR account.closed_at IS NOT NULL THEN 0 ELSE 1 END AS has_account
        """

    private static let tables: SQL = """
        LEFT JOIN person_profile ON person_profile.person_id = person.id
        LEFT JOIN organization ON organization.id = person_profile.organization_id
        LEFT JOIN account ON account.person_id = person.id
        """

    /// Those whose name is on the sheet of an event: its circle, and whoever said that they come.
    package static func of(_ event: Event, _ thing: Protection, _ reader: any Reader) throws -> [Attendee] {
        let all = try reader.all(
            Attendee.self,
            """
            SELECT \(columns), membership.role AS side, person.sort_key AS sort_key FROM membership JOIN person ON person.id = membership.person_id \(tables)
            WHERE membership.scope_id = \(thing.scopeId ?? "") AND membership.until IS NULL
            UNION ALL
            SELECT \(columns), 'registered' AS side, person.sort_key AS sort_key FROM registration JOIN person ON person.id = registration.person_id \(tables)
            WHERE registration.event_id = \(event.id) AND registration.answer = 'yes'
            ORDER BY sort_key, person_id, side DESC
            """)
        var seen: Set<String> = []
        let ranks = ["visitor": 0, "staff": 1, "host": 2]
        return all.enumerated().sorted { (ranks[$0.element.side] ?? 3, $0.offset) < (ranks[$1.element.side] ?? 3, $1.offset) }
            .map(\.element).filter { seen.insert($0.personId).inserted }
    }

    /// Those who may be asked about an event: its circle, or the people of the programme when it has none.
    package static func reachable(_ event: Event, _ thing: Protection, _ reader: any Reader) throws -> [Attendee] {
        let all = try reader.all(
            Attendee.self,
            """
            SELECT DISTINCT \(columns), '' AS side, person.sort_key AS sort_key FROM membership JOIN person ON person.id = membership.person_id \(tables)
            WHERE membership.scope_id = \(thing.scopeId ?? event.programmeId) AND membership.until IS NULL AND membership.role <> 'partner'
            ORDER BY person.sort_key, person.id
            """)
        return all
    }

    /// Those who may be asked for dates: who may be asked about the event; for a visit that nobody was named to visit yet, the facilitators and
    /// the team of its programme too, who could come.
    static func askable(_ event: Event, _ thing: Protection, _ reader: any Reader) throws -> (people: [Attendee], others: [Attendee]) {
        let people = try reachable(event, thing, reader)
        let isGathered = try reader.exists("SELECT 1 FROM membership WHERE scope_id = \(thing.scopeId) AND role = 'visitor' AND until IS NULL")
        guard let scope = thing.scopeId, scope != event.programmeId, !isGathered else { return (people, []) }
        let known = Set(people.map(\.personId))
        let others = try reader.all(
            Attendee.self,
            """
            SELECT DISTINCT \(columns), '' AS side, person.sort_key AS sort_key FROM membership JOIN person ON person.id = membership.person_id \(tables)
            WHERE membership.scope_id = \(event.programmeId) AND membership.until IS NULL
                AND membership.role IN ('facilitator', 'officer', 'researcher', 'coordinator')
            ORDER BY person.sort_key, person.id
            """)
        return (people, others.filter { !known.contains($0.personId) })
    }
}
