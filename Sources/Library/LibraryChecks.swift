import Database

/// What `essaim check` looks at in the library.
enum LibraryChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        let foreign = try reader.texts(
            """
            SELECT publication.slug FROM publication JOIN revision ON revision.id = publication.revision_id
            WHERE revision.text_id <> publication.text_id
            """)
        let unprotected = try reader.texts(
            "SELECT slug FROM publication WHERE id NOT IN (SELECT object_id FROM access WHERE kind = 'publication')")
        let early = try reader.texts(
            """
            SELECT slug FROM publication JOIN access ON access.object_id = publication.id
            WHERE access.audience = 'public' AND (opened_at IS NULL OR unpublished_at IS NOT NULL)
            """)
        let unfindable = try reader.texts(
            """
            SELECT slug FROM publication WHERE opened_at IS NOT NULL AND unpublished_at IS NULL
                AND id NOT IN (SELECT object_id FROM search_document)
            """)
        return foreign.map { "publication \($0): its revision belongs to another text" }
            + unprotected.map { "publication \($0): no access row" }
            + early.map { "publication \($0): public although it is not open" }
            + unfindable.map { "publication \($0): missing from the search" }
    }
}
