import Database
import Formats
import Platform

/// Who was invited to a visit, and when.
struct Invitation: Sendable, Decodable, Equatable {
    var personId: String
    var name: String
    var invitedAt: Instant
}

/// The invitations of visits, once each.
enum Invitations {
    static func sent(_ visitId: String, _ reader: any Reader) throws -> [Invitation] {
        try reader.all(
            Invitation.self,
            """
            SELECT person_id, person.name, invited_at FROM visit_invitation JOIN person ON person.id = person_id
            WHERE visit_id = \(visitId) ORDER BY invited_at, person.sort_key, person.id
            """)
    }

    /// Those of the visiting group who were not invited yet, without the person who invites.
    static func toSend(
        _ visit: Visit, by personId: String?, _ reader: any Reader, _ now: Instant
    ) throws -> [VisitPerson] {
        let done = Set(try sent(visit.id, reader).map(\.personId))
        let people = try Delegation.people(visit, reader, now)
        return (people.visitors + people.staff).filter { !done.contains($0.id) && $0.id != personId }
    }

    /// Writes to each, once; somebody without account receives one with it. Answers how many.
    /// - Throws: `VisitRefusal.nobodyToInvite`
    static func send(_ visit: Visit, dates: @Sendable (Words) -> String, in change: Change) throws -> Int {
        let people = try toSend(visit, by: change.actor.personId, change, change.now)
        guard !people.isEmpty else { throw VisitRefusal.nobodyToInvite }
        for person in people {
            let language = try change.text("SELECT language FROM person WHERE id = \(person.id)").flatMap(Language.init)
            if !person.hasAccount { try Accounts.invite(person.id, in: change) }
            try change.write(
                to: person.id, "visits.mail.invitation",
                [
                    "visit": visit.name, "place": visit.place.isEmpty ? visit.name : visit.place,
                    "dates": dates(change.site.words(language ?? .french)), "by": change.viewer.name ?? "",
                ], opening: visit.path, about: visit.id)
            try change.run(
                """
                INSERT INTO visit_invitation (visit_id, person_id, invited_by, invited_at)
                VALUES (\(visit.id), \(person.id), \(change.actor.personId), \(change.now))
                """)
        }
        try change.run("UPDATE visit SET invited_at = \(change.now) WHERE id = \(visit.id) AND invited_at IS NULL")
        try change.trace("visit", visit.id, programme: visit.programmeId, ["people": String(people.count)])
        return people.count
    }
}
