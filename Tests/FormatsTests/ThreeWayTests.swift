import Formats
import Testing

struct ThreeWayTests {
    private let base = "Titre\n\nPremier paragraphe.\n\nSecond paragraphe.\n\nFin."

    @Test func `changes in different paragraphs are both kept`() {
        let mine = base.replacing("Premier", with: "Tout premier")
        let theirs = base.replacing("Fin.", with: "Fin heureuse.") + "\n\nMerci."
        let merge = ThreeWay.merge(base: base, mine: mine, theirs: theirs)
        #expect(merge.isClean)
        #expect(merge.proposed == mine.replacing("Fin.", with: "Fin heureuse.\n\nMerci."))
        #expect(merge.pieces.contains(.mine("Tout premier paragraphe.\n")))
        #expect(merge.pieces.last == .theirs("Fin heureuse.\n\nMerci.\n"))
    }

    @Test func `changes in the same paragraph are a conflict that keeps both`() {
        let mine = base.replacing("Second", with: "Deuxième")
        let theirs = base.replacing("Second", with: "Autre")
        let merge = ThreeWay.merge(base: base, mine: mine, theirs: theirs)
        #expect(!merge.isClean)
        #expect(
            merge.pieces == [
                .common("Titre\n\nPremier paragraphe.\n\n"),
                .conflict(base: "Second paragraphe.\n", mine: "Deuxième paragraphe.\n", theirs: "Autre paragraphe.\n"),
                .common("\nFin.\n"),
            ])
        #expect(merge.proposed == base.replacing("Second", with: "Deuxième paragraphe.\n\nAutre"))
        #expect(merge.text { $0.mine } == mine && merge.text { $0.theirs } == theirs && merge.text { $0.base } == base)
        #expect(merge.text { _ in "choisi" } == base.replacing("Second paragraphe.", with: "choisi"))
    }

    @Test func `what one removed and the other reworked stays`() {
        let mine = base.replacing("Second paragraphe.\n\n", with: "")
        let theirs = base.replacing("Second", with: "Deuxième")
        let merge = ThreeWay.merge(base: base, mine: mine, theirs: theirs)
        #expect(!merge.isClean && merge.proposed.contains("Deuxième paragraphe."))
    }

    @Test func `the same change made by both is no conflict`() {
        let both = base.replacing("Titre", with: "Beau titre")
        #expect(ThreeWay.merge(base: base, mine: both, theirs: both).pieces == [.common(both + "\n")])
    }

    @Test func `empty texts merge`() {
        #expect(ThreeWay.merge(base: "", mine: "", theirs: "").proposed == "")
        #expect(ThreeWay.merge(base: "", mine: "a", theirs: "").proposed == "a")
        #expect(ThreeWay.merge(base: "", mine: "a", theirs: "b").proposed == "a\n\nb")
        #expect(ThreeWay.merge(base: "a", mine: "", theirs: "a").proposed == "")
    }

    @Test func `merging with an unchanged text, or the same one, gives the text`() {
        var random = Seeded(31)
        for _ in 0..<500 {
            let base = Scribbles.text(&random)
            let text = Bool.random(using: &random) ? Scribbles.rework(base, &random) : Scribbles.text(&random)
            for merge in [
                ThreeWay.merge(base: base, mine: text, theirs: base),
                ThreeWay.merge(base: base, mine: base, theirs: text),
                ThreeWay.merge(base: base, mine: text, theirs: text),
            ] {
                #expect(merge.isClean && merge.proposed == text)
            }
        }
    }

    @Test func `no line that somebody wrote is lost, and each keeps its order`() {
        var random = Seeded(32)
        for _ in 0..<1_500 {
            let base = Scribbles.text(&random)
            let mine = Scribbles.rework(base, &random)
            let theirs = Bool.random(using: &random) ? Scribbles.rework(base, &random) : Scribbles.text(&random)
            let merge = ThreeWay.merge(base: base, mine: mine, theirs: theirs)
            // Every line kept by both or written by either: with repeated lines, count them.
            let (inBase, inMine, inTheirs) = (count(base), count(mine), count(theirs))
            let proposed = count(merge.proposed)
            for (line, wanted) in inMine.merging(inTheirs, uniquingKeysWith: max) {
                let (before, here, there) = (inBase[line] ?? 0, inMine[line] ?? 0, inTheirs[line] ?? 0)
                let removed = max(0, before - here) + max(0, before - there)
                #expect((proposed[line] ?? 0) >= wanted - removed, "\(line)")
            }
            #expect(merge.text { $0.mine } == rebuilt(merge, mine: true))
        }
    }

    @Test func `who is first changes nothing when there is no conflict`() {
        var random = Seeded(33)
        var clean = 0
        for _ in 0..<1_500 {
            let base = Scribbles.text(&random)
            let mine = Scribbles.rework(base, &random)
            let theirs = Scribbles.rework(base, &random)
            let merge = ThreeWay.merge(base: base, mine: mine, theirs: theirs)
            let other = ThreeWay.merge(base: base, mine: theirs, theirs: mine)
            #expect(merge.isClean == other.isClean)
            guard merge.isClean else { continue }
            clean += 1
            #expect(merge.proposed == other.proposed)
        }
        #expect(clean > 300)
    }

    private func count(_ text: String) -> [Substring: Int] {
        text.split(separator: "\n").reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private func rebuilt(_ merge: ThreeWay.Result, mine: Bool) -> String {
        let text = merge.pieces.map { piece in
            switch piece {
            case .common(let lines), .mine(let lines), .theirs(let lines): lines
            case .conflict(_, let mine, _): mine
            }
        }.joined()
        return String(text.dropLast())
    }
}
