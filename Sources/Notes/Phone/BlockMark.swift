import Database
import Platform

/// What a telephone keeps of a note once the site has it: enough to ask, for two days, whether the site still does.
enum BlockMark {
    /// Of what was emptied: the site has nothing of it.
    static let dropped = "dropped"
    private static let length = 16

    /// The same for the same content, whatever its version; another one as long as its author has not added it.
    static func of(_ sent: SentBlock) -> String { of(sent.fingerprint, isBegun: sent.isBegun) }
    static func of(_ fingerprint: String, isBegun: Bool = false) -> String { fingerprint.prefix(length) + (isBegun ? "~" : "") }

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
            SELECT note_block.id, note_version.version, note_version.fingerprint, note_block.is_begun,
                CASE WHEN note_version.version = note_block.version THEN 1 ELSE 0 END AS is_shown
            FROM note_block JOIN note_version ON note_version.block_id = note_block.id
            WHERE note_block.author_id = \(author) AND note_block.id IN \(list: ids)
            """)
        let known = Dictionary(grouping: found, by: \.id)
        return kept.compactMap { kept in
            let versions = known[kept.id] ?? []
            let shown = versions.first(where: \.isShown)
            let isThere = kept.mark == dropped ? shown?.isBegun != true : versions.contains { $0.bears(kept.mark) }
            guard !isThere else { return nil }
            return Missing(id: kept.id, version: shown?.version ?? 0, mark: shown.map { of($0.fingerprint, isBegun: $0.isBegun) } ?? "")
        }
    }

    private struct Version: Decodable {
        var id: String
        var version: Int
        var fingerprint: String
        var isBegun: Bool
        var isShown: Bool

        /// What was begun may have been added since; what was added is not begun again.
        func bears(_ mark: String) -> Bool {
            mark == of(fingerprint, isBegun: isBegun) || mark == of(fingerprint, isBegun: true)
        }
    }
}
