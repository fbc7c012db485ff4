import Database

/// What `essaim check` looks at among programmes.
enum CommunityChecks {
    /// Sentences about what is broken; none when all is well.
    static func problems(_ reader: any Reader) throws -> [String] {
        let unprotected = try reader.texts(
            """
            SELECT slug FROM programme LEFT JOIN access ON object_id = programme.id WHERE object_id IS NULL ORDER BY slug
            """)
        let homeless = try reader.texts(
            "SELECT slug FROM programme LEFT JOIN scope ON scope.id = programme.id WHERE scope.id IS NULL ORDER BY slug"
        )
        let unread = try reader.texts(
            """
            SELECT programme_id FROM programme_part WHERE name = 'file' ORDER BY programme_id
            """
        ).filter { try ProgrammeParts.file(of: $0, reader) == nil }
        return unprotected.map { "programme \($0): no access row" } + homeless.map { "programme \($0): no circle" }
            + unread.map { "programme \($0): its kept file cannot be read" }
    }
}
