import Formats
import Platform

extension Programme {
    /// Puts the programme in the search, as it is now.
    static func index(_ id: String, in change: Change) throws {
        let programme = try load(id: id, change)
        try change.index(
            SearchDocument(
                "programme", id, programme: id, title: programme.title, body: Markdown.plain(programme.summary),
                path: programme.path, language: programme.language))
    }
}
