/// The merge of two texts that two people made from one, line by line (diff3): nobody's line is lost.
public enum ThreeWay {
    /// A stretch that both changed, differently: what it was, and the two versions (whole lines, each with its line
    /// end).
    public struct Conflict: Sendable, Hashable {
        public let base: String
        public let mine: String
        public let theirs: String
    }

    /// A stretch of the merge: whole lines, each with its line end.
    public enum Piece: Sendable, Hashable {
        /// The same for both, changed by neither or alike by both.
        case common(String)
        /// Changed by me alone (empty when I removed it).
        case mine(String)
        /// Changed by them alone (empty when they removed it).
        case theirs(String)
        case conflict(base: String, mine: String, theirs: String)
    }

    /// The outcome of a merge.
    public struct Result: Sendable, Hashable {
        public let pieces: [Piece]

        /// True when no stretch was changed by both.
        public var isClean: Bool {
            !pieces.contains { if case .conflict = $0 { true } else { false } }
        }

        /// The merged text, with what the closure makes of each conflict.
        public func text(resolving: (Conflict) -> String) -> String {
            var text = ""
            for piece in pieces {
                switch piece {
                case .common(let lines), .mine(let lines), .theirs(let lines): text += lines
                case .conflict(let base, let mine, let theirs):
                    let lines = resolving(Conflict(base: base, mine: mine, theirs: theirs))
                    text += lines.isEmpty || lines.hasSuffix("\n") ? lines : lines + "\n"
                }
            }
            return text.hasSuffix("\n") ? String(text.dropLast()) : text
        }

        /// The merged text where a conflict keeps both versions one after the other, as separate paragraphs.
        public var proposed: String {
            text { conflict in
                guard !conflict.mine.isEmpty, !conflict.theirs.isEmpty else { return conflict.mine + conflict.theirs }
                let isApart = conflict.mine.hasSuffix("\n\n") || conflict.theirs.hasPrefix("\n")
                return conflict.mine + (isApart ? "" : "\n") + conflict.theirs
            }
        }
    }

    /// Merges line by line. Changes of both that touch or overlap are conflicts, reduced to the lines that really
    /// differ.
    public static func merge(base: String, mine: String, theirs: String) -> Result {
        let base = Lines.of(base)
        let mine = Lines.of(mine)
        let theirs = Lines.of(theirs)
        let inMine = Dictionary(uniqueKeysWithValues: Alignment.pairs(base, mine).map { ($0.old, $0.new) })
        let inTheirs = Dictionary(uniqueKeysWithValues: Alignment.pairs(base, theirs).map { ($0.old, $0.new) })
        var writer = ThreeWayWriter()
        var from = (base: 0, mine: 0, theirs: 0)
        for line in base.indices {
            guard let atMine = inMine[line], let atTheirs = inTheirs[line] else { continue }
            writer.stretch(base[from.base..<line], mine[from.mine..<atMine], theirs[from.theirs..<atTheirs])
            writer.common(base[line...line])
            from = (line + 1, atMine + 1, atTheirs + 1)
        }
        writer.stretch(base[from.base...], mine[from.mine...], theirs[from.theirs...])
        return Result(pieces: writer.pieces)
    }
}
