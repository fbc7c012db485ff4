import Database
import Platform

/// What a telephone keeps of a note once the site has it: enough to ask, for two days, whether the site still does.
enum BlockMark {
    /// The same for the same content, whatever its version.
    static func of(_ sent: SentBlock) -> String { of(sent.fingerprint) }
    static func of(_ fingerprint: String) -> String { String(fingerprint.prefix(16)) }

    struct Kept: Sendable {
        let id: String
        let mark: String
    }

    struct Missing: Sendable, Equatable {
        let id: String
        /// What the site shows of this note now, to write from it; 0 when it has nothing of it.
        let version: Int
        let mark: String
    }

    /// Those that the site had acknowledged and has no more, as after a restoration from yesterday's backup.
    static func missing(_ kept: [Kept], of author: String, _ reader: any Reader) throws -> [Missing] {
        let ids = Set(kept.map(\.id)).sorted()
        let found = try reader.all(
            Version.self,
            """
            SELECT note_block.id, note_version.version, note_version.fingerprint,
                CASE WHEN note_version.version = note_block.version THEN 1 ELSE 0 END AS is_shown
            FROM note_block JOIN note_version ON note_version.block_id = note_block.id
            WHERE note_block.author_id = \(author) AND note_block.id IN \(list: ids)
            """)
        let known = Dictionary(grouping: found, by: \.id)
        return kept.compactMap { kept in
            let versions = known[kept.id] ?? []
            guard !versions.contains(where: { of($0.fingerprint) == kept.mark }) else { return nil }
            let shown = versions.first(where: \.isShown)
            return Missing(id: kept.id, version: shown?.version ?? 0, mark: shown.map { of($0.fingerprint) } ?? "")
        }
    }

    private struct Version: Decodable {
        var id: String
        var version: Int
        var fingerprint: String
        var isShown: Bool
    }
}
