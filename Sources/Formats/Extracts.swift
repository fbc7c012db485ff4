/// The lines under a search result: the part of a text that answers best, with the words found marked.
public enum Extracts {
    /// A run of the extract.
    public struct Piece: Sendable, Hashable {
        public let text: String
        /// True for a word that was looked for.
        public let isMatch: Bool

        public init(text: String, isMatch: Bool) {
            self.text = text
            self.isMatch = isMatch
        }
    }

    /// The window of about `length` characters (code points) that holds the most different stems, then the most
    /// matches, then comes first; whole words, one line, an ellipsis where it is cut. Without match, the beginning of
    /// the text.
    /// - Parameters:
    ///   - stems: what `French.stem` gives for the words looked for.
    ///   - prefix: the folded beginning of a word still being typed, matched at the start of words.
    public static func make(
        from text: String, matching stems: Set<String>, prefix: String?, length: Int = 240
    ) -> [Piece] {
        let words = Words(of: text, matching: stems, prefix: prefix.flatMap { $0.isEmpty ? nil : $0 })
        guard let window = words.bestWindow(length: length) else { return [] }
        var pieces: [Piece] = []
        var start = window.lowerBound == 0 ? text.startIndex : words[window.lowerBound].range.lowerBound
        // An elision before the first word (« l' ») belongs to it for a reader.
        if window.lowerBound > 0 { start = words.wordStart(before: start, in: text) }
        var plain = start > text.startIndex ? "… " : ""
        for index in window where words[index].match != nil {
            plain += text[start..<words[index].range.lowerBound]
            if !plain.isEmpty { pieces.append(Piece(text: oneLine(plain), isMatch: false)) }
            pieces.append(Piece(text: oneLine(text[words[index].range]), isMatch: true))
            plain = ""
            start = words[index].range.upperBound
        }
        let isLast = window.upperBound == words.count
        let end = isLast ? text.endIndex : words[window.upperBound - 1].range.upperBound
        plain += text[start..<end]
        if isLast {
            while plain.last?.isWhitespace == true { plain.removeLast() }
        } else {
            plain += " …"
        }
        if !plain.isEmpty { pieces.append(Piece(text: oneLine(plain), isMatch: false)) }
        return pieces
    }

    /// Runs of spaces and line ends as one space.
    private static func oneLine(_ text: some StringProtocol) -> String {
        var line = ""
        for character in text {
            if !character.isNewline, character != "\t", character != " " {
                line.append(character)
            } else if line.last != " " {
                line.append(" ")
            }
        }
        return line
    }
}

/// The words of a text with what each answers to.
private struct Words {
    struct Word {
        let range: Range<String.Index>
        /// Code points from the beginning of the text to the beginning of the word.
        let offset: Int
        let length: Int
        /// The stem or prefix that the word answers to.
        let match: String?
    }

    private let words: [Word]
    var count: Int { words.count }

    subscript(index: Int) -> Word { words[index] }

    init(of text: String, matching stems: Set<String>, prefix: String?) {
        let stemmer = SnowballStemmer()
        var known: [String: String?] = [:]
        var words: [Word] = []
        var offset = 0
        var previous = text.startIndex
        for token in French.tokens(text) {
            let match: String?
            if let found = known[token.word] {
                match = found
            } else {
                let stem = stemmer.stem(token.word)
                match = stems.contains(stem) ? stem : prefix.flatMap { token.word.hasPrefix($0) ? "\($0)*" : nil }
                known[token.word] = .some(match)
            }
            offset += text.unicodeScalars.distance(from: previous, to: token.range.lowerBound)
            let length = text.unicodeScalars.distance(from: token.range.lowerBound, to: token.range.upperBound)
            words.append(Word(range: token.range, offset: offset, length: length, match: match))
            previous = token.range.lowerBound
        }
        self.words = words
    }

    /// The words to show.
    func bestWindow(length: Int) -> Range<Int>? {
        guard !words.isEmpty else { return nil }
        let matches = words.indices.filter { words[$0].match != nil }
        guard let first = bestMatches(matches, length: length) else { return window(from: 0, length: length) }
        // Some words before the first match, as far as the last match still fits.
        let span = words[first.upperBound].offset + words[first.upperBound].length - words[first.lowerBound].offset
        let room = min(max(0, length - span) / 2, length / 3)
        var start = first.lowerBound
        while start > 0, words[first.lowerBound].offset - words[start - 1].offset <= room { start -= 1 }
        let chosen = window(from: start, length: length)
        // At the end of the text the window is filled backwards.
        guard chosen.upperBound == words.count, let last = words.last else { return chosen }
        while start > 0, last.offset + last.length - words[start - 1].offset <= length { start -= 1 }
        return start..<words.count
    }

    /// The first and last match of the best window.
    private func bestMatches(_ matches: [Int], length: Int) -> ClosedRange<Int>? {
        var best: (score: Int, range: ClosedRange<Int>)?
        var counts: [String: Int] = [:]
        var end = 0
        for start in matches.indices {
            while end < matches.count {
                let word = words[matches[end]]
                let fits = word.offset + word.length - words[matches[start]].offset <= length
                guard fits || end == start, let match = word.match else { break }
                counts[match, default: 0] += 1
                end += 1
            }
            let score = counts.count * 1_000 + min(end - start, 999)
            if score > best?.score ?? 0 { best = (score, matches[start]...matches[end - 1]) }
            guard let match = words[matches[start]].match, let count = counts[match] else { continue }
            counts[match] = count > 1 ? count - 1 : nil
        }
        return best?.range
    }

    private func window(from start: Int, length: Int) -> Range<Int> {
        var end = start + 1
        while end < words.count, words[end].offset + words[end].length - words[start].offset <= length { end += 1 }
        return start..<end
    }

    /// The beginning of the run without space that holds a place of the text.
    func wordStart(before index: String.Index, in text: String) -> String.Index {
        let before = text[..<index]
        return before.lastIndex { $0.isWhitespace }.map(before.index(after:)) ?? before.startIndex
    }
}
