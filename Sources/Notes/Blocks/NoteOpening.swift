import Database
import Platform
import Visits

/// Opening a note to the visiting group: as it is now, and what becomes of it; never what it was before.
package enum NoteOpening {
    /// What was being written is added by it.
    static func open(_ blockId: String, to visit: Visit, in change: Change) throws {
        try OffRecord.check(blockId, change)
        // Whoever left the group takes nothing to it any more.
        guard try change.actor.isSite || change.viewer.isMember(of: visit.delegationId) || !isApart(blockId, change) else {
            throw Refused("notes.refusal.apart")
        }
        try change.widen(blockId, to: .scope, scope: visit.delegationId)
        try change.run("UPDATE note_block SET is_begun = 0 WHERE id = \(blockId) AND is_begun = 1")
        try change.run("UPDATE note_block SET opened_version = version WHERE id = \(blockId) AND opened_version = 0")
    }

    private static func isApart(_ blockId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT id FROM note_block WHERE id = \(blockId) AND apart_at IS NOT NULL")
    }

    /// Closes a shared note to its author alone again.
    /// - Throws: `Refused` once its words were cited.
    static func takeBack(_ blockId: String, in change: Change) throws {
        try NoteCitations.takeBack(blockId, in: change)
        try change.run("UPDATE note_block SET opened_version = 0 WHERE id = \(blockId)")
    }

    /// The versions, among `note_version` and `note_block`, that whoever may read the note may read: those shown, and those
    /// written since it was opened.
    package static let readable: SQL = """
        (note_version.version = note_block.version OR note_version.is_kept_beside = 1
            OR (note_block.opened_version > 0 AND note_version.version >= note_block.opened_version))
        """
}
