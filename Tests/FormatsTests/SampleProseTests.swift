import Testing

@testable import Formats

@Suite struct SampleProseTests {
    @Test func `a sample comes with the words that the search would find in it`() {
        var prose = SampleProse(seed: 1)
        for _ in 0..<200 {
            var passage = prose.title()
            passage.append(prose.paragraph(sentences: 4), after: "\n\n")
            #expect(passage.stems == French.stems(passage.text).joined(separator: " "))
            #expect(passage.surface == French.tokens(passage.text).map(\.word).joined(separator: " "))
        }
    }

    @Test func `the same seed writes the same, another writes something else`() {
        func text(_ seed: Int, _ number: Int) -> String {
            var prose = SampleProse(seed: seed, number)
            return prose.paragraph(sentences: 3).text
        }
        #expect(text(7, 3) == text(7, 3))
        #expect(Set((0..<50).map { text(7, $0) }).count == 50)
        #expect(text(7, 3) != text(8, 3))
    }

    @Test func `the first word comes often, the last ones hardly ever`() {
        let counts = Dictionary(SampleLexicon.ranks.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(SampleLexicon.ranks.count == 1 << 16)
        #expect(counts[0]! * 10 > 19 * counts[1]! && counts[1]! > counts[9]!)
        #expect(SampleLexicon.words.count > 3_000)
        #expect(Set(SampleLexicon.words.map(\.written)).count == SampleLexicon.words.count)
    }
}
