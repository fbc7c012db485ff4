import Formats
import Testing

struct CodePointsTests {
    private let text = "Été 👩‍🌾 e\u{301}té.\r\nשלום"

    @Test func `places are counted in code points`() {
        #expect(CodePoints.count(text) == 19 && CodePoints.count("") == 0)
        #expect(CodePoints.slice(text, from: 0, to: 3) == "Été")
        #expect(CodePoints.slice(text, from: 4, to: 7)?.unicodeScalars.map(\.value) == [0x1F469, 0x200D, 0x1F33E])
        #expect(CodePoints.slice(text, from: 12, to: 13)?.unicodeScalars.first == ".")
        #expect(CodePoints.slice(text, from: 19, to: 19) == "")
    }

    @Test func `places that are not there give nothing`() {
        #expect(CodePoints.slice("abc", from: -1, to: 2) == nil && CodePoints.slice("abc", from: 2, to: 1) == nil)
        #expect(CodePoints.slice("abc", from: 0, to: 4) == nil && CodePoints.slice("abc", from: 4, to: 4) == nil)
    }

    @Test func `words are found exactly as written`() {
        #expect(CodePoints.ranges(of: "té", in: text) == [1..<3, 10..<12])
        #expect(CodePoints.ranges(of: "aa", in: "aaaaa") == [0..<2, 2..<4])
        #expect(CodePoints.ranges(of: "é", in: "e\u{301}").isEmpty && CodePoints.ranges(of: "", in: "a").isEmpty)
        #expect(CodePoints.ranges(of: "abc", in: "ab").isEmpty)
    }

    @Test func `what is around is given as far as it goes`() {
        let around = CodePoints.context("0123456789", 3..<6, around: 2)
        #expect(around == ("12", "67"))
        #expect(
            CodePoints.context("abc", 0..<3) == ("", "") && CodePoints.context("abc", 5..<9, around: 2) == ("bc", ""))
    }

    @Test func `what is found is what is cut`() {
        var random = Seeded(6)
        for _ in 0..<500 {
            let text = Scribbles.text(&random)
            let count = CodePoints.count(text)
            let from = Int.random(in: 0...count, using: &random)
            let to = Int.random(in: from...count, using: &random)
            guard from < to, let words = CodePoints.slice(text, from: from, to: to) else { continue }
            let ranges = CodePoints.ranges(of: words, in: text)
            #expect(ranges.allSatisfy { CodePoints.slice(text, from: $0.lowerBound, to: $0.upperBound) == words })
            #expect(!ranges.isEmpty)
        }
    }
}
