import Database
import Platform

/// Reads the question grids.
package enum Grids {
    /// The dimensions in use in a programme, in the order of its grid.
    package static func dimensions(_ programmeId: String, _ reader: any Reader) throws -> [Dimension] {
        try reader.all(
            Dimension.self,
            """
            SELECT dimension.id, file_key, name, description FROM dimension JOIN grid ON grid.id = grid_id
            WHERE programme_id = \(programmeId) AND retired_at IS NULL ORDER BY position, dimension.id
            """)
    }

    /// The names of these dimensions, retired or not, by identifier.
    package static func names(of ids: some Collection<String>, _ reader: any Reader) throws -> [String: String] {
        let found = try reader.all(
            Dimension.self,
            "SELECT id, file_key, name, description FROM dimension WHERE id IN \(list: Array(ids))")
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.name) })
    }

    /// The questions in use of a programme, by dimension, in their order.
    package static func questions(_ programmeId: String, _ reader: any Reader) throws -> [String: [Question]] {
        let found = try reader.all(
            Question.self,
            """
            SELECT question.id, dimension_id, text, probes AS probe_lines, question.file_key FROM question
            JOIN dimension ON dimension.id = dimension_id JOIN grid ON grid.id = grid_id
            WHERE programme_id = \(programmeId) AND question.retired_at IS NULL ORDER BY question.position, question.id
            """)
        return Dictionary(grouping: found, by: \.dimensionId)
    }
}
