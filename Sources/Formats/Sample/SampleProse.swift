/// French drawn from a vocabulary by Zipf's law, always the same for the same seed: for measures of speed, never for a real site.
///
/// What it writes comes with its words as the search knows them, so that many texts are indexed in little time.
package struct SampleProse: Sendable {
    private var state: UInt64

    package init(seed: Int, _ number: Int = 0) {
        state = (UInt64(bitPattern: Int64(seed)) &+ 1) &* 0x9E37_79B9_7F4A_7C15 ^ (UInt64(bitPattern: Int64(number)) &+ 1) &* 0xD1B5_4A32_D192_ED03
        if state == 0 { state = 1 }
        for _ in 0..<4 { _ = next() }
    }

    /// Some words, and what the search makes of them.
    package struct Passage: Sendable, Equatable {
        package fileprivate(set) var text = ""
        /// What `French.stems` and the words of `French.tokens` give of the text, each after a space but the first.
        package fileprivate(set) var stems = ""
        package fileprivate(set) var surface = ""

        package init() {}

        package static func + (left: Passage, right: Passage) -> Passage {
            var both = left
            both.text += right.text
            if !right.stems.isEmpty {
                both.stems += (both.stems.isEmpty ? "" : " ") + right.stems
                both.surface += (both.surface.isEmpty ? "" : " ") + right.surface
            }
            return both
        }

        /// With something between the two that is not a word.
        package mutating func append(_ other: Passage, after mark: String) {
            text += mark
            self = self + other
        }

        fileprivate mutating func add(_ word: SampleLexicon.Word, isFirst: Bool) {
            if !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += " " }
            text += isFirst ? word.written.prefix(1).uppercased() + word.written.dropFirst() : word.written
            if !stems.isEmpty {
                stems += " "
                surface += " "
            }
            stems += word.stem
            surface += word.surface
        }
    }

    /// xorshift64*.
    private mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    package mutating func number(below limit: Int) -> Int { Int((next() >> 33) % UInt64(max(1, limit))) }

    /// « Territoire pour coopération dans jardin ».
    package mutating func title() -> Passage { line(words: 3 + number(below: 3)) }

    /// One sentence, its point included.
    package mutating func sentence() -> Passage {
        var sentence = line(words: 6 + number(below: 8))
        sentence.text += "."
        return sentence
    }

    package mutating func paragraph(sentences: Int) -> Passage {
        var paragraph = sentence()
        for _ in 1..<max(1, sentences) { paragraph.append(sentence(), after: " ") }
        return paragraph
    }

    /// « Adèle Vigneron ».
    package mutating func person() -> String {
        let first = SampleLexicon.firstNames[number(below: SampleLexicon.firstNames.count)]
        return "\(first) \(SampleLexicon.lastNames[number(below: SampleLexicon.lastNames.count)])"
    }

    private mutating func line(words count: Int) -> Passage {
        var line = Passage()
        for index in 0..<count {
            if index > 0, number(below: 3) > 0 { line.add(SampleLexicon.links[number(below: SampleLexicon.links.count)], isFirst: false) }
            let rank = SampleLexicon.ranks[Int(next() >> 48)]
            line.add(SampleLexicon.words[Int(rank)], isFirst: index == 0)
        }
        return line
    }
}
