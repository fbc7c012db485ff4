import Database
import Formats
import Platform

/// A grid frozen on purpose: numbered, hashed, never changed. People validate it; validated, it becomes the one that visits
/// use.
package struct GridVersion: Sendable, Equatable {
    package var id: String
    package var gridId: String
    package var number: Int
    package var content: GridContent
    package var hash: String
    package var summary: String
    package var frozenBy: String?
    package var frozenAt: Instant
    /// The text in which it is read and validated, and its revision.
    package var textId: String?
    package var revisionId: String?
    package var adoptedAt: Instant?
}

extension GridVersion {
    /// Whether a draft can be frozen: it asks something, and something else than the version before.
    /// - Throws: `Refused`
    static func admit(_ draft: GridContent, after latest: GridContent?) throws {
        guard draft.hasQuestions else { throw Refused("grids.refusal.emptied") }
        guard draft != latest else { throw Refused("grids.refusal.unchanged") }
    }
}
