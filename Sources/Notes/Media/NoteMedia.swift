import Database
import Platform

/// Photographs and sounds that telephones sent for notes: which arrived, named by what was sent.
enum NoteMedia {
    struct Name: Sendable, Hashable {
        let block: String
        let hash: String
    }

    static func has(_ name: Name, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT hash FROM note_media WHERE block_id = \(name.block) AND hash = \(name.hash)")
    }

    static func add(_ name: Name, attachment: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO note_media (block_id, hash, attachment_id, received_at)
            VALUES (\(name.block), \(name.hash), \(attachment), \(change.now))
            """)
    }

    /// Of those that a telephone was told that the site has, those it has no more.
    static func missing(_ names: [Name], of author: String, _ reader: any Reader) throws -> [Name] {
        let blocks = Set(names.map(\.block)).sorted()
        let known = try reader.all(
            Row.self,
            """
            SELECT block_id, hash FROM note_media JOIN note_block ON note_block.id = block_id
            WHERE author_id = \(author) AND block_id IN \(list: blocks)
            """)
        let found = Set(known.map { Name(block: $0.blockId, hash: $0.hash) })
        return names.filter { !found.contains($0) }
    }

    private struct Row: Decodable {
        var blockId: String
        var hash: String
    }
}
