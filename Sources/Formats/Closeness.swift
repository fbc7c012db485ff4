/// How close two words are, accents and capitals aside.
package enum Closeness {
    /// How many letters must be added, dropped, changed or exchanged with the next one to go from one to the other (Damerau, 1964).
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        var (before, previous) = ([Int](), Array(0...right.count))
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let changed = previous[column] + (letter == other ? 0 : 1)
                let isExchanged = row > 0 && column > 0 && letter == right[column - 1] && other == left[row - 1]
                let exchanged = isExchanged ? before[column - 1] + 1 : Int.max
                current.append(min(changed, previous[column + 1] + 1, current[column] + 1, exchanged))
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }

    /// The same words but for accents, capitals, hyphens, or a letter (two in long names).
    package static func isClose(_ left: String, _ right: String) -> Bool {
        let (left, right) = (spaced(left), spaced(right))
        if left == right { return true }
        let length = min(left.unicodeScalars.count, right.unicodeScalars.count)
        return length >= 5 && distance(left, right) <= (length >= 12 ? 2 : 1)
    }

    /// Folded, with spaces for hyphens: `Hauts-de-France` is also written in three words.
    private static func spaced(_ name: String) -> String {
        String(French.fold(name).map { $0 == "-" ? " " : $0 })
    }

    /// The known word a mistyped one most likely stands for, if any comes close.
    package static func nearest(to typed: String, among known: [String]) -> String? {
        let folded = French.fold(String(typed.prefix(80)))
        let ranked = known.sorted().map { (word: $0, distance: distance(folded, French.fold($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(3, folded.unicodeScalars.count / 3)) ? best.word : nil
    }
}
