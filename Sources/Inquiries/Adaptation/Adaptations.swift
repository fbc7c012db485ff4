import Database
import Formats
import Grids
import Platform
import Visits

/// The grids of visits in the database.
package enum Adaptations {
    /// The core as a researcher settled it for a visit.
    struct Settled: Sendable, Equatable {
        var version: Int
        var core: GridContent
        var settledBy: String?
        var settledAt: Instant
    }

    /// What a visit changes, proposed or decided, in order.
    static func changes(_ visitId: String, _ reader: any Reader) throws -> [GridChange] {
        try changes(where: "visit_id = \(visitId)", reader)
    }

    private static func changes(where condition: SQL, _ reader: any Reader) throws -> [GridChange] {
        try reader.all(
            GridChange.self,
            """
            SELECT id, kind, question_id, dimension_id, text, probes, place, reason, proposed_by, proposed_at, outcome, decision, decided_at,
                (SELECT name FROM person WHERE person.id = proposed_by) AS proposer,
                (SELECT name FROM person WHERE person.id = decided_by) AS decider
            FROM grid_change WHERE \(condition) ORDER BY proposed_at, id
            """)
    }

    static func settled(_ visitId: String, _ reader: any Reader) throws -> Settled? {
        let row = try reader.first(
            SettledRow.self,
            """
            SELECT version, content, settled_at, (SELECT name FROM person WHERE person.id = settled_by) AS settled_by
            FROM visit_grid WHERE visit_id = \(visitId)
            """)
        return try row.map { row in
            guard let core = GridContent(try JSONValue.parse(Array(row.content.utf8))) else { throw NotFound() }
            return Settled(version: row.version, core: core, settledBy: row.settledBy, settledAt: row.settledAt)
        }
    }

    /// The grid of a visit as it is asked: the one settled, else the common one with what was approved so far.
    package static func grid(_ visit: Visit, _ reader: any Reader) throws -> VisitGrid {
        let core = try settled(visit.id, reader)?.core ?? Grids.core(visit.programmeId, reader)?.content ?? GridContent()
        return VisitGrid(core, try changes(visit.id, reader))
    }

    /// Proposes a change; a researcher's own is approved at once.
    static func propose(_ proposed: ProposedChange, for visit: Visit, approved: Bool, in change: Change) throws -> String {
        let id = change.newId()
        let outcome: GridChange.Outcome? = approved ? .approved : nil
        try change.run(
            """
            INSERT INTO grid_change (id, visit_id, kind, question_id, dimension_id, text, probes, place, reason, proposed_by, proposed_at,
                outcome, decided_by, decided_at)
            VALUES (\(id), \(visit.id), \(proposed.kind), \(proposed.questionId), \(proposed.dimensionId), \(proposed.text),
                \(proposed.probes.joined(separator: "\n")), \(proposed.place), \(proposed.reason), \(change.actor.personId), \(change.now),
                \(outcome), \(approved ? change.actor.personId : nil), \(approved ? change.now : nil))
            """)
        return id
    }

    static func decide(_ id: String, as outcome: GridChange.Outcome, decision: String, in change: Change) throws {
        try change.run(
            """
            UPDATE grid_change SET outcome = \(outcome), decision = \(decision), decided_by = \(change.actor.personId), decided_at = \(change.now)
            WHERE id = \(id)
            """)
    }

    static func settle(_ visit: Visit, _ core: GridCore, in change: Change) throws {
        try change.run(
            """
            INSERT INTO visit_grid (visit_id, version, content, settled_by, settled_at)
            VALUES (\(visit.id), \(core.version), \(CanonicalJSON.encode(core.content.json)), \(change.actor.personId), \(change.now))
            """)
    }

    static func reopen(_ visitId: String, in change: Change) throws {
        try change.run("DELETE FROM visit_grid WHERE visit_id = \(visitId)")
    }

    private struct SettledRow: Decodable {
        var version: Int
        var content: String
        var settledBy: String?
        var settledAt: Instant
    }
}
