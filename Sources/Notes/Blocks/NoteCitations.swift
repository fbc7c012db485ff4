import Database
import Platform

/// Notes and impressions whose words were cited: their author does not take them back for themselves any more.
package enum NoteCitations {
    /// Whoever cites words of a note says so.
    package static func add(_ objectId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO note_citation (object_id, cited_at) VALUES (\(objectId), \(change.now)) ON CONFLICT (object_id) DO NOTHING
            """)
    }

    /// Nothing of a note is cited any more: what was cited of it was a mistake.
    package static func remove(_ objectId: String, in change: Change) throws {
        try change.run("DELETE FROM note_citation WHERE object_id = \(objectId)")
    }

    /// Closes a shared note, or impression, to its author alone again.
    /// - Throws: `Refused` once its words were cited.
    static func takeBack(_ objectId: String, in change: Change) throws {
        try check(objectId, change)
        try change.narrow(objectId, to: .author)
    }

    /// - Throws: `Refused` once words of it were cited.
    static func check(_ objectId: String, _ reader: any Reader) throws {
        guard try !reader.exists("SELECT object_id FROM note_citation WHERE object_id = \(objectId)") else {
            throw Refused("notes.refusal.cited")
        }
    }
}
