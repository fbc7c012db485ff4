import Database
import Formats
import Platform

/// What a member says of a question of the grid; the researcher answers, or takes it into account.
package struct GridComment: Sendable, Equatable, Decodable {
    package var id: String
    package var subjectId: String
    package var authorId: String
    package var author: String
    package var body: String
    package var writtenAt: Instant
    package var reply: String
    package var settler: String?
    package var settledAt: Instant?
    package var removedAt: Instant?

    static let limit = 5_000

    /// Checks what was typed.
    static func read(_ form: Fields, field: String, mayBeEmpty: Bool = false) throws -> String {
        let body = form.text(field)
        guard mayBeEmpty || body.contains(where: { !$0.isWhitespace }) else { throw Refused("grids.refusal.emptyComment", field: field) }
        guard CodePoints.count(body) <= limit else { throw Refused("grids.refusal.tooLong", ["n": limit], field: field) }
        return body
    }
}

/// The comments of grids in the database.
enum Comments {
    struct Count: Sendable, Equatable {
        var all: Int
        /// Those that the researcher has not settled.
        var waiting: Int
    }

    static func of(_ subjectId: String, _ gridId: String, _ reader: any Reader) throws -> [GridComment] {
        try reader.all(
            GridComment.self,
            """
            SELECT grid_comment.id, subject_id, author_id, person.name AS author, body, written_at, reply,
                (SELECT name FROM person AS settling WHERE settling.id = settled_by) AS settler, settled_at, removed_at
            FROM grid_comment JOIN person ON person.id = author_id
            WHERE grid_id = \(gridId) AND subject_id = \(subjectId) ORDER BY written_at, grid_comment.id
            """)
    }

    static func counts(_ gridId: String, _ reader: any Reader) throws -> [String: Count] {
        let rows = try reader.all(
            CountRow.self,
            """
            SELECT subject_id, count(*) AS whole, sum(CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END) AS waiting FROM grid_comment
            WHERE grid_id = \(gridId) AND removed_at IS NULL GROUP BY subject_id
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.subjectId, Count(all: $0.whole, waiting: $0.waiting)) })
    }

    private struct CountRow: Decodable {
        var subjectId: String
        var whole: Int
        var waiting: Int
    }
}
