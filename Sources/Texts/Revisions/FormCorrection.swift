import Formats

/// What a correction of form may touch: spacing, punctuation, case, accents, a few letters of a word. Pure.
enum FormCorrection {
    /// Words that turn a sentence round: none comes, goes or changes in a correction of form.
    private static let negations: Set<String> = ["jamais", "n", "ne", "ni", "no", "non", "not", "pas", "sans"]

    /// Whether a text becomes another by a correction of form alone.
    static func isOne(from head: Revision, to title: String, _ sections: [Section]) -> Bool {
        guard head.sections.map(\.key) == sections.map(\.key), isOne(from: head.title, to: title) else { return false }
        return zip(head.sections, sections).allSatisfy { isOne(from: $0.body, to: $1.body) }
    }

    /// The words, folded and aligned, are the same but for a slip of the pen each: none is added or taken away.
    static func isOne(from old: String, to new: String) -> Bool {
        let (before, after) = (words(old), words(new))
        if before.joined() == after.joined() { return true }
        return before.count == after.count && zip(before, after).allSatisfy(isSlip)
    }

    /// One letter of a short word, two of a longer one; a number is never a matter of form.
    private static func isSlip(_ old: String, _ new: String) -> Bool {
        if old == new { return true }
        let hasFigure = (old + new).unicodeScalars.contains { $0.properties.numericType != nil }
        guard !hasFigure, !negations.contains(old), !negations.contains(new) else { return false }
        let allowed = max(old.count, new.count) <= 3 ? 1 : 2
        return distance(Array(old.unicodeScalars), Array(new.unicodeScalars), upTo: allowed) <= allowed
    }

    private static func words(_ text: String) -> [String] {
        French.fold(text).unicodeScalars
            .split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
            .map { String(String.UnicodeScalarView($0)) }
    }

    /// Letters added, taken away or replaced from one word to another; more than the limit is not counted further.
    private static func distance(_ old: [Unicode.Scalar], _ new: [Unicode.Scalar], upTo limit: Int) -> Int {
        guard abs(old.count - new.count) <= limit else { return limit + 1 }
        var row = Array(0...new.count)
        for (index, letter) in old.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in new.indices {
                let next = min(row[column] + 1, row[column + 1] + 1, diagonal + (new[column] == letter ? 0 : 1))
                diagonal = row[column + 1]
                row[column + 1] = next
            }
        }
        return row[new.count]
    }
}
