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
    var photos: Int
    /// The dimensions that its author gave it, in the order of the grid.
    var ownDimensions: [String] = []
    /// Where the group put it; empty as long as it did not.
    var shelves: [Shelf] = []

    /// A place on the common page: under a dimension or under none, before and after others.
    struct Shelf: Sendable, Decodable, Equatable {
        var dimensionId: String?
        var rank: Int64
    }

    /// What a row holds: dimensions and shelves come beside.
    private enum CodingKeys: String, CodingKey {
        case id, authorId, author, audience, version, isTwin, createdAt, day, half, encounterId, photos
    }

    /// Everywhere it stands: where the group put it, else under its author's dimensions by its time.
    var places: [Shelf] {
        guard shelves.isEmpty else { return shelves }
        let own: [String?] = ownDimensions.isEmpty ? [nil] : ownDimensions
        return own.map { Shelf(dimensionId: $0, rank: createdAt.milliseconds) }
    }

    /// The dimensions under which it is read, of those in use; none when it stands under no other.
    func dimensions(among known: Set<String>) -> [String] {
        places.compactMap(\.dimensionId).filter(known.contains)
    }

    /// Before and after whom it stands under a dimension (nil: under none).
    func order(under dimension: String?) -> Int64 {
        places.first { $0.dimensionId == dimension }?.rank ?? places.map(\.rank).min() ?? createdAt.milliseconds
    }
}

extension SharedNote {
    /// The notes of a visit that this person may read and that are shared with the group, from the first to the last; none that
    /// is off the record, or not added yet.
    /// - Parameter own: their own that are not shared, too.
    static func all(
        _ visitId: String, matching filter: NoteFilter = NoteFilter(), withOwn own: Bool = false, _ reader: any Reader, _ request: Request
    ) throws -> [SharedNote] {
        let isMeant: SQL = own ? "(access.audience <> 'author' OR note_block.author_id = \(request.viewer.personId))" : "access.audience <> 'author'"
        var filter = filter
        filter.isOfGroup = true
        let notes = try reader.all(
            SharedNote.self,
            """
            SELECT note_block.id, note_block.author_id, person.name AS author, access.audience, note_block.version, note_block.is_twin,
                note_block.created_at, slot.day, slot.half, shown.encounter_id,
                (SELECT count(*) FROM attachment WHERE owner_id = note_block.id AND removed_at IS NULL) AS photos
            FROM note_block
            JOIN note_version AS shown ON shown.block_id = note_block.id AND shown.version = note_block.version
            JOIN person ON person.id = note_block.author_id
            JOIN access ON access.object_id = note_block.id
            LEFT JOIN encounter ON encounter.id = shown.encounter_id
            LEFT JOIN slot ON slot.id = coalesce(shown.slot_id, encounter.slot_id)
            WHERE note_block.visit_id = \(visitId) AND \(OffRecord.excluded) AND \(BegunNote.excluded) AND \(isMeant) AND \(filter.condition)
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY coalesce(slot.day, '9999'), coalesce(slot.half, 'zz'), note_block.created_at, shown.sequence, note_block.id
            """)
        return try notes.arranged(visitId, reader)
    }
}

extension [SharedNote] {
    /// With their dimensions and their places on the common page.
    fileprivate func arranged(_ visitId: String, _ reader: any Reader) throws -> [SharedNote] {
        let own = try reader.all(
            Borne.self,
            """
            SELECT note_dimension.block_id, note_dimension.dimension_id FROM note_block
            JOIN note_dimension ON note_dimension.block_id = note_block.id AND note_dimension.version = note_block.version
            JOIN dimension ON dimension.id = note_dimension.dimension_id
            WHERE note_block.visit_id = \(visitId) ORDER BY dimension.position, dimension.id
            """)
        let shelves = try reader.all(
            Placed.self,
            """
            SELECT note_shelf.block_id, note_shelf.dimension_id, note_shelf.rank FROM note_block
            JOIN note_shelf ON note_shelf.block_id = note_block.id LEFT JOIN dimension ON dimension.id = note_shelf.dimension_id
            WHERE note_block.visit_id = \(visitId) ORDER BY dimension.position, dimension.id
            """)
        let (ownOf, shelvesOf) = (Dictionary(grouping: own, by: \.blockId), Dictionary(grouping: shelves, by: \.blockId))
        return map { note in
            var note = note
            note.ownDimensions = (ownOf[note.id] ?? []).map(\.dimensionId)
            note.shelves = (shelvesOf[note.id] ?? []).map { SharedNote.Shelf(dimensionId: $0.dimensionId, rank: $0.rank) }
            return note
        }
    }
}

private struct Borne: Decodable {
    var blockId: String
    var dimensionId: String
}

private struct Placed: Decodable {
    var blockId: String
    var dimensionId: String?
    var rank: Int64
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
            """
        ).withDimensions(reader)
        let byId = Dictionary(grouping: found, by: \.id)
        return ids.flatMap { byId[$0] ?? [] }
    }
}
