import Database
import Platform

/// A dimension of the grid that a note bears.
package struct NoteDimension: Sendable, Codable, Equatable {
    package var id: String
    package var name: String
}

/// Under which dimensions a note stands: those that the group put it under on its common page; else those that its author gave it.
package enum NoteDimensions {
    /// Whether the note of a row (`note_block.id`, `version`) stands under a dimension; nil: under none.
    package static func stands(under dimension: SQL?, version: SQL) -> SQL {
        guard let dimension else {
            return """
                (CASE WHEN \(isPlaced) THEN EXISTS (SELECT 1 FROM note_shelf WHERE block_id = note_block.id AND dimension_id IS NULL)
                    ELSE NOT EXISTS (SELECT 1 FROM note_dimension WHERE block_id = note_block.id AND version = \(version)) END)
                """
        }
        return """
            (CASE WHEN \(isPlaced) THEN EXISTS (SELECT 1 FROM note_shelf WHERE block_id = note_block.id AND dimension_id = \(dimension))
                ELSE \(bears(dimension, version: version)) END)
            """
    }

    /// Whether its author gave a dimension to this version.
    static func bears(_ dimension: SQL, version: SQL) -> SQL {
        "EXISTS (SELECT 1 FROM note_dimension WHERE block_id = note_block.id AND version = \(version) AND dimension_id = \(dimension))"
    }

    /// The first, in the order of the grid, of those that the note of a row stands under.
    package static func first(version: SQL) -> SQL {
        """
        (SELECT dimension.id FROM dimension WHERE dimension.id IN (
                SELECT dimension_id FROM note_shelf WHERE block_id = note_block.id
                UNION ALL SELECT dimension_id FROM note_dimension
                WHERE block_id = note_block.id AND version = \(version) AND NOT \(isPlaced))
            ORDER BY dimension.position, dimension.id LIMIT 1)
        """
    }

    /// Where the group put the note of a row among those of a dimension (nil: of any); empty when it did not.
    package static func rank(under dimension: SQL?) -> SQL {
        let shelf: SQL = dimension.map { "AND dimension_id = \($0)" } ?? ""
        return "(SELECT min(rank) FROM note_shelf WHERE block_id = note_block.id \(shelf))"
    }

    private static let isPlaced: SQL = "EXISTS (SELECT 1 FROM note_shelf WHERE block_id = note_block.id)"

    /// Those of each version of some notes, in the order of the grid.
    static func of(_ blockIds: [String], _ reader: any Reader) throws -> [Version: [NoteDimension]] {
        let rows = try reader.all(
            Row.self,
            """
            SELECT note_dimension.block_id, note_dimension.version, dimension.id, dimension.name
            FROM note_dimension JOIN dimension ON dimension.id = note_dimension.dimension_id
            WHERE note_dimension.block_id IN \(list: blockIds) ORDER BY dimension.position, dimension.id
            """)
        return Dictionary(grouping: rows) { Version(blockId: $0.blockId, version: $0.version) }
            .mapValues { $0.map { NoteDimension(id: $0.id, name: $0.name) } }
    }

    /// Keeps those of a version just received.
    static func keep(_ ids: [String], of blockId: String, version: Int, in change: Change) throws {
        for id in ids {
            try change.run("INSERT INTO note_dimension (block_id, version, dimension_id) VALUES (\(blockId), \(version), \(id))")
        }
    }

    static func remove(of blockId: String, in change: Change) throws {
        try change.run("DELETE FROM note_shelf WHERE block_id = \(blockId)")
        try change.run("DELETE FROM note_dimension WHERE block_id = \(blockId)")
    }

    struct Version: Hashable {
        let blockId: String
        let version: Int
    }

    private struct Row: Decodable {
        var blockId: String
        var version: Int
        var id: String
        var name: String
    }
}

extension Array where Element == NoteBlock {
    /// With the dimensions of each.
    func withDimensions(_ reader: any Reader) throws -> [NoteBlock] {
        let known = try NoteDimensions.of(Array<String>(Set(map(\.id))).sorted(), reader)
        return map { block in
            var block = block
            block.dimensions = known[NoteDimensions.Version(blockId: block.id, version: block.version)] ?? []
            return block
        }
    }
}
