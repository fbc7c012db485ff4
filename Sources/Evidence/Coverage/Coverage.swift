import Database
import Grids
import Texts

/// Which dimensions of the grid a synthesis covers: by a quotation about it, or by a reason why it has none.
public struct Coverage: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let dimensionId: String
        public let name: String
        /// How many quotations of the text are about it.
        public let quotations: Int
        /// Why there is none.
        public let reason: String?

        public var isCovered: Bool { quotations > 0 || reason != nil }
    }

    public let textId: String
    public let lines: [Line]
    public var covered: Int { lines.filter(\.isCovered).count }

    /// - Parameters:
    ///   - dimensions: of the grid, in its order.
    ///   - quoted: the dimension of each quotation that readers may read or will.
    ///   - reasons: by dimension; one for a dimension that has quotations is not shown.
    init(_ textId: String, _ dimensions: [(id: String, name: String)], quoted: [String], reasons: [String: String]) {
        self.textId = textId
        let counts = quoted.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        lines = dimensions.map { dimension in
            let count = counts[dimension.id] ?? 0
            return Line(
                dimensionId: dimension.id, name: dimension.name, quotations: count,
                reason: count > 0 ? nil : reasons[dimension.id])
        }
    }
}

extension Coverage {
    /// The coverage of the latest revision of a text; a quotation that is hidden covers nothing.
    public static func of(_ text: Text, _ reader: any Reader) throws -> Coverage {
        let quoted = try ExcerptQueries.quoted(in: text.id, reader)
        let allowances = try ExcerptQueries.allowances(of: quoted, reader)
        return Coverage(
            text.id, try Grids.dimensions(text.programmeId, reader).map { (id: $0.id, name: $0.name) },
            quoted: quoted.filter { allowances[$0.id]?.isHidden == false }.compactMap(\.dimensionId),
            reasons: try TextBlanks.of(text.id, reader))
    }
}
