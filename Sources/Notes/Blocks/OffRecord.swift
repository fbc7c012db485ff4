import Database
import Platform

/// « Hors micro »: what somebody said on the condition that it goes no further. Neither shared, nor cited, nor exported, nor
/// counted: the site has no way to take it to anybody but its author.
package enum OffRecord {
    /// Notes that may go to others, among `note_block`.
    package static let excluded: SQL = "note_block.is_off_record = 0"

    /// - Throws: `Refused` for a note that is off the record.
    static func check(_ blockId: String, _ reader: any Reader) throws {
        guard try !reader.exists("SELECT id FROM note_block WHERE id = \(blockId) AND is_off_record = 1") else {
            throw Refused("notes.refusal.offRecord")
        }
    }

    /// A note is said to be off the record: from now on its author alone reads it.
    /// - Throws: `Refused` once its words were cited.
    static func close(_ blockId: String, in change: Change) throws {
        try NoteCitations.check(blockId, change)
        guard let thing = try change.protection(of: blockId), thing.audience > .author else { return }
        try NoteOpening.takeBack(blockId, in: change)
    }
}
