import Database
import Formats
import Platform

/// The grid in use in a programme: the core that visits share.
package struct GridCore: Sendable, Equatable {
    package var id: String
    package var programmeId: String
    /// 0 while no version is in use.
    package var version: Int
    package var content: GridContent
}

extension Grids {
    /// The grid of a programme; nil while it has none.
    package static func core(_ programmeId: String, _ reader: any Reader) throws -> GridCore? {
        guard let row = try reader.first(GridRow.self, "SELECT id, version FROM grid WHERE programme_id = \(programmeId)") else { return nil }
        return GridCore(id: row.id, programmeId: programmeId, version: row.version, content: try content(row.id, reader))
    }

    package static func programme(of gridId: String, _ reader: any Reader) throws -> String? {
        try reader.text("SELECT programme_id FROM grid WHERE id = \(gridId)")
    }

    static func content(_ gridId: String, _ reader: any Reader) throws -> GridContent {
        guard let programmeId = try programme(of: gridId, reader) else { throw NotFound() }
        let questions = try questions(programmeId, reader)
        return GridContent(
            try dimensions(programmeId, reader).map { dimension in
                .init(
                    id: dimension.id, key: dimension.fileKey, name: dimension.name, description: dimension.description,
                    questions: (questions[dimension.id] ?? []).map { .init(id: $0.id, key: $0.key, text: $0.text, probes: $0.probes) })
            })
    }

    /// Makes the grid of a programme, and puts it under the policy.
    static func begin(_ gridId: String, in programmeId: String, version: Int, _ change: Change) throws {
        try change.run("INSERT INTO grid (id, programme_id, version) VALUES (\(gridId), \(programmeId), \(version))")
        let audience = try change.protection(of: programmeId)?.audience ?? .community
        try change.protect(Protection("grid", gridId, programme: programmeId, author: nil, scope: programmeId, audience: audience))
    }

    /// The draft of a grid; nil while nobody began one.
    package static func draft(_ gridId: String, _ reader: any Reader) throws -> GridDraft? {
        try reader.text("SELECT content FROM grid_draft WHERE grid_id = \(gridId)").map(GridDraft.init(kept:))
    }

    static func save(_ draft: GridDraft, of gridId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO grid_draft (grid_id, content, updated_by, updated_at)
            VALUES (\(gridId), \(CanonicalJSON.encode(draft.json)), \(change.actor.personId), \(change.now))
            ON CONFLICT (grid_id) DO UPDATE SET content = excluded.content, updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """)
    }

    /// Every question of a grid that has an answer to keep, retired ones with their dimension: in the order of the grid, those
    /// retired last.
    package static func everyQuestion(_ programmeId: String, _ reader: any Reader) throws -> [AskedQuestion] {
        try reader.all(
            AskedQuestion.self,
            """
            SELECT question.id, question.file_key, question.text, dimension.id AS dimension_id, dimension.name AS dimension,
                CASE WHEN question.retired_at IS NULL AND dimension.retired_at IS NULL THEN 0 ELSE 1 END AS is_retired
            FROM question JOIN dimension ON dimension.id = dimension_id JOIN grid ON grid.id = grid_id
            WHERE programme_id = \(programmeId)
            ORDER BY 6, dimension.position, dimension.id, question.position, question.id
            """)
    }

    /// What a grid read from outside may hold again.
    static func known(_ gridId: String, _ reader: any Reader) throws -> KnownGrid {
        let programmeId = try programme(of: gridId, reader) ?? ""
        let draft = try draft(gridId, reader)
        var dimensions = draft?.content.dimensions ?? []
        var questions = draft?.content.questions ?? []
        for removed in draft?.removed ?? [] {
            switch removed {
            case .dimension(let dimension):
                dimensions.append(dimension)
                questions += dimension.questions
            case .question(let question, _): questions.append(question)
            }
        }
        dimensions += try reader.all(
            Dimension.self,
            "SELECT dimension.id, file_key, name, description FROM dimension WHERE grid_id = \(gridId) ORDER BY position, id"
        ).map { .init(id: $0.id, key: $0.fileKey, name: $0.name, description: $0.description) }
        questions += try everyQuestion(programmeId, reader).map { .init(id: $0.id, key: $0.key, text: $0.text) }
        return KnownGrid(dimensions: dimensions, questions: questions, keys: Set(dimensions.map(\.key) + questions.map(\.key)))
    }
}

/// A question as answers name it, in use or retired.
package struct AskedQuestion: Sendable, Equatable, Decodable {
    package let id: String
    private let fileKey: String
    package let text: String
    package let dimensionId: String
    package let dimension: String
    package let isRetired: Bool

    package var key: String { fileKey.isEmpty ? GridKeys.begun(id) : fileKey }
}

private struct GridRow: Decodable {
    var id: String
    var version: Int
}
