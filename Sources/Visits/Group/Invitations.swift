import Database
import Events
import Formats
import Platform

/// Who was invited to a visit, and when.
struct Invitation: Sendable, Decodable, Equatable {
    var personId: String
    var name: String
    var invitedAt: Instant
    /// The half-days that the person was told; empty when nobody kept it.
    var dates: String
}

/// The invitations of visits: once each, and again when somebody asks for it.
enum Invitations {
    static func sent(_ visitId: String, _ reader: any Reader) throws -> [Invitation] {
        try reader.all(
            Invitation.self,
            """
            SELECT person_id, person.name, invited_at, dates FROM visit_invitation JOIN person ON person.id = person_id
            WHERE visit_id = \(visitId) ORDER BY invited_at, person.sort_key, person.id
            """)
    }

    /// Those of the visiting group who were not invited yet, without the person who invites.
    static func toSend(
        _ visit: Visit, by personId: String?, _ reader: any Reader
    ) throws -> [VisitPerson] {
        let done = Set(try sent(visit.id, reader).map(\.personId))
        let people = try Delegation.people(visit, reader)
        return (people.visitors + people.staff).filter { !done.contains($0.id) && $0.id != personId }
    }

    /// Those of the group who were told other half-days than today's.
    static func toldOtherwise(
        _ visit: Visit, _ agenda: Agenda, _ people: Delegation, _ reader: any Reader
    ) throws -> [Invitation] {
        let group = Set((people.visitors + people.staff).map(\.id))
        return try sent(visit.id, reader).filter {
            group.contains($0.personId) && !$0.dates.isEmpty && $0.dates != told(visit, agenda)
        }
    }

    /// Half-days as they are kept with an invitation, with the clocks that they are on when these are not those of Paris.
    private static func told(_ visit: Visit, _ agenda: Agenda) -> String {
        let zone = visit.zone == EventZone.paris.rawValue ? [] : [visit.zone]
        return (agenda.slots.map(\.halfDay.value) + zone).joined(separator: " ")
    }

    /// Writes to those of the group and of the host who were invited, besides whoever acts.
    static func tellAll(_ key: String, _ visit: Visit, _ arguments: [String: any WordArgument], in change: Change) throws {
        let invited = Set(try sent(visit.id, change).map(\.personId))
        let people = try Delegation.people(visit, change)
        let told = (people.visitors + people.staff).filter { invited.contains($0.id) } + (invited.isEmpty ? [] : people.host.filter(\.hasAccount))
        let all = arguments.merging(["visit": visit.name, "by": change.viewer.name ?? ""]) { own, _ in own }
        for person in told where person.id != change.actor.personId {
            try change.write(to: person.id, key, all, opening: visit.path, about: visit.id)
        }
    }

    /// Writes to each, once; somebody without account receives one with it. Answers how many.
    /// - Throws: `VisitRefusal.nobodyToInvite`
    static func send(_ visit: Visit, _ agenda: Agenda, in change: Change) throws -> Int {
        let people = try toSend(visit, by: change.actor.personId, change)
        guard !people.isEmpty else { throw VisitRefusal.nobodyToInvite }
        for person in people { try write(person, visit, agenda, in: change) }
        try change.run("UPDATE visit SET invited_at = \(change.now) WHERE id = \(visit.id) AND invited_at IS NULL")
        try change.trace("visit", visit.id, programme: visit.programmeId, ["people": String(people.count)])
        return people.count
    }

    /// Writes again to one person, invited already: a mail may be lost, an address mistyped.
    /// - Throws: `NotFound`
    static func sendAgain(to personId: String, _ visit: Visit, _ agenda: Agenda, in change: Change) throws {
        let people = try Delegation.people(visit, change)
        guard let person = (people.visitors + people.staff).first(where: { $0.id == personId }),
            try sent(visit.id, change).contains(where: { $0.personId == personId })
        else { throw NotFound() }
        try write(person, visit, agenda, in: change)
        try change.trace("visit", visit.id, programme: visit.programmeId, ["person": personId])
    }

    /// Tells the new half-days to those who know others.
    static func tellDates(_ visit: Visit, _ agenda: Agenda, in change: Change) throws {
        let people = try Delegation.people(visit, change)
        let late = try toldOtherwise(visit, agenda, people, change)
        guard !late.isEmpty else { throw VisitRefusal.nobodyToInvite }
        for invitation in late {
            let words = try words(of: invitation.personId, change)
            try change.write(
                to: invitation.personId, "visits.mail.newDates",
                ["visit": visit.name, "dates": agenda.days(in: words) ?? words("visits.page.noDates"), "by": change.viewer.name ?? ""],
                opening: visit.path, about: visit.id)
            try change.run(
                """
                UPDATE visit_invitation SET dates = \(told(visit, agenda))
                WHERE visit_id = \(visit.id) AND person_id = \(invitation.personId)
                """)
        }
        try change.trace("visit", visit.id, programme: visit.programmeId, ["people": String(late.count)])
    }

    private static func write(_ person: VisitPerson, _ visit: Visit, _ agenda: Agenda, in change: Change) throws {
        if !person.hasAccount { try Accounts.invite(person.id, in: change) }
        try change.write(
            to: person.id, "visits.mail.invitation",
            [
                "visit": visit.name, "place": visit.place.isEmpty ? visit.name : visit.place,
                "dates": agenda.days(in: try words(of: person.id, change)) ?? "", "by": change.viewer.name ?? "",
            ], opening: visit.path, about: visit.id)
        try change.run(
            """
            INSERT INTO visit_invitation (visit_id, person_id, invited_by, invited_at, dates)
            VALUES (\(visit.id), \(person.id), \(change.actor.personId), \(change.now), \(told(visit, agenda)))
            ON CONFLICT (visit_id, person_id) DO UPDATE SET invited_by = excluded.invited_by,
                invited_at = excluded.invited_at, dates = excluded.dates
            """)
    }

    private static func words(of personId: String, _ change: Change) throws -> Words {
        let language = try change.text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init)
        return change.site.words(language ?? .french)
    }
}
