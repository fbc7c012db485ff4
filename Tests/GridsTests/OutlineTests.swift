import Formats
import Testing

@testable import Grids

/// Grids pasted as people write them: what is a dimension, a question, a probe.
struct OutlineTests {
    private func shape(_ outline: GridOutline) -> [String] {
        outline.dimensions.flatMap { dimension in
            [dimension.name] + dimension.questions.flatMap { question in ["  \(question.text)"] + question.probes.map { "    \($0)" } }
        }
    }

    private let expected = ["Coopération", "  Qui coopère ?", "    Depuis quand ?", "  Comment décide-t-on ?", "Participation", "  Qui prend part ?"]

    @Test(arguments: [
        // Headings and dashes.
        "# Coopération\n\n- Qui coopère ?\n  - Depuis quand ?\n- Comment décide-t-on ?\n\n# Participation\n- Qui prend part ?",
        // Headings of two levels under a title.
        "# Ma grille\n## Coopération\n### Qui coopère ?\n- Depuis quand ?\n### Comment décide-t-on ?\n## Participation\n### Qui prend part ?",
        // Numbers.
        "1. Coopération\n1.1 Qui coopère ?\n1.1.1 Depuis quand ?\n1.2 Comment décide-t-on ?\n2. Participation\n2.1 Qui prend part ?",
        // Numbers, then dashes as a word processor pastes them.
        "1. Coopération\n\t•\tQui coopère ?\n\t\to\tDepuis quand ?\n\t•\tComment décide-t-on ?\n2. Participation\n\t•\tQui prend part ?",
        // Plain lines.
        "Coopération :\nQui coopère ?\nRelance : Depuis quand ?\nComment décide-t-on ?\n\nParticipation\nQui prend part ?",
        // Numbered questions under plain names.
        "Coopération\n1) Qui coopère ?\n   - Depuis quand ?\n2) Comment décide-t-on ?\nParticipation\n1) Qui prend part ?",
        // Mere indentation.
        "Coopération\n  Qui coopère ?\n    Relance : Depuis quand ?\n  Comment décide-t-on ?\nParticipation\n  Qui prend part ?",
        // Dashes only, Windows line ends.
        "- Coopération\r\n  - Qui coopère ?\r\n    - Depuis quand ?\r\n  - Comment décide-t-on ?\r\n- Participation\r\n  - Qui prend part ?",
        // Bold names after Roman numbers.
        "I. **Coopération**\n- Qui coopère ?\n-> Depuis quand ?\n- Comment décide-t-on ?\nII. **Participation**\n- Qui prend part ?",
    ])
    func `the same grid is read however it is laid out`(_ typed: String) {
        let outline = OutlineReader.read(typed)
        #expect(outline.faults.isEmpty, "\(outline.faults)")
        #expect(shape(outline) == expected, "\(typed)")
    }

    @Test func `each fault names its line`() {
        func faults(_ typed: String) -> [String] { OutlineReader.read(typed).faults.map { "\($0.line) \($0.kind.rawValue)" } }
        #expect(faults("\n\nQui coopère ?") == ["3 questionFirst"])
        #expect(faults("Coopération\nRelance : Quand ?\nQui ?") == ["2 probeFirst"])
        #expect(faults("1. A\n1.1 Q ?\n1.1.1 r\n1.1.1.1 trop") == ["4 tooDeep"])
        #expect(faults("# A\n- Q ?\n# a\n- q ?") == ["3 twinDimension", "4 twinQuestion"])
        #expect(faults("# A\n- \(String(repeating: "x", count: 1_001)) ?") == ["2 tooLong"])
        #expect(faults("Rien que des mots") == ["0 empty"])
        #expect(faults("# A\n" + (1...301).map { "- Q\($0) ?" }.joined(separator: "\n")) == ["302 tooMany"])
    }

    @Test func `what is left aside or bent is said, and prevents nothing`() {
        let outline = OutlineReader.read("# Grille\n## A\nDe quoi il s’agit.\n- Q ?\nUne précision.\n## B\n")
        #expect(outline.faults.isEmpty)
        #expect(outline.dimensions[0].description == "De quoi il s’agit." && outline.dimensions[0].questions[0].probes == ["Une précision."])
        #expect(outline.remarks.map { "\($0.line) \($0.kind.rawValue)" } == ["1 title", "5 precision", "0 blankDimension"])
    }

    @Test func `a number inside a sentence is no numbering`() {
        let outline = OutlineReader.read("# A\n- 3 visites par an suffisent-elles ?\n- 2021 a-t-elle changé la donne ?")
        #expect(outline.questions.map(\.text) == ["3 visites par an suffisent-elles ?", "2021 a-t-elle changé la donne ?"])
    }
}
