import Database
import Formats
import Platform

/// What the first page of a programme shows.
struct Overview: Sendable {
    let programme: Programme
    let phases: [Phase]
    /// How many things were noticed in the file, by severity; empty for whoever is not of the community.
    let noticed: [(severity: ProgrammeFile.Finding.Severity, count: Int)]
    let isInside: Bool
    let mayManage: Bool
    let lastChange: LastChange?

    static func load(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Overview {
        let programme = try Programme.load(slug, reader, request)
        let policy = request.site.policy
        let isInside = policy.allows(.see, request.viewer, on: programme.community)
        return Overview(
            programme: programme,
            phases: try reader.all(
                Phase.self,
                """
                SELECT title, first_written, last_written FROM phase
                WHERE programme_id = \(programme.id) ORDER BY position, id
                """),
            noticed: isInside ? try noticed(in: programme.id, reader) : [], isInside: isInside,
            mayManage: policy.allows(.manageProgramme, request.viewer, on: programme.community),
            lastChange: isInside ? try LastChange.of(programme.id, reader) : nil)
    }

    private static func noticed(
        in programme: String, _ reader: any Reader
    ) throws
        -> [(severity: ProgrammeFile.Finding.Severity, count: Int)]
    {
        let counts = try reader.all(
            Noticed.self,
            "SELECT severity, COUNT(*) AS number FROM finding WHERE programme_id = \(programme) GROUP BY severity")
        return ProgrammeFile.Finding.Severity.allCases.compactMap { severity in
            counts.first { $0.severity == severity.rawValue }.map { (severity, $0.number) }
        }
    }

    /// A phase as the file writes it.
    struct Phase: Sendable, Decodable {
        let title: String
        let firstWritten: String?
        let lastWritten: String?

        var period: String { [firstWritten, lastWritten].compactMap { $0 }.joined(separator: " – ") }
    }
}

private struct Noticed: Decodable {
    var severity: String
    var number: Int
}
