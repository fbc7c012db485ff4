import Database
import Formats
import Platform

/// The reads of field notes: the policy is in each of them.
package enum NoteQueries {
    static let columns: SQL = """
        note_block.id, note_block.visit_id, note_block.author_id, person.name AS author, access.audience, note_block.is_twin,
        note_block.is_begun, note_block.created_at, shown.version, shown.received_at, shown.slot_id, shown.encounter_id, encounter.title AS encounter, slot.day,
        slot.half, shown.subgroup_id AS own_subgroup_id, subgroup.id AS subgroup_id,
        subgroup.name AS subgroup, shown.manner, shown.speaker, shown.text, note_block.is_off_record, shown.place
        """
    static let joins: SQL = """
        JOIN person ON person.id = note_block.author_id
        JOIN access ON access.object_id = note_block.id
        LEFT JOIN encounter ON encounter.id = shown.encounter_id
        LEFT JOIN slot ON slot.id = coalesce(shown.slot_id, encounter.slot_id)
        LEFT JOIN subgroup ON subgroup.id = coalesce(shown.subgroup_id, encounter.subgroup_id)
        """

    private static let order: SQL = """
        coalesce(slot.day, '9999') DESC, coalesce(slot.half, 'zz') DESC, note_block.created_at DESC, shown.sequence DESC,
        note_block.id DESC, shown.version DESC
        """

    /// The blocks of a visit that this person may see, the latest first, those without half-day before all: what one
    /// just wrote is in sight. A block with two kept versions comes twice.
    package static func blocks(
        _ visitId: String, _ filter: NoteFilter = NoteFilter(), limit: Int = 500, offset: Int = 0, _ reader: any Reader,
        _ request: Request
    ) throws -> [NoteBlock] {
        try reader.all(
            NoteBlock.self,
            """
            SELECT \(columns) FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id
                AND (shown.version = note_block.version OR shown.is_kept_beside = 1)
            \(joins)
            WHERE note_block.visit_id = \(visitId) AND \(filter.condition)
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY \(order) LIMIT \(limit) OFFSET \(offset)
            """
        ).withDimensions(reader)
    }

    /// How many versions `blocks` would show.
    package static func count(
        _ visitId: String, _ filter: NoteFilter, _ reader: any Reader, _ request: Request
    ) throws -> Int {
        try reader.count(
            """
            SELECT count(*) FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id
                AND (shown.version = note_block.version OR shown.is_kept_beside = 1)
            JOIN access ON access.object_id = note_block.id
            WHERE note_block.visit_id = \(visitId) AND \(filter.condition)
                AND \(request.site.policy.condition(.see, request.viewer))
            """)
    }

    /// How many versions `blocks` shows before those of this block, without filter.
    package static func place(of id: String, in visitId: String, _ reader: any Reader, _ request: Request) throws -> Int {
        try reader.count(
            """
            SELECT coalesce(min(place), 1) - 1 FROM (
                SELECT note_block.id AS id, row_number() OVER (ORDER BY \(order)) AS place FROM note_block
                JOIN note_version AS shown ON shown.block_id = note_block.id
                    AND (shown.version = note_block.version OR shown.is_kept_beside = 1)
                JOIN access ON access.object_id = note_block.id
                LEFT JOIN slot ON slot.id = \(NoteBlock.slotOfShown)
                WHERE note_block.visit_id = \(visitId) AND \(request.site.policy.condition(.see, request.viewer))
            ) AS placed WHERE id = \(id)
            """)
    }

    /// One block as it is first shown.
    /// - Throws: `NotFound` when this person may not see it.
    package static func block(_ id: String, _ reader: any Reader, _ request: Request) throws -> NoteBlock {
        try reader.see(id, request)
        let block = try reader.first(
            NoteBlock.self,
            """
            SELECT \(columns) FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id AND shown.version = note_block.version
            \(joins) WHERE note_block.id = \(id)
            """)
        guard let block = try block.map({ try [$0].withDimensions(reader)[0] }) else { throw NotFound() }
        return block
    }

    /// A version of a block, whoever asks: for those who checked the right to it.
    package static func version(_ blockId: String, _ version: Int, _ reader: any Reader) throws -> NoteVersion {
        guard
            let found = try reader.first(
                NoteVersion.self, "SELECT * FROM note_version WHERE block_id = \(blockId) AND version = \(version)")
        else { throw NotFound() }
        return found
    }

    /// Every version of a block, oldest first.
    package static func versions(_ blockId: String, _ reader: any Reader) throws -> [NoteVersion] {
        try reader.all(
            NoteVersion.self, "SELECT * FROM note_version WHERE block_id = \(blockId) ORDER BY version")
    }

    /// The first version shown of a block, whoever asks.
    package static func current(_ blockId: String, _ reader: any Reader) throws -> NoteVersion {
        let number = try reader.count("SELECT version FROM note_block WHERE id = \(blockId)")
        return try version(blockId, number, reader)
    }
}
