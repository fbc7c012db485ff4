/// Places in a text counted in Unicode code points, from 0, end excluded: what an excerpt keeps (as REFI-QDA does).
public enum CodePoints {
    /// How many code points a text has.
    public static func count(_ text: String) -> Int {
        text.unicodeScalars.count
    }

    /// The words between two places, or nil when the text has no such places.
    public static func slice(_ text: String, from: Int, to: Int) -> String? {
        let scalars = text.unicodeScalars
        guard from >= 0, from <= to,
            let start = scalars.index(scalars.startIndex, offsetBy: from, limitedBy: scalars.endIndex),
            let end = scalars.index(start, offsetBy: to - from, limitedBy: scalars.endIndex)
        else { return nil }
        return String(scalars[start..<end])
    }

    /// Where some words stand, exactly as written, first to last, none over another. None for empty words.
    public static func ranges(of words: String, in text: String) -> [Range<Int>] {
        let needle = Array(words.utf8)
        guard let first = needle.first else { return [] }
        let length = count(words)
        let bytes = Array(text.utf8)
        var ranges: [Range<Int>] = []
        var position = 0
        var index = 0
        while index + needle.count <= bytes.count {
            if bytes[index] == first, bytes[index..<(index + needle.count)].elementsEqual(needle) {
                ranges.append(position..<(position + length))
                index += needle.count
                position += length
            } else {
                index += 1
                // Continuation bytes belong to the code point already counted.
                while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
                position += 1
            }
        }
        return ranges
    }

    /// The code points just before and just after a range (fewer at the ends of the text); with the words themselves,
    /// they find an excerpt again when the text around it has moved.
    public static func context(
        _ text: String, _ range: Range<Int>, around: Int = 32
    ) -> (before: String, after: String) {
        let total = count(text)
        let range = range.clamped(to: 0..<total)
        let before = slice(text, from: max(0, range.lowerBound - around), to: range.lowerBound) ?? ""
        let after = slice(text, from: range.upperBound, to: min(total, range.upperBound + around)) ?? ""
        return (before, after)
    }
}
