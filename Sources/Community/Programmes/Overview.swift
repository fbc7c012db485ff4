import Database
import Formats
import Platform

/// What the first page of a programme shows.
struct Overview: Sendable {
    let programme: Programme
    let phases: [Phase]
    /// How many things noticed in the file wait to be settled, by severity; empty for whoever is not of the community.
    let noticed: [(severity: ProgrammeFile.Finding.Severity, count: Int)]
    let hasFindings: Bool
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
            noticed: isInside ? try FindingQueries.waiting(in: programme.id, reader) : [],
            hasFindings: isInside ? try reader.exists("SELECT 1 FROM finding WHERE programme_id = \(programme.id)") : false,
            isInside: isInside,
            mayManage: policy.allows(.manageProgramme, request.viewer, on: programme.community),
            lastChange: isInside ? try LastChange.of(programme.id, reader) : nil)
    }

    /// A phase as the file writes it.
    struct Phase: Sendable, Decodable {
        let title: String
        let firstWritten: String?
        let lastWritten: String?

        var period: String { [firstWritten, lastWritten].compactMap { $0 }.joined(separator: " – ") }
    }
}
