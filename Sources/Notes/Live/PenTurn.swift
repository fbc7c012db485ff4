import Database
import Events
import Formats
import Platform
import Visits

/// The pen of an encounter (dossier §3.2.1, « une responsabilité dans les prises de note »): one person of the group notes, the
/// others listen. It is a word given, not a lock: everybody may write at any time.
struct PenTurn: Sendable, Decodable, Equatable {
    var encounterId: String
    var encounter: String
    var personId: String
    var name: String
    /// Nil when they took it themselves.
    var giver: String?
    var since: Instant
    var until: Instant?

    /// What handing the pen over does.
    enum Handing: Equatable {
        case nothing
        /// The pen is laid down.
        case ends
        case begins(String)
    }

    /// - Parameters:
    ///   - holder: who has it now.
    ///   - person: who is to have it; nil to lay it down.
    ///   - group: the people of the visiting group.
    /// - Throws: `Refused` when that person is not of the group.
    static func hand(_ holder: String?, to person: String?, group: Set<String>) throws -> Handing {
        guard holder != person else { return .nothing }
        guard let person else { return .ends }
        guard group.contains(person) else { throw Refused("notes.refusal.penPerson", field: "person") }
        return .begins(person)
    }
}

/// The turns in the database.
enum PenTurns {
    private static let turns: SQL = """
        SELECT encounter_id, encounter.title AS encounter, note_turn.person_id, person.name, giver.name AS giver, since, until
        FROM note_turn JOIN encounter ON encounter.id = encounter_id JOIN person ON person.id = note_turn.person_id
        LEFT JOIN person AS giver ON giver.id = given_by AND given_by <> note_turn.person_id
        """

    /// The turns of a visit, the latest first.
    static func of(_ visitId: String, limit: Int = 200, _ reader: any Reader) throws -> [PenTurn] {
        try reader.all(
            PenTurn.self,
            """
            \(turns) WHERE visit_id = \(visitId) ORDER BY since DESC, note_turn.id DESC LIMIT \(limit)
            """)
    }

    /// Who holds each pen now, by encounter; whoever left the group holds none.
    static func now(_ visit: Visit, _ reader: any Reader) throws -> [String: PenTurn] {
        let group = Set(try reader.people(in: visit.delegationId).map(\.personId))
        let held = try reader.all(
            PenTurn.self,
            """
            \(turns) WHERE visit_id = \(visit.id) AND until IS NULL ORDER BY since, note_turn.id
            """)
        return Dictionary(held.filter { group.contains($0.personId) }.map { ($0.encounterId, $0) }) { first, _ in first }
    }

    /// Hands the pen of an encounter over, takes it or lays it down.
    static func hand(_ encounterId: String, to person: String?, in visit: Visit, _ change: Change) throws {
        guard try Encounters.of(visit.id, change).contains(where: { $0.id == encounterId }) else {
            throw Refused("notes.refusal.encounter", field: "encounter")
        }
        let group = Set(try change.people(in: visit.delegationId).map(\.personId))
        let held = try change.text("SELECT person_id FROM note_turn WHERE encounter_id = \(encounterId) AND until IS NULL")
        let handing = try PenTurn.hand(held.flatMap { group.contains($0) ? $0 : nil }, to: person, group: group)
        guard handing != .nothing else { return change.leaveAsItIs() }
        try change.run("UPDATE note_turn SET until = \(change.now) WHERE encounter_id = \(encounterId) AND until IS NULL")
        guard case .begins(let next) = handing else {
            return try change.trace("pen", encounterId, programme: visit.programmeId, as: "pen.laidDown", ["visit": visit.id])
        }
        try change.run(
            """
            INSERT INTO note_turn (id, visit_id, encounter_id, person_id, given_by, since)
            VALUES (\(change.newId()), \(visit.id), \(encounterId), \(next), \(change.actor.personId), \(change.now))
            """)
        let action = next == change.actor.personId ? "pen.taken" : "pen.handed"
        try change.trace("pen", encounterId, programme: visit.programmeId, as: action, ["visit": visit.id, "to": next])
    }

    /// The turns of somebody who leaves for good go with them.
    static func forget(_ personId: String, in change: Change) throws {
        try change.run("DELETE FROM note_turn WHERE person_id = \(personId)")
        try change.run("UPDATE note_turn SET given_by = NULL WHERE given_by = \(personId)")
    }
}
