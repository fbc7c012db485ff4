import Database
import Events
import Grids
import Platform
import Visits

/// What a page of the notebook shows: blocks, and what is around them.
struct NotebookShown: Sendable {
    static let perPage = 20

    let blocks: [NoteBlock]
    /// The photographs of these blocks, by block.
    let photos: [String: [Attachment]]
    let page: Int
    let pages: Int
    /// How many of one's own blocks the group does not read yet.
    let unshared: Int
    /// The number of the next block this person writes here.
    let next: Int
    /// Who wrote what this person may read.
    let authors: [Author]
    /// One's own blocks that were withdrawn, the latest first.
    let withdrawn: [Withdrawn]

    struct Withdrawn: Sendable, Decodable {
        var id: String
        var text: String
    }

    struct Author: Sendable, Decodable {
        var id: String
        var name: String
    }

    static func load(_ open: OpenNotebook, _ filter: NoteFilter, page: Int, _ request: Request) async throws -> NotebookShown {
        let visit = open.visit.id
        let person = request.viewer.personId
        let visible = request.site.policy.condition(.see, request.viewer)
        return try await request.site.database.read { reader in
            let pages = max(1, (try NoteQueries.count(visit, filter, reader, request) + perPage - 1) / perPage)
            let page = min(max(1, page), pages)
            let blocks = try NoteQueries.blocks(visit, filter, limit: perPage, offset: (page - 1) * perPage, reader, request)
            return NotebookShown(
                blocks: blocks, photos: try AttachmentQueries.of(Set(blocks.map(\.id)).sorted(), reader),
                page: page, pages: pages,
                unshared: try reader.count(
                    """
                    SELECT count(*) FROM note_block JOIN access ON access.object_id = note_block.id
                    WHERE visit_id = \(visit) AND note_block.author_id = \(person) AND audience = 'author'
                        AND withdrawn_at IS NULL AND \(OffRecord.excluded) AND \(BegunNote.excluded) AND apart_at IS NULL
                    """),
                next: try reader.count(
                    "SELECT count(*) FROM note_block WHERE visit_id = \(visit) AND author_id = \(person)") + 1,
                authors: try reader.all(
                    Author.self,
                    """
                    SELECT DISTINCT person.id, person.name, person.sort_key FROM note_block
                    JOIN access ON access.object_id = note_block.id JOIN person ON person.id = note_block.author_id
                    WHERE visit_id = \(visit) AND \(visible) ORDER BY person.sort_key, person.id
                    """),
                withdrawn: try reader.all(
                    Withdrawn.self,
                    """
                    SELECT note_block.id, note_version.text FROM note_block JOIN access ON access.object_id = note_block.id
                    JOIN note_version ON note_version.block_id = note_block.id AND note_version.version = note_block.version
                    WHERE visit_id = \(visit) AND note_block.author_id = \(person) AND withdrawn_at IS NOT NULL
                    ORDER BY withdrawn_at DESC, note_block.id
                    """))
        }
    }
}
