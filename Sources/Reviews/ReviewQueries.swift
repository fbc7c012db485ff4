import Database
import Formats
import Platform
import Visits

/// The reads and writes of reviews.
enum ReviewQueries {
    private static let columns: SQL = "review.id, visit_id, review.programme_id, begun_at, opened_at, closed_at, closed_by, hash"

    static func review(of visitId: String, _ reader: any Reader) throws -> Review? {
        try reader.first(Review.self, "SELECT \(columns) FROM review WHERE visit_id = \(visitId)")
    }

    /// - Throws: `NotFound`
    static func load(_ id: String, _ reader: any Reader) throws -> Review {
        guard let review = try reader.first(Review.self, "SELECT \(columns) FROM review WHERE id = \(id)") else { throw NotFound() }
        return review
    }

    private static let lineColumns: SQL = """
        review_line.id, part, position, author_id, author.name AS author, about_id, about.name AS about, text, written_at,
        replaced_at, removed_at, erased_at
        """
    private static let lineTables: SQL = """
        review_line JOIN person AS author ON author.id = author_id LEFT JOIN person AS about ON about.id = about_id
        """

    /// What is said, part by part, in the order it was said.
    static func lines(_ reviewId: String, _ reader: any Reader) throws -> [ReviewLine] {
        try reader.all(
            ReviewLine.self,
            """
            SELECT \(lineColumns) FROM \(lineTables)
            WHERE review_id = \(reviewId) AND replaced_at IS NULL AND removed_at IS NULL ORDER BY position, written_at, review_line.id
            """)
    }

    /// A line, whatever became of it.
    /// - Throws: `NotFound`
    static func line(_ id: String, of reviewId: String, _ reader: any Reader) throws -> ReviewLine {
        let line = try reader.first(
            ReviewLine.self, "SELECT \(lineColumns) FROM \(lineTables) WHERE review_line.id = \(id) AND review_id = \(reviewId)")
        guard let line else { throw NotFound() }
        return line
    }

    /// Lines that somebody took away and may put back.
    static func removed(_ reviewId: String, of personId: String?, _ reader: any Reader) throws -> [ReviewLine] {
        try reader.all(
            ReviewLine.self,
            """
            SELECT \(lineColumns) FROM \(lineTables) WHERE review_id = \(reviewId) AND removed_at IS NOT NULL AND replaced_at IS NULL
                AND (author_id = \(personId) OR about_id = \(personId)) ORDER BY removed_at, review_line.id
            """)
    }

    /// Every row there ever was, replaced and removed ones included.
    static func count(_ reviewId: String, _ reader: any Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM review_line WHERE review_id = \(reviewId)")
    }

    static func people(_ reviewId: String, _ reader: any Reader) throws -> [ReviewPerson] {
        try reader.all(
            ReviewPerson.self,
            """
            SELECT person.id, person.name, side, was_there FROM review_person JOIN person ON person.id = person_id
            WHERE review_id = \(reviewId) ORDER BY CASE side WHEN 'visitor' THEN 1 WHEN 'staff' THEN 2 ELSE 3 END, person.sort_key, person.id
            """)
    }

    /// Begins the review of a visit: it is the visiting group's, and holds its people and those of the host.
    static func begin(_ visit: Visit, in change: Change) throws -> String {
        let id = change.newId()
        try change.run(
            """
            INSERT INTO review (id, visit_id, programme_id, begun_by, begun_at)
            VALUES (\(id), \(visit.id), \(visit.programmeId), \(change.actor.personId), \(change.now))
            """)
        try change.protect(
            Protection("review", id, programme: visit.programmeId, author: nil, scope: visit.delegationId, audience: .scope))
        try seat(visit, in: id, change)
        return id
    }

    /// Whoever joined the visit since sits in the review as well; nobody who sits there leaves it.
    static func seat(_ visit: Visit, in reviewId: String, _ change: Change) throws {
        let people = try Delegation.people(visit, change)
        for (side, group) in [(Review.Side.visitor, people.visitors), (.staff, people.staff), (.host, people.host)] {
            for person in group {
                try change.run(
                    """
                    INSERT INTO review_person (review_id, person_id, side) VALUES (\(reviewId), \(person.id), \(side))
                    ON CONFLICT (review_id, person_id) DO NOTHING
                    """)
            }
        }
    }

    /// - Parameter position: that of the line it is written anew from; at the end otherwise.
    static func add(_ line: NewLine, at position: Int? = nil, to reviewId: String, by author: String, in change: Change) throws -> String {
        let id = change.newId()
        let last = try change.count("SELECT coalesce(max(position), 0) FROM review_line WHERE review_id = \(reviewId)")
        try change.run(
            """
            INSERT INTO review_line (id, review_id, part, position, author_id, about_id, text, written_at)
            VALUES (\(id), \(reviewId), \(line.part), \(position ?? last + 1), \(author), \(line.aboutId), \(line.text), \(change.now))
            """)
        return id
    }
}
