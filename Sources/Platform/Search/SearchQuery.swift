import Database
import Formats

/// What somebody typed in the search: words, phrases in quotes, the last word perhaps unfinished.
struct SearchQuery: Sendable, Equatable {
    /// Folded words that stand alone.
    let words: [String]
    /// Folded words that stand together.
    let phrases: [[String]]
    /// The folded beginning being typed: the last word, when nothing follows it.
    let beginning: String?

    private static let limit = 12

    init(_ typed: String) {
        let text = String(typed.prefix(400))
        var phrases: [[String]] = []
        var loose = ""
        let marks: Set<Character> = ["\"", "«", "»", "“", "”"]
        for (index, part) in text.split(omittingEmptySubsequences: false, whereSeparator: { marks.contains($0) }).enumerated() {
            let words = French.tokens(String(part)).map(\.word)
            if index % 2 == 1, words.count > 1 { phrases.append(words) } else { loose += part + " " }
        }
        let all = French.tokens(loose).map(\.word)
        let telling = all.filter { !French.stopwords.contains($0) }
        words = Array((telling.isEmpty && phrases.isEmpty ? all : telling).prefix(Self.limit))
        self.phrases = Array(phrases.prefix(4))
        let isUnfinished = text.last.map { $0.isLetter || $0.isNumber } ?? false
        beginning = isUnfinished ? words.last.flatMap { $0.count >= 2 && $0 == all.last ? $0 : nil } : nil
    }

    var isEmpty: Bool { words.isEmpty && phrases.isEmpty }

    /// Every word and phrase.
    var all: WordQuery {
        WordQuery(words.map(forms) + phrases.map { [.phrase($0, columns: ["surface"])] })
    }

    /// Any of them: asked when nothing has them all.
    var any: WordQuery { WordQuery([(words + loosePhrases).flatMap(forms)]) }

    var hasSeveralWords: Bool { words.count + loosePhrases.count > 1 }

    /// The words of the phrases that say something by themselves.
    private var loosePhrases: [String] { phrases.flatMap { $0 }.filter { !French.stopwords.contains($0) } }

    var stems: Set<String> { Set((words + phrases.flatMap { $0 }).map { French.stem($0) }) }

    private func forms(_ word: String) -> [WordQuery.Form] {
        let stem = WordQuery.Form.word(French.stem(word), columns: ["title", "body"])
        return word == beginning ? [stem, .prefix(word, columns: ["surface"])] : [stem]
    }
}
