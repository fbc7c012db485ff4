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

    /// How many people are told when the dates change: those of the group who were invited, and the people of the host.
    static func audience(_ visit: Visit, besides personId: String?, _ reader: any Reader) throws -> Int {
        let invited = Set(try sent(visit.id, reader).map(\.personId))
        guard !invited.isEmpty, !visit.isCancelled else { return 0 }
        let people = try Delegation.people(visit, reader)
        let told = (people.visitors + people.staff).filter { invited.contains($0.id) } + people.host.filter { $0.email != nil }
        return Set(told.map(\.id)).subtracting([personId].compactMap(\.self)).count
    }

    /// Half-days as they are kept with an invitation.
    private static func told(_ visit: Visit, _ agenda: Agenda) -> String { ToldDates(agenda.slots.map(\.halfDay), zone: visit.zone).kept }

    /// Tells what became of the dates to everybody who was invited and to the people of the host: was, and is now. Nobody is told
    /// twice the same.
    /// - Parameter known: those who learn it otherwise.
    /// - Returns: how many people are written to.
    @discardableResult static func follow(_ id: String, since before: ToldDates, besides known: Set<String> = [], in change: Change) throws -> Int {
        let visit = try VisitQueries.load(id: id, change)
        guard !visit.isCancelled, !visit.isHeld, try !sent(id, change).isEmpty else { return 0 }
        let (agenda, now) = (Agenda(try Slots.of(id, change)), try ToldDates.of(id, change))
        let people = try Delegation.people(visit, change)
        var count = 0
        for invitation in try toldOtherwise(visit, agenda, people, change) {
            try keep(now, for: invitation.personId, of: id, in: change)
            guard invitation.personId != change.actor.personId, !known.contains(invitation.personId) else { continue }
            try write(now, since: ToldDates(kept: invitation.dates), to: invitation.personId, visit, in: change)
            count += 1
        }
        guard now != before else { return count }
        for person in people.host where person.email != nil && person.id != change.actor.personId && !known.contains(person.id) {
            try write(now, since: before, to: person.id, visit, isHost: true, in: change)
            count += 1
        }
        return count
    }

    private static func keep(_ dates: ToldDates, for personId: String, of visitId: String, in change: Change) throws {
        try change.run("UPDATE visit_invitation SET dates = \(dates.kept) WHERE visit_id = \(visitId) AND person_id = \(personId)")
    }

    /// Those of the host need no page to know it.
    private static func write(
        _ now: ToldDates, since before: ToldDates, to personId: String, _ visit: Visit, isHost: Bool = false, in change: Change
    ) throws {
        let words = try change.words(of: personId)
        let (was, dates) = ToldDates.said(before, now, in: words)
        let key = now.halfDays.isEmpty ? "datesRemoved" : isHost ? "newDatesHost" : "newDates"
        try VisitMail(
            "visits.mail.\(key)", guest: "visits.mail.\(now.halfDays.isEmpty ? "datesRemovedGuest" : "newDatesGuest")", to: personId, about: visit,
            ["visit": visit.name, "was": was, "dates": dates, "by": change.viewer.name ?? ""], in: change
        ).write(to: personId, about: visit, in: change)
    }

    /// Writes to those of the group and of the host who were invited, besides whoever acts.
    static func tellAll(_ key: String, _ visit: Visit, _ arguments: [String: any WordArgument], in change: Change) throws {
        let invited = Set(try sent(visit.id, change).map(\.personId))
        let people = try Delegation.people(visit, change)
        let told = (people.visitors + people.staff).filter { invited.contains($0.id) } + (invited.isEmpty ? [] : people.host)
        let all = arguments.merging(["visit": visit.name, "by": change.viewer.name ?? ""]) { own, _ in own }
        for person in told where person.id != change.actor.personId {
            try VisitMail(key, to: person.id, about: visit, all, in: change).write(to: person.id, about: visit, in: change)
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
            let now = ToldDates(agenda.slots.map(\.halfDay), zone: visit.zone)
            try write(now, since: ToldDates(kept: invitation.dates), to: invitation.personId, visit, in: change)
            try keep(now, for: invitation.personId, of: visit.id, in: change)
        }
        try change.trace("visit", visit.id, programme: visit.programmeId, ["people": String(late.count)])
    }

    private static func write(_ person: VisitPerson, _ visit: Visit, _ agenda: Agenda, in change: Change) throws {
        if !person.hasAccount { try Accounts.invite(person.id, in: change) }
        try change.write(
            to: person.id, "visits.mail.invitation",
            [
                "visit": visit.name, "place": visit.place.isEmpty ? visit.name : visit.place,
                "dates": agenda.days(in: try change.words(of: person.id)) ?? "", "by": change.viewer.name ?? "",
            ], opening: visit.path, about: visit.id)
        try change.run(
            """
            INSERT INTO visit_invitation (visit_id, person_id, invited_by, invited_at, dates)
            VALUES (\(visit.id), \(person.id), \(change.actor.personId), \(change.now), \(told(visit, agenda)))
            ON CONFLICT (visit_id, person_id) DO UPDATE SET invited_by = excluded.invited_by,
                invited_at = excluded.invited_at, dates = excluded.dates
            """)
    }
}
