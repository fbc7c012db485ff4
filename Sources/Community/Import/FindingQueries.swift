import Database
import Formats
import Platform

/// What was noticed in the files of programmes, and what became of it, in the database.
enum FindingQueries {
    private static let select: SQL = """
        SELECT finding.id, severity, sentence_key, arguments, decision, person.name AS settled_by, settled_at FROM finding
        LEFT JOIN finding_outcome ON finding_outcome.finding_id = finding.id LEFT JOIN person ON person.id = settled_by
        """

    /// The findings of a programme, in the order of the import: impossible things first.
    static func of(programme: String, _ reader: any Reader) throws -> [KeptFinding] {
        try reader.all(FindingRow.self, select + " WHERE finding.programme_id = \(programme) ORDER BY position")
            .compactMap(KeptFinding.init)
    }

    /// One of a programme, not of another.
    /// - Throws: `NotFound`
    static func one(_ id: String, of programme: String, _ reader: any Reader) throws -> KeptFinding {
        let row = try reader.first(
            FindingRow.self, select + " WHERE finding.id = \(id) AND finding.programme_id = \(programme)")
        guard let found = row.flatMap(KeptFinding.init) else { throw NotFound() }
        return found
    }

    /// How many wait to be settled, by severity.
    static func waiting(in programme: String, _ reader: any Reader) throws -> [(severity: ProgrammeFile.Finding.Severity, count: Int)] {
        let counts = try reader.all(
            Waiting.self,
            """
            SELECT severity, COUNT(*) AS number FROM finding
            LEFT JOIN finding_outcome ON finding_outcome.finding_id = finding.id
            WHERE programme_id = \(programme) AND finding_outcome.finding_id IS NULL GROUP BY severity
            """)
        return ProgrammeFile.Finding.Severity.allCases.compactMap { severity in
            counts.first { $0.severity == severity.rawValue }.map { (severity, $0.number) }
        }
    }

    static func settle(_ id: String, _ decision: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO finding_outcome (finding_id, decision, settled_by, settled_at)
            VALUES (\(id), \(decision), \(change.actor.personId), \(change.now))
            ON CONFLICT (finding_id) DO UPDATE SET decision = excluded.decision, settled_by = excluded.settled_by,
                settled_at = excluded.settled_at
            """)
    }

    static func reopen(_ id: String, in change: Change) throws {
        try change.run("DELETE FROM finding_outcome WHERE finding_id = \(id)")
    }
}

/// A finding as the database keeps it.
struct FindingRow: Decodable {
    var id: String
    var severity: String
    var sentenceKey: String
    var arguments: String
    var decision: String?
    var settledBy: String?
    var settledAt: Instant?
}

private struct Waiting: Decodable {
    var severity: String
    var number: Int
}
