import Database
import Platform

/// From which revision a text that was its author's alone is open to others: those before stay its author's.
package enum TextOpening {
    /// Opens a text to a circle, from its latest revision on.
    package static func open(_ textId: String, to scope: String, in change: Change) throws {
        try change.widen(textId, to: .scope, scope: scope)
        let head = try TextQueries.head(textId, change)
        try change.run(
            "INSERT INTO text_opening (text_id, number) VALUES (\(textId), \(head.number)) ON CONFLICT (text_id) DO NOTHING")
    }

    /// The text is its author's alone again.
    package static func close(_ textId: String, in change: Change) throws {
        try change.run("DELETE FROM text_opening WHERE text_id = \(textId)")
    }

    /// The revisions, among `revision`, that whoever may read the text may read.
    package static let readable: SQL = """
        revision.number >= COALESCE((SELECT number FROM text_opening WHERE text_opening.text_id = revision.text_id), 0)
        """

    /// The number of the first revision that this person may read.
    static func first(of open: OpenText, _ reader: any Reader, _ request: Request) throws -> Int {
        if let author = open.thing.authorId, author == request.viewer.personId { return 0 }
        return try reader.count("SELECT COALESCE(MAX(number), 0) FROM text_opening WHERE text_id = \(open.text.id)")
    }
}

extension OpenText {
    /// A revision that this person may read.
    /// - Throws: `NotFound`
    func revision(_ id: String, _ reader: any Reader, _ request: Request) throws -> Revision {
        let revision = try TextQueries.revision(id, of: text.id, reader)
        guard try revision.number >= TextOpening.first(of: self, reader, request) else { throw NotFound() }
        return revision
    }
}
