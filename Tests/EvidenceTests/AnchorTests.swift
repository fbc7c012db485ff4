import Formats
import Platform
import Testing

@testable import Evidence

/// Where words stand in a text, counted in Unicode code points.
@Suite struct AnchorTests {
    private let farm = "👩\u{200D}🌾"

    @Test func `positions are code points, whatever the characters`() throws {
        let text = "On 🐝 décide \(farm) q\u{0303}u’oui 𝒳."
        for words in ["🐝", "décide", farm, "q\u{0303}u’oui", "𝒳"] {
            let start = try #require(CodePoints.ranges(of: words, in: text).first?.lowerBound)
            let end = start + words.unicodeScalars.count
            #expect(try Anchor.stretch(of: text, from: start, to: end, words: words).words == words)
        }
    }

    @Test func `the words between two positions are those that are found again`() throws {
        var random = SplitMix(seed: 7)
        let alphabet = ["a", "é", " ", "\n", "🐝", farm, "q\u{0303}", "𝒳", "ش", "’", "ﬁ"]
        for _ in 0..<2_000 {
            let text = CleanText.normalize((0..<20).map { _ in alphabet[Int(random.next() % 11)] }.joined())
            let count = CodePoints.count(text)
            let start = Int(random.next() % UInt64(count))
            let end = start + 1 + Int(random.next() % UInt64(count - start))
            guard let slice = CodePoints.slice(text, from: start, to: end), slice.contains(where: { !$0.isWhitespace }) else { continue }
            let stretch = try Anchor.stretch(of: text, from: start, to: end, words: slice)
            #expect(CodePoints.slice(text, from: stretch.start, to: stretch.end) == stretch.words)
            #expect(stretch.words.unicodeScalars.elementsEqual(slice.unicodeScalars))
        }
    }

    @Test func `the words sent are compared with those of the text`() throws {
        #expect(throws: Refused.self) { try Anchor.stretch(of: "On décide ensemble.", from: 3, to: 9, words: "dispute") }
        // A browser sends CRLF for each line end.
        #expect(try Anchor.stretch(of: "un\ndeux", from: 0, to: 7, words: "un\r\ndeux").words == "un\ndeux")
    }

    @Test(arguments: [(-1, 2), (2, 2), (3, 1), (0, 99), (Int.max - 1, Int.max)])
    func `positions outside the text are refused`(from: Int, to: Int) {
        #expect(throws: Refused.self) { try Anchor.stretch(of: "Quelques mots.", from: from, to: to, words: nil) }
    }

    @Test func `blanks alone are no words`() {
        #expect(throws: Refused.self) { try Anchor.stretch(of: "a   b", from: 1, to: 4, words: nil) }
        #expect(throws: Refused.self) { try Anchor.stretch(of: "a   b", words: " \n ") }
    }

    @Test func `pasted words are found, with blanks around them and decomposed accents`() throws {
        let stretch = try Anchor.stretch(of: "On décide ensemble.", words: "  de\u{0301}cide \n")
        #expect(stretch == Anchor.Stretch(start: 3, end: 9, words: "décide"))
    }

    @Test func `words that are not there are refused`() {
        #expect(throws: Refused.self) { try Anchor.stretch(of: "On décide ensemble.", words: "on vote") }
    }

    @Test func `words that stand in several places ask which`() throws {
        let text = "oui, oui, oui"
        #expect(throws: Refused.self) { try Anchor.stretch(of: text, words: "oui") }
        #expect(throws: Refused.self) { try Anchor.stretch(of: text, words: "oui", occurrence: 4) }
        #expect(try Anchor.stretch(of: text, words: "oui", occurrence: 2).start == 5)
    }
}

/// The same random numbers at each run (SplitMix64).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
