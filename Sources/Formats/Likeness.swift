/// Which lines of a changed stretch are versions of one another.
enum Likeness {
    /// Less alike than this (share of words in common, Dice), two lines are two different ones.
    static let threshold = 0.4
    /// A stretch with more pairs of lines to compare is left as removed and added.
    static let effort = 2_500

    /// Pairs of lines, both places rising, whose sum of likeness is the highest.
    static func pairs(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>) -> [(old: Int, new: Int)] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= effort else { return [] }
        let oldBags = old.map(bag)
        let newBags = new.map(bag)
        let width = newBags.count + 1
        var best = Array(repeating: 0.0, count: (oldBags.count + 1) * width)
        var alike = best
        for i in oldBags.indices.reversed() {
            for j in newBags.indices.reversed() {
                let likeness = likeness(oldBags[i], newBags[j])
                let paired = likeness >= threshold ? likeness + best[(i + 1) * width + j + 1] : 0
                alike[i * width + j] = paired
                best[i * width + j] = max(paired, best[(i + 1) * width + j], best[i * width + j + 1])
            }
        }
        var pairs: [(old: Int, new: Int)] = []
        var (i, j) = (0, 0)
        while i < oldBags.count, j < newBags.count {
            let here = best[i * width + j]
            if here > 0, alike[i * width + j] == here {
                pairs.append((old.startIndex + i, new.startIndex + j))
                (i, j) = (i + 1, j + 1)
            } else if best[(i + 1) * width + j] == here {
                i += 1
            } else {
                j += 1
            }
        }
        return pairs
    }

    /// How many times each word of a line occurs.
    private static func bag(_ line: Substring) -> [Substring: Int] {
        WordCut.pieces(of: line).reduce(into: [:]) { bag, piece in
            if piece.utf8.count > 1 || piece.first?.isLetter == true || piece.first?.isNumber == true {
                bag[piece, default: 0] += 1
            }
        }
    }

    private static func likeness(_ old: [Substring: Int], _ new: [Substring: Int]) -> Double {
        let (small, large) = old.count < new.count ? (old, new) : (new, old)
        let common = small.reduce(0) { $0 + min($1.value, large[$1.key] ?? 0) }
        let total = old.values.reduce(0, +) + new.values.reduce(0, +)
        return total > 0 ? 2 * Double(common) / Double(total) : 0
    }
}
