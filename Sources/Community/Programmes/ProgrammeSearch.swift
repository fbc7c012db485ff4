import Database
import Formats
import Platform

extension Programme {
    /// Puts the programme in the search, as it is now.
    static func index(_ id: String, in change: Change) throws {
        let programme = try load(id: id, change)
        try change.index(
            SearchDocument(
                "programme", id, programme: id, title: programme.title, body: Markdown.plain(programme.summary),
                path: programme.path, language: programme.language, facets: [facet: [programme.title]]))
    }

    /// By which what belongs to a programme is filtered in the search, under its title.
    package static let facet = "programme"

    package static func facets(_ id: String, _ reader: any Reader) throws -> [String: [String]] {
        try reader.text("SELECT title FROM programme WHERE id = \(id)").map { [facet: [$0]] } ?? [:]
    }

    /// Gives all that belongs to the programme its new title there.
    static func rename(_ id: String, to title: String, in change: Change) throws {
        let numbers: SQL = "(SELECT number FROM search_document WHERE programme_id = \(id))"
        try change.run("DELETE FROM search_facet WHERE facet = \(facet) AND number IN \(numbers)")
        try change.run(
            """
            INSERT INTO search_facet (number, facet, value)
            SELECT number, CAST(\(facet) AS TEXT), CAST(\(title) AS TEXT) FROM search_document WHERE programme_id = \(id)
            """)
    }
}
