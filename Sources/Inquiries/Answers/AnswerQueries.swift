import Database
import Formats
import Grids
import Notes
import Platform
import Visits

/// The answers of a visit: notes, and the questions they answer. What somebody may not read is nowhere counted.
enum AnswerQueries {
    /// The questions that notes answer, by note.
    static func tags(of blockIds: [String], _ reader: any Reader) throws -> [String: [String]] {
        let rows = try reader.all(
            TagRow.self, "SELECT block_id, question_id FROM answer_tag WHERE block_id IN \(list: blockIds) ORDER BY tagged_at, question_id")
        return Dictionary(grouping: rows, by: \.blockId).mapValues { $0.map(\.questionId) }
    }

    /// How many notes that this person may read answer each question, and in how many encounters, by visit.
    static func counts(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [String: Count]] {
        let rows = try reader.all(
            CountRow.self,
            """
            SELECT note_block.visit_id, question_id, count(*) AS answers, count(DISTINCT shown.encounter_id) AS encounters
            FROM answer_tag JOIN note_block ON note_block.id = answer_tag.block_id
            JOIN note_version AS shown ON shown.block_id = note_block.id AND shown.version = note_block.version
            JOIN access ON access.object_id = note_block.id
            WHERE note_block.visit_id IN \(list: visitIds) AND \(request.site.policy.condition(.see, request.viewer))
            GROUP BY note_block.visit_id, question_id
            """)
        return Dictionary(grouping: rows, by: \.visitId).mapValues { rows in
            Dictionary(uniqueKeysWithValues: rows.map { ($0.questionId, Count(answers: $0.answers, encounters: $0.encounters)) })
        }
    }

    struct Count: Sendable, Equatable {
        var answers: Int
        var encounters: Int
    }

    /// Why questions have no answer in a visit.
    static func reasons(_ visitId: String, _ reader: any Reader) throws -> [String: String] {
        let rows = try reader.all(ReasonRow.self, "SELECT question_id, reason FROM question_blank WHERE visit_id = \(visitId)")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.questionId, $0.reason) })
    }

    /// Ties a note to the questions it answers, and to no other.
    static func tag(_ blockId: String, _ questionIds: Set<String>, in change: Change) throws {
        let known = Set(try tags(of: [blockId], change)[blockId] ?? [])
        let gone = known.subtracting(questionIds).sorted()
        if !gone.isEmpty { try change.run("DELETE FROM answer_tag WHERE block_id = \(blockId) AND question_id IN \(list: gone)") }
        for id in questionIds.subtracting(known).sorted() {
            try change.run(
                """
                INSERT INTO answer_tag (block_id, question_id, tagged_by, tagged_at)
                VALUES (\(blockId), \(id), \(change.actor.personId), \(change.now))
                """)
        }
    }

    /// The questions that a note of a visit may answer: those of its grid, and those that its notes answered before, even retired
    /// since.
    static func choices(_ open: OpenInquiry, _ reader: any Reader) throws -> [Choice] {
        let asked = open.grid.parts.flatMap { part in
            part.items.map { Choice(id: $0.id, key: $0.key, text: $0.text, dimension: part.name, origin: $0.origin, skipped: $0.skipped, isRetired: false) }
        }
        let here = Set(asked.map(\.id))
        let answered = Set(
            try reader.texts(
                "SELECT DISTINCT question_id FROM answer_tag JOIN note_block ON note_block.id = block_id WHERE visit_id = \(open.visit.id)"))
        let lost = answered.subtracting(here)
        guard !lost.isEmpty else { return asked }
        let retired = try Grids.everyQuestion(open.visit.programmeId, reader).filter { lost.contains($0.id) }.map {
            Choice(id: $0.id, key: $0.key, text: $0.text, dimension: $0.dimension, origin: .core, skipped: nil, isRetired: true)
        }
        let withdrawn = open.changes.filter { $0.kind == .add && lost.contains($0.id) }.map { change in
            Choice(
                id: change.id, key: "q-\(change.id)", text: change.text, dimension: open.grid.parts.first { $0.id == change.dimensionId }?.name ?? "",
                origin: .added, skipped: nil, isRetired: true)
        }
        return asked + retired + withdrawn
    }

    /// A question that may be answered.
    struct Choice: Sendable, Equatable {
        var id: String
        var key: String
        var text: String
        var dimension: String
        var origin: VisitGrid.Origin
        var skipped: String?
        /// No longer in the grid of the visit; its answers are kept.
        var isRetired: Bool
    }

    private struct TagRow: Decodable {
        var blockId: String
        var questionId: String
    }

    private struct CountRow: Decodable {
        var visitId: String
        var questionId: String
        var answers: Int
        var encounters: Int
    }

    private struct ReasonRow: Decodable {
        var questionId: String
        var reason: String
    }
}
