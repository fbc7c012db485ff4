import Formats
import Testing

struct DifferenceTests {
    private func old(_ blocks: [Difference.Block]) -> String {
        blocks.compactMap { block -> String? in
            switch block {
            case .same(let text), .removed(let text): text
            case .added: nil
            case .changed(let words): words.filter { $0.kind != .added }.map(\.text).joined()
            }
        }.joined(separator: "\n")
    }

    private func new(_ blocks: [Difference.Block]) -> String {
        blocks.compactMap { block -> String? in
            switch block {
            case .same(let text), .added(let text): text
            case .removed: nil
            case .changed(let words): words.filter { $0.kind != .removed }.map(\.text).joined()
            }
        }.joined(separator: "\n")
    }

    @Test func `equal texts are one block`() {
        #expect(Difference.between("a\n\nb", "a\n\nb") == [.same("a\n\nb")])
        #expect(Difference.between("", "") == [.same("")])
    }

    @Test func `a reworked paragraph shows its words`() {
        let blocks = Difference.between(
            "Intro.\n\nLa coopérative emploie dix personnes à Caen.\n\nFin.",
            "Intro.\n\nLa coopérative emploie douze personnes motivées à Caen.\n\nFin.")
        #expect(
            blocks == [
                .same("Intro.\n"),
                .changed([
                    .init(text: "La coopérative emploie ", kind: .same), .init(text: "dix", kind: .removed),
                    .init(text: "douze", kind: .added), .init(text: " personnes ", kind: .same),
                    .init(text: "motivées ", kind: .added), .init(text: "à Caen.", kind: .same),
                ]),
                .same("\nFin."),
            ])
    }

    @Test func `words that follow one another are one change`() {
        let blocks = Difference.between("un vieux mot de trop dans la phrase", "un mot neuf et beau dans la phrase")
        guard case .changed(let words)? = blocks.first else { return #expect(Bool(false)) }
        #expect(words.count <= 6, "\(words)")
    }

    @Test func `paragraphs that come and go are whole`() {
        #expect(
            Difference.between("a b c\n\nd e f", "a b c\n\nx y z\n\nd e f")
                == [.same("a b c\n"), .added("x y z\n"), .same("d e f")])
        #expect(Difference.between("seul", "") == [.removed("seul"), .added("")])
        #expect(
            Difference.between("Rien de commun ici", "Tout autre chose là")
                == [.removed("Rien de commun ici"), .added("Tout autre chose là")])
    }

    @Test func `both texts can be read back from the blocks`() {
        var random = Seeded(21)
        for _ in 0..<400 {
            let (before, after) = (Scribbles.text(&random), Scribbles.text(&random))
            let rework = Scribbles.rework(before, &random)
            for after in [after, rework] {
                let blocks = Difference.between(before, after)
                #expect(old(blocks) == before && new(blocks) == after)
            }
        }
    }

    @Test(arguments: [false, true])
    func `a megabyte is answered in time`(oneParagraph: Bool) {
        var random = Seeded(4)
        var words = (0..<160_000).map { _ in Scribbles.words.randomElement(using: &random) ?? "" }
        func text() -> String {
            words.enumerated().map { $1 + (oneParagraph || $0 % 60 != 59 ? " " : "\n\n") }.joined()
        }
        let before = text()
        for _ in 0..<4_000 { words[Int.random(in: 0..<words.count, using: &random)] = "neuf" }
        let after = text()
        let clock = ContinuousClock()
        var blocks: [Difference.Block] = []
        let time = clock.measure { blocks = Difference.between(before, after) }
        #expect(old(blocks) == before && new(blocks) == after)
        // Generous for an unoptimised build on a busy machine; optimised, it takes well under a second.
        #expect(time < .seconds(20), "\(time)")
    }
}
