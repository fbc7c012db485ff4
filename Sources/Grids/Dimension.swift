import Database
import Platform

/// A dimension of the common grid: what is asked about everywhere, what a synthesis is checked against, what readers
/// filter by. Its key never changes.
package struct Dimension: Sendable, Equatable, Decodable {
    package let id: String
    /// Its key in the programme file.
    package let fileKey: String
    package let name: String
    package let description: String
}

/// A question of the grid, with the probes that help when the answer is short.
package struct Question: Sendable, Equatable, Decodable {
    package let id: String
    package let dimensionId: String
    package let text: String
    /// The probes, one a line, as they are kept.
    private let probeLines: String
    private let fileKey: String

    package var probes: [String] { probeLines.split(separator: "\n").map(String.init) }
    /// Its name in files; that of a question older than such names comes from its identifier.
    package var key: String { fileKey.isEmpty ? GridKeys.begun(id) : fileKey }
}
