import Database
import Events
import Formats
import Platform
import Visits

/// Somebody who was sent a revision of a text.
public struct Sending: Sendable, Codable, Equatable {
    public var revisionId: String
    public var number: Int
    public var personId: String
    public var name: String
    public var sentAt: Instant

    /// Who was sent what, newest first.
    public static func of(_ textId: String, _ reader: any Reader) throws -> [Sending] {
        try reader.all(
            Sending.self,
            """
            SELECT revision_id, revision.number, person_id, person.name, sent_at FROM text_sending
            JOIN revision ON revision.id = revision_id JOIN person ON person.id = person_id
            WHERE revision.text_id = \(textId) ORDER BY sent_at DESC, person.sort_key, person_id
            """)
    }
}

/// What the page of a sheet says of its people: who may be asked to write it, who was sent it.
struct SheetFacts: Sendable {
    let visit: Visit
    let hosts: [VisitPerson]
    let sendings: [Sending]
    let links: [SheetLink]
    /// Those of the visiting group who were not sent the latest revision.
    let waiting: [VisitPerson]
    /// That the host said it had finished, as it stands.
    let finish: SheetFinish?
    /// When and where the visit is.
    let when: VisitWhen

    static func load(_ open: OpenText, _ reader: any Reader, _ request: Request) throws -> SheetFacts {
        let visit = try open.requireVisit()
        let people = try Delegation.people(visit, reader)
        let sendings = try Sending.of(open.text.id, reader)
        return SheetFacts(
            visit: visit, hosts: people.host, sendings: sendings, links: try SheetLink.of(open.text.id, reader),
            waiting: waiting(people, sendings, head: open.head.id, besides: request.viewer.personId),
            finish: try SheetFinish.of(open.text.id, reader), when: VisitWhen(visit, Agenda(try Slots.of(visit.id, reader)), request.words))
    }

    static func waiting(_ people: Delegation, _ sendings: [Sending], head: String, besides sender: String?) -> [VisitPerson] {
        let served = Set(sendings.filter { $0.revisionId == head }.map(\.personId))
        var seen: Set<String> = []
        return (people.visitors + people.staff).filter {
            $0.id != sender && !served.contains($0.id) && seen.insert($0.id).inserted
        }
    }
}
