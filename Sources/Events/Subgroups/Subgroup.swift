import Database
import Formats
import Platform

/// Some of the people of an event, who go apart while the others go elsewhere.
package struct Subgroup: Sendable, Codable, Equatable {
    package var id: String
    package var eventId: String
    package var position: Int
    package var name: String
    /// Those who are in it.
    package var members: [Someone] = []

    package struct Someone: Sendable, Codable, Equatable {
        package var subgroupId: String
        package var personId: String
        package var name: String
        package var takesNotes: Bool
    }

    package var noteTakers: [Someone] { members.filter(\.takesNotes) }

    private enum CodingKeys: String, CodingKey { case id, eventId, position, name }

    package init(id: String, eventId: String, position: Int, name: String) {
        (self.id, self.eventId, self.position, self.name) = (id, eventId, position, name)
    }
}

/// The sub-groups of events, and who takes notes where.
package enum Subgroups {
    package static func of(_ eventId: String, _ reader: any Reader) throws -> [Subgroup] {
        let people = try reader.all(
            Subgroup.Someone.self,
            """
            SELECT subgroup_id, person_id, person.name, takes_notes FROM subgroup_member
            JOIN subgroup ON subgroup.id = subgroup_id JOIN person ON person.id = person_id
            WHERE event_id = \(eventId) AND removed_at IS NULL ORDER BY person.sort_key, person.id
            """)
        let members = Dictionary(grouping: people, by: \.subgroupId)
        return try reader.all(
            Subgroup.self,
            "SELECT id, event_id, position, name FROM subgroup WHERE event_id = \(eventId) AND removed_at IS NULL ORDER BY position, id"
        ).map { subgroup in
            var subgroup = subgroup
            subgroup.members = members[subgroup.id] ?? []
            return subgroup
        }
    }

    /// Writes a sub-group, new or changed, with its people.
    package static func save(_ subgroup: Subgroup, members: [String], noteTakers: [String], in change: Change) throws {
        try change.run(
            """
            INSERT INTO subgroup (id, event_id, position, name)
            VALUES (\(subgroup.id), \(subgroup.eventId), \(subgroup.position), \(subgroup.name))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name
            """)
        try change.run("DELETE FROM subgroup_member WHERE subgroup_id = \(subgroup.id)")
        for person in members {
            try change.run(
                """
                INSERT INTO subgroup_member (subgroup_id, person_id, takes_notes)
                VALUES (\(subgroup.id), \(person), \(noteTakers.contains(person)))
                """)
        }
    }

    package static func nextPosition(of eventId: String, _ reader: any Reader) throws -> Int {
        try reader.count("SELECT COALESCE(MAX(position), 0) + 1 FROM subgroup WHERE event_id = \(eventId)")
    }

    /// Takes a sub-group off: its encounters are everybody's again.
    package static func remove(_ id: String, of eventId: String, in change: Change) throws {
        let count = try change.run(
            "UPDATE subgroup SET removed_at = \(change.now) WHERE id = \(id) AND event_id = \(eventId) AND removed_at IS NULL")
        guard count > 0 else { throw NotFound() }
        try change.run("UPDATE encounter SET subgroup_id = NULL WHERE subgroup_id = \(id)")
    }

    /// Who takes notes in each encounter of an event, as chosen for it.
    package static func noteTakers(of eventId: String, _ reader: any Reader) throws -> [String: [NoteTaker]] {
        let all = try reader.all(
            NoteTaker.self,
            """
            SELECT encounter_id, person_id, person.name FROM note_taker JOIN encounter ON encounter.id = encounter_id
            JOIN person ON person.id = person_id WHERE event_id = \(eventId) ORDER BY person.sort_key, person.id
            """)
        return Dictionary(grouping: all, by: \.encounterId)
    }

    package static func setNoteTakers(_ people: [String], of encounterId: String, in change: Change) throws {
        try change.run("DELETE FROM note_taker WHERE encounter_id = \(encounterId)")
        for person in people {
            try change.run("INSERT INTO note_taker (encounter_id, person_id) VALUES (\(encounterId), \(person))")
        }
    }
}

/// Somebody who takes notes in an encounter.
package struct NoteTaker: Sendable, Decodable, Equatable {
    package var encounterId: String
    package var personId: String
    package var name: String
}
