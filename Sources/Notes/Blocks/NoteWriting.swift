import Database
import Events
import Formats
import Platform
import Visits

/// The only way a block enters: from a script, from a form, from the demonstration.
package enum NoteWriting {
    /// Takes a block in, or recognises it. A block of somebody else, or of another visit, is answered as one that is not there.
    /// - Throws: `Refused`, `NotFound`
    package static func receive(_ sent: SentBlock, visit: Visit, in change: Change) throws -> (outcome: BlockSync.Outcome, version: Int) {
        guard let author = change.actor.personId else { throw NotFound() }
        let isMember = change.viewer.isMember(of: visit.delegationId)
        guard try isMember || OpenNotebook.mayBring(to: visit, change.viewer, change) else { throw NotFound() }
        try sent.check()
        try checkPlaces(sent, visit: visit, change)
        let owner = try change.first(Owner.self, "SELECT visit_id, author_id, is_begun FROM note_block WHERE id = \(sent.id)")
        if let owner, owner.authorId != author || owner.visitId != visit.id { throw Refused("notes.refusal.notThere") }
        if owner != nil, try change.protection(of: sent.id)?.withdrawnAt != nil { throw Refused("notes.refusal.withdrawn") }
        if owner == nil, try change.knows(sent.id) {
            try BegunNote.check(sent.id, of: author, change)
            throw Refused("notes.refusal.notThere")
        }
        let known = try NoteQueries.versions(sent.id, change).map(\.known)
        let base = BlockSync.base(sent.base, among: known)
        let (outcome, number) = BlockSync.receive(sent.fingerprint, base: base, among: known)
        // Before anything is written: what is refused leaves no version behind, shared as the one before it.
        if sent.isOffRecord { try NoteCitations.check(sent.id, change) }
        if owner?.isBegun == true, !sent.isBegun { try BegunNote.add(sent.id, to: visit, in: change) }
        guard outcome != .same else { return (outcome, number) }
        let written = Instant(milliseconds: change.now.milliseconds - sent.age)
        if owner == nil {
            try change.run(
                """
                INSERT INTO note_block (id, visit_id, author_id, version, is_twin, is_begun, created_at, updated_at, apart_at)
                VALUES (\(sent.id), \(visit.id), \(author), \(number), 0, \(sent.isBegun), \(written), \(change.now),
                    \(isMember ? nil : change.now))
                """)
            try change.protect(
                Protection(
                    "note", sent.id, programme: visit.programmeId, author: author, scope: visit.delegationId, audience: .author))
        }
        try change.run(
            """
            INSERT INTO note_version (block_id, version, base, device_id, sequence, slot_id, encounter_id, subgroup_id,
                manner, speaker, text, fingerprint, is_off_record, place, is_kept_beside, received_at)
            VALUES (\(sent.id), \(number), \(base), \(sent.deviceId), \(sent.sequence), \(sent.slotId),
                \(sent.encounterId), \(sent.subgroupId), \(sent.manner), \(sent.speaker), \(sent.text), \(sent.fingerprint),
                \(sent.isOffRecord), \(sent.place), 0, \(change.now))
            """)
        try NoteDimensions.keep(sent.dimensionIds, of: sent.id, version: number, in: change)
        try show(sent.id, change)
        if sent.isOffRecord { try OffRecord.close(sent.id, in: change) }
        try change.trace(
            "note", sent.id, programme: visit.programmeId, as: number == 1 ? "note.written" : "note.revised", ["version": String(number)])
        return (outcome, number)
    }

    /// Keeps one of the versions shown side by side; the others stay in the history of the block.
    static func keep(_ version: Int, of blockId: String, in change: Change) throws {
        let shown = BlockSync.shown(try NoteQueries.versions(blockId, change).map(\.known)).map(\.version)
        guard shown.contains(version) else { throw NotFound() }
        try change.run(
            """
            UPDATE note_version SET settled_at = \(change.now)
            WHERE block_id = \(blockId) AND version <> \(version) AND settled_at IS NULL
            """)
        try show(blockId, change)
    }

    /// Puts in the rows what the rule shows: the latest of the versions shown first, the others beside it.
    private static func show(_ blockId: String, _ change: Change) throws {
        let known = try NoteQueries.versions(blockId, change).map(\.known)
        let shown = BlockSync.shown(known).map(\.version)
        let first = shown.max() ?? 1
        let isOffRecord = try change.exists(
            "SELECT version FROM note_version WHERE block_id = \(blockId) AND version IN \(list: shown) AND is_off_record = 1")
        try change.run(
            """
            UPDATE note_block SET version = \(first), is_twin = \(shown.count > 1), is_off_record = \(isOffRecord),
                updated_at = \(change.now)
            WHERE id = \(blockId)
            """)
        try change.run("UPDATE note_version SET is_kept_beside = 0 WHERE block_id = \(blockId)")
        let beside = shown.filter { $0 != first }
        try change.run(
            "UPDATE note_version SET is_kept_beside = 1 WHERE block_id = \(blockId) AND version IN \(list: beside)")
    }

    /// Half-day, encounter, sub-group and dimensions must be those of this visit and of its programme.
    private static func checkPlaces(_ sent: SentBlock, visit: Visit, _ change: Change) throws {
        if let slot = sent.slotId,
            try !change.exists("SELECT id FROM slot WHERE id = \(slot) AND event_id = \(visit.id)")
        {
            throw Refused("notes.refusal.slot", field: "slot")
        }
        if let encounter = sent.encounterId,
            try !change.exists("SELECT id FROM encounter WHERE id = \(encounter) AND event_id = \(visit.id)")
        {
            throw Refused("notes.refusal.encounter", field: "encounter")
        }
        if !sent.dimensionIds.isEmpty,
            try change.count(
                """
                SELECT count(*) FROM dimension JOIN grid ON grid.id = dimension.grid_id
                WHERE dimension.id IN \(list: sent.dimensionIds) AND grid.programme_id = \(visit.programmeId)
                """) != sent.dimensionIds.count
        {
            throw Refused("notes.refusal.dimension", field: "dimension")
        }
        if let subgroup = sent.subgroupId,
            try !change.exists("SELECT id FROM subgroup WHERE id = \(subgroup) AND event_id = \(visit.id)")
        {
            throw Refused("notes.refusal.subgroup", field: "subgroup")
        }
        if let speaker = sent.speaker, StakeholderKind(rawValue: speaker) == nil {
            throw Refused("notes.refusal.speaker", field: "speaker")
        }
    }
}

private struct Owner: Decodable {
    var visitId: String
    var authorId: String
    var isBegun: Bool
}
