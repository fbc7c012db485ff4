import Database
import Formats
import Platform

/// What waits for the researchers of a programme: comments that nobody settled.
enum GridTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.researcher) }.keys.sorted()
        guard !programmes.isEmpty else { return [] }
        let rows = try reader.all(
            Row.self,
            """
            SELECT programme.slug, programme.title, count(*) AS waiting FROM grid_comment JOIN grid ON grid.id = grid_id
            JOIN programme ON programme.id = grid.programme_id
            WHERE settled_at IS NULL AND removed_at IS NULL AND programme.id IN \(list: programmes)
            GROUP BY programme.slug, programme.title ORDER BY programme.slug
            """)
        return rows.map {
            Todo(
                title: request.words("grids.todo.comments", ["n": $0.waiting, "programme": $0.title]),
                path: "/programmes/\($0.slug)/grille/brouillon")
        }
    }

    private struct Row: Decodable {
        var slug: String
        var title: String
        var waiting: Int
    }
}

/// What `essaim check` looks at: that no frozen version changed, and that the questions in use are those of the version in use.
enum GridChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        try reader.texts("SELECT id FROM grid ORDER BY id").flatMap { gridId -> [String] in
            let versions = try Grids.versions(gridId, reader)
            let changed = versions.filter { $0.content.hash != $0.hash }.map { "version \($0.number) of grid \(gridId) differs from its hash" }
            let number = try reader.count("SELECT version FROM grid WHERE id = \(gridId)")
            guard let inUse = versions.first(where: { $0.number == number }), try Grids.content(gridId, reader) != inUse.content else { return changed }
            return changed + ["grid \(gridId) differs from its version in use"]
        }
    }
}
