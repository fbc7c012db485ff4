/// What changed from one text to another, for readers: paragraph by paragraph, and word by word inside those that
/// changed.
public enum Difference {
    /// A stretch of the two texts, whole lines without their last line end.
    public enum Block: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
        /// A line that was reworked.
        case changed([Word])
    }

    /// A run of words inside a reworked line, with its spaces.
    public struct Word: Sendable, Hashable {
        public let text: String
        public let kind: Kind

        /// Whether both texts have it, or only the old one, or only the new one.
        public enum Kind: Sendable, Hashable {
            case same, removed, added
        }

        public init(text: String, kind: Kind) {
            self.text = text
            self.kind = kind
        }
    }

    /// The blocks in reading order. Lines of the same, removed and changed blocks are the old text; of the same, added
    /// and changed blocks, the new one. Very long changes are shown coarser rather than late.
    public static func between(_ old: String, _ new: String) -> [Block] {
        let old = Lines.of(old)
        let new = Lines.of(new)
        var writer = DifferenceWriter()
        var from = (old: 0, new: 0)
        for pair in Alignment.pairs(old, new) + [(old: old.count, new: new.count)] {
            change(old[from.old..<pair.old], new[from.new..<pair.new], into: &writer)
            if pair.old < old.count { writer.same(old[pair.old]) }
            from = (pair.old + 1, pair.new + 1)
        }
        return writer.finished()
    }

    /// A stretch where no line is the same: lines that look alike are reworked ones, the others came or went.
    private static func change(
        _ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>, into writer: inout DifferenceWriter
    ) {
        var from = (old: old.startIndex, new: new.startIndex)
        for pair in Likeness.pairs(old, new) {
            writer.removed(old[from.old..<pair.old])
            writer.added(new[from.new..<pair.new])
            writer.changed(words(old[pair.old], new[pair.new]))
            from = (pair.old + 1, pair.new + 1)
        }
        writer.removed(old[from.old...])
        writer.added(new[from.new...])
    }

    /// The two versions of a line, word by word.
    private static func words(_ old: Substring, _ new: Substring) -> [Word] {
        let old = WordCut.pieces(of: old)
        let new = WordCut.pieces(of: new)
        var runs = WordRuns()
        var from = (old: 0, new: 0)
        for pair in Alignment.pairs(old, new) + [(old: old.count, new: new.count)] {
            runs.change(removed: old[from.old..<pair.old].joined(), added: new[from.new..<pair.new].joined())
            if pair.old < old.count { runs.same(old[pair.old]) }
            from = (pair.old + 1, pair.new + 1)
        }
        return runs.words
    }
}
