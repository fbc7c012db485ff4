import Formats
import Platform

/// Where the words of an excerpt stand in a text.
public enum Anchor {
    public struct Stretch: Equatable, Sendable {
        public let start: Int
        public let end: Int
        public let words: String
    }

    /// From two positions, checked against the words when they were sent.
    /// - Throws: `Refused` when the positions are not in the text, hold only blanks, or hold other words.
    public static func stretch(of text: String, from start: Int, to end: Int, words: String?) throws -> Stretch {
        guard start >= 0, end > start, let slice = CodePoints.slice(text, from: start, to: end) else {
            throw Refused("evidence.refusal.outside", field: "words")
        }
        guard slice.contains(where: { !$0.isWhitespace }) else { throw Refused("evidence.refusal.blank", field: "words") }
        if let words, !words.isEmpty, CleanText.normalize(words) != CleanText.normalize(slice) {
            throw Refused("evidence.refusal.otherWords", field: "words")
        }
        return Stretch(start: start, end: end, words: slice)
    }

    /// From the words alone, pasted: found where they stand; when they stand in several places, the one of that number (from 1).
    /// - Throws: `Refused` when they are not there, or are there several times and nobody said which.
    public static func stretch(of text: String, words: String, occurrence: Int? = nil) throws -> Stretch {
        let words = CleanText.normalize(words).trimmingBlanks
        guard !words.isEmpty else { throw Refused("evidence.refusal.blank", field: "words") }
        let places = CodePoints.ranges(of: words, in: text)
        guard !places.isEmpty else { throw Refused("evidence.refusal.notFound", field: "words") }
        guard places.count == 1 || occurrence.map({ (1...places.count).contains($0) }) == true else {
            throw Refused("evidence.refusal.severalTimes", ["n": places.count], field: "occurrence")
        }
        let place = places[(occurrence ?? 1) - 1]
        return Stretch(start: place.lowerBound, end: place.upperBound, words: words)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
