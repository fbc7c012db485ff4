import Database
import Formats
import Platform
import Visits

/// What is being written and was not added by its author yet: kept as it is typed, nobody else's, and in no count. Once added, it
/// is a note for good.
package enum BegunNote {
    /// Notes that were added, among `note_block`.
    package static let excluded: SQL = "note_block.is_begun = 0"

    /// Its author adds it.
    static func add(_ blockId: String, to visit: Visit, in change: Change) throws {
        try change.run("UPDATE note_block SET is_begun = 0, updated_at = \(change.now) WHERE id = \(blockId)")
        try change.trace("note", blockId, programme: visit.programmeId, as: "note.added")
    }

    /// Takes back what its author emptied: nothing of it stays. What was added, or written from another device too, stays as it
    /// is; one that is not there, or not theirs, is gone already.
    static func drop(_ blockId: String, from device: String, visit: Visit, in change: Change) throws -> (outcome: BlockSync.Outcome, version: Int) {
        let found = try change.first(
            Begun.self,
            """
            SELECT note_block.version, note_block.is_begun,
                CASE WHEN access.audience = 'author' AND access.withdrawn_at IS NULL THEN 1 ELSE 0 END AS is_own,
                (SELECT count(*) FROM note_version WHERE block_id = note_block.id AND device_id <> \(SentBlock.device(device))) AS elsewhere
            FROM note_block JOIN access ON access.object_id = note_block.id
            WHERE note_block.id = \(blockId) AND note_block.author_id = \(change.actor.personId) AND note_block.visit_id = \(visit.id)
            """)
        guard let found else { return (.dropped, 0) }
        guard found.isBegun, found.isOwn, found.elsewhere == 0 else { return (.same, found.version) }
        try NoteErasure.remove(blockId, in: change)
        try change.trace("note", blockId, programme: visit.programmeId, as: "note.dropped")
        return (.dropped, 0)
    }

    /// It was emptied: what is written after all is another note.
    struct Dropped: Refusal {
        let key = "notes.refusal.dropped"
    }

    /// - Throws: `Dropped` for a name that its author emptied.
    static func check(_ blockId: String, of author: String, _ reader: any Reader) throws {
        guard
            try !reader.exists(
                "SELECT id FROM audit WHERE object_id = \(blockId) AND actor_id = \(author) AND action = 'note.dropped' LIMIT 1")
        else { throw Dropped() }
    }

    /// Whether somebody has some in a visit.
    static func exists(in visitId: String, of author: String, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT note_block.id FROM note_block JOIN access ON access.object_id = note_block.id
            WHERE visit_id = \(visitId) AND note_block.author_id = \(author) AND is_begun = 1 AND withdrawn_at IS NULL LIMIT 1
            """)
    }
}

private struct Begun: Decodable {
    var version: Int
    var isBegun: Bool
    var isOwn: Bool
    var elsewhere: Int
}
