import Community
import Database
import Platform

/// The grid of a programme file: its dimensions keep the keys of the file for ever.
enum GridOfFile {
    static func save(_ file: ProgrammeFile, _ keys: inout ImportKeys, _ change: Change) throws {
        guard let grid = file.grid else { return }
        let gridId = change.newId()
        try Grids.begin(gridId, in: keys.programmeId, version: 1, change)
        for (position, dimension) in grid.dimensions.enumerated() {
            let id = change.newId()
            keys.dimensions[dimension.id] = id
            try change.run(
                """
                INSERT INTO dimension (id, grid_id, file_key, position, name, description)
                VALUES (\(id), \(gridId), \(dimension.id), \(position), \(dimension.title), \(dimension.citation.words))
                """)
            for (order, question) in dimension.questions.enumerated() {
                try change.run(
                    """
                    INSERT INTO question (id, dimension_id, position, text, probes, file_key)
                    VALUES (\(change.newId()), \(id), \(order), \(question.text),
                        \(question.probes.map(oneLine).joined(separator: "\n")), \(question.id))
                    """)
            }
        }
    }

    /// Probes are kept one a line.
    private static func oneLine(_ probe: String) -> String {
        probe.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
