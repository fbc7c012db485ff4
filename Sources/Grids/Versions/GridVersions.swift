import Database
import Formats
import Platform

extension Grids {
    /// The versions of a grid, newest first; the one that came with the file of the programme has no row.
    package static func versions(_ gridId: String, _ reader: any Reader) throws -> [GridVersion] {
        try reader.all(
            VersionRow.self, "SELECT \(versionColumns) FROM grid_version WHERE grid_id = \(gridId) ORDER BY number DESC"
        ).map { try $0.version }
    }

    /// The version that a revision of its text says; nil when it says none.
    package static func version(ofRevision revisionId: String, _ reader: any Reader) throws -> GridVersion? {
        try reader.first(VersionRow.self, "SELECT \(versionColumns) FROM grid_version WHERE revision_id = \(revisionId)")?.version
    }

    /// Freezes the draft of a grid. The right is the caller's to ask.
    /// - Throws: `Refused` when it asks nothing, or nothing new.
    package static func freeze(_ gridId: String, summary: String, in change: Change) throws -> GridVersion {
        guard let draft = try draft(gridId, change)?.content else { throw Refused("grids.refusal.noDraft") }
        let latest = try versions(gridId, change).first
        let inUse = try change.count("SELECT version FROM grid WHERE id = \(gridId)")
        try GridVersion.admit(draft, after: latest?.content ?? content(gridId, change))
        let version = GridVersion(
            id: change.newId(), gridId: gridId, number: max(latest?.number ?? 0, inUse) + 1, content: draft, hash: draft.hash,
            summary: CleanText.line(summary), frozenBy: change.actor.personId, frozenAt: change.now)
        try keep(version, in: change)
        return version
    }

    /// The grid that came with the file of the programme as its first version, so that those after are compared with it.
    /// - Returns: nil when it has its row, or when there was none.
    package static func keepFirst(_ gridId: String, in change: Change) throws -> GridVersion? {
        let number = try change.count("SELECT version FROM grid WHERE id = \(gridId)")
        guard number > 0, try versions(gridId, change).isEmpty else { return nil }
        let content = try content(gridId, change)
        let version = GridVersion(
            id: change.newId(), gridId: gridId, number: number, content: content, hash: content.hash, summary: "", frozenBy: nil,
            frozenAt: change.now, adoptedAt: change.now)
        try keep(version, in: change)
        return version
    }

    private static func keep(_ version: GridVersion, in change: Change) throws {
        try change.run(
            """
            INSERT INTO grid_version (id, grid_id, number, content, hash, summary, frozen_by, frozen_at, adopted_at)
            VALUES (\(version.id), \(version.gridId), \(version.number), \(CanonicalJSON.encode(version.content.json)), \(version.hash),
                \(version.summary), \(version.frozenBy), \(version.frozenAt), \(version.adoptedAt))
            """)
    }

    /// Says in which text a version is read and validated.
    package static func say(_ versionId: String, in textId: String, _ revisionId: String, _ change: Change) throws {
        try change.run("UPDATE grid_version SET text_id = \(textId), revision_id = \(revisionId) WHERE id = \(versionId)")
    }

    /// The text of the versions of a grid; nil before the first one.
    package static func text(of gridId: String, _ reader: any Reader) throws -> String? {
        try reader.text("SELECT text_id FROM grid_version WHERE grid_id = \(gridId) AND text_id IS NOT NULL ORDER BY number DESC LIMIT 1")
    }

    /// Puts a version in use: its dimensions and questions become those of the core, the others are retired with all that is
    /// attached to them. The only way in which a question of the core changes.
    package static func adopt(_ version: GridVersion, in change: Change) throws {
        try change.run(
            "UPDATE dimension SET retired_at = \(change.now) WHERE grid_id = \(version.gridId) AND retired_at IS NULL")
        try change.run(
            """
            UPDATE question SET retired_at = \(change.now)
            WHERE retired_at IS NULL AND dimension_id IN (SELECT id FROM dimension WHERE grid_id = \(version.gridId))
            """)
        for (position, dimension) in version.content.dimensions.enumerated() {
            try change.run(
                """
                INSERT INTO dimension (id, grid_id, file_key, position, name, description)
                VALUES (\(dimension.id), \(version.gridId), \(dimension.key), \(position), \(dimension.name), \(dimension.description))
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, description = excluded.description,
                    retired_at = NULL
                """)
            for (order, question) in dimension.questions.enumerated() {
                try change.run(
                    """
                    INSERT INTO question (id, dimension_id, position, text, probes, file_key)
                    VALUES (\(question.id), \(dimension.id), \(order), \(question.text), \(question.probes.joined(separator: "\n")),
                        \(question.key))
                    ON CONFLICT (id) DO UPDATE SET dimension_id = excluded.dimension_id, position = excluded.position, text = excluded.text,
                        probes = excluded.probes, retired_at = NULL
                    """)
            }
        }
        try change.run("UPDATE grid SET version = \(version.number) WHERE id = \(version.gridId)")
        try change.run("UPDATE grid_version SET adopted_at = \(change.now) WHERE id = \(version.id)")
        try change.trace(
            "grid", version.gridId, programme: try programme(of: version.gridId, change), as: "grid.adopted", ["number": String(version.number)])
    }

    private static let versionColumns: SQL =
        "id, grid_id, number, content, hash, summary, frozen_by, frozen_at, text_id, revision_id, adopted_at"
}

private struct VersionRow: Decodable {
    var id: String
    var gridId: String
    var number: Int
    var content: String
    var hash: String
    var summary: String
    var frozenBy: String?
    var frozenAt: Instant
    var textId: String?
    var revisionId: String?
    var adoptedAt: Instant?

    var version: GridVersion {
        get throws {
            GridVersion(
                id: id, gridId: gridId, number: number, content: try GridContent(kept: content), hash: hash, summary: summary,
                frozenBy: frozenBy, frozenAt: frozenAt, textId: textId, revisionId: revisionId, adoptedAt: adoptedAt)
        }
    }
}
