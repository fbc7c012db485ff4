import Database
import Formats
import Platform
import Visits

/// A note as it stands among the others of its visit: all but its words.
struct SharedNote: Sendable, Decodable, Equatable {
    var id: String
    var authorId: String
    var author: String
    var audience: Audience
    var version: Int
    var isTwin: Bool
    var createdAt: Instant
    var day: Day?
    var half: String?
    var encounterId: String?
    /// The dimension that its author gave it.
    var ownDimensionId: String?
    /// The dimension that the group put it under; empty for none.
    var placedDimensionId: String?
    /// Where the group put it.
    var rank: Int64?
    /// When it was put there.
    var movedAt: Instant?
    var photos: Int

    /// Under which dimension it is read: the group's, else its author's.
    var dimensionId: String? { rank == nil ? ownDimensionId : placedDimensionId }

    /// Before and after whom it stands: its time, until somebody moves it.
    var order: Int64 { rank ?? createdAt.milliseconds }
}

extension SharedNote {
    /// The notes of a visit that this person may read and that are shared with the group, from the first to the last; none that
    /// is off the record.
    /// - Parameter own: their own that are not shared, too.
    static func all(
        _ visitId: String, matching filter: NoteFilter = NoteFilter(), withOwn own: Bool = false, _ reader: any Reader, _ request: Request
    ) throws -> [SharedNote] {
        let isMeant: SQL = own ? "(access.audience <> 'author' OR note_block.author_id = \(request.viewer.personId))" : "access.audience <> 'author'"
        return try reader.all(
            SharedNote.self,
            """
            SELECT note_block.id, note_block.author_id, person.name AS author, access.audience, note_block.version, note_block.is_twin,
                note_block.created_at, slot.day, slot.half, shown.encounter_id, shown.dimension_id AS own_dimension_id,
                note_place.dimension_id AS placed_dimension_id, note_place.rank, note_place.moved_at,
                (SELECT count(*) FROM attachment WHERE owner_id = note_block.id AND removed_at IS NULL) AS photos
            FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id AND shown.version = note_block.version
            JOIN person ON person.id = note_block.author_id
            JOIN access ON access.object_id = note_block.id
            LEFT JOIN encounter ON encounter.id = shown.encounter_id
            LEFT JOIN slot ON slot.id = coalesce(shown.slot_id, encounter.slot_id)
            LEFT JOIN note_place ON note_place.block_id = note_block.id
            WHERE note_block.visit_id = \(visitId) AND note_block.is_off_record = 0 AND \(isMeant) AND \(filter.condition)
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY coalesce(slot.day, '9999'), coalesce(slot.half, 'zz'), note_block.created_at, shown.sequence, note_block.id
            """)
    }
}

extension NoteQueries {
    /// These blocks that this person may see, each version shown, in the order asked for.
    static func blocks(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> [NoteBlock] {
        let found = try reader.all(
            NoteBlock.self,
            """
            SELECT \(columns) FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id
                AND (shown.version = note_block.version OR shown.is_kept_beside = 1)
            \(joins)
            WHERE note_block.id IN \(list: ids) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY note_block.id, shown.version DESC
            """)
        let byId = Dictionary(grouping: found, by: \.id)
        return ids.flatMap { byId[$0] ?? [] }
    }
}
