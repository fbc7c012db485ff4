import Foundation
import Testing

@testable import Formats

struct ParagraphMergeTests {
    private let base = "Titre\n\nPremier paragraphe.\n\nSecond paragraphe.\n\nFin."

    private func merge(_ mine: String, _ theirs: String, from base: String? = nil) -> ParagraphMerge {
        ParagraphMerge(base: base ?? self.base, mine: mine, theirs: theirs)
    }

    @Test func `changes in neighbouring paragraphs are put together`() {
        let mine = base.replacing("Premier", with: "Tout premier")
        let theirs = base.replacing("Second", with: "Deuxième") + "\n\nMerci."
        let merged = merge(mine, theirs)
        #expect(merged.contested.isEmpty)
        #expect(merged.text == "Titre\n\nTout premier paragraphe.\n\nDeuxième paragraphe.\n\nFin.\n\nMerci.")
    }

    @Test func `a paragraph that both reworked is kept twice and said`() {
        let merged = merge(base.replacing("Second", with: "Deuxième"), base.replacing("Second", with: "Autre"))
        #expect(merged.text == "Titre\n\nPremier paragraphe.\n\nAutre paragraphe.\n\nDeuxième paragraphe.\n\nFin.")
        #expect(merged.contested == [.init(base: "Second paragraphe.", mine: "Deuxième paragraphe.", theirs: "Autre paragraphe.")])
    }

    @Test func `a paragraph that one took out and the other reworked stays, and is said`() {
        let merged = merge(base.replacing("Second paragraphe.\n\n", with: ""), base.replacing("Second", with: "Deuxième"))
        #expect(merged.text.contains("Deuxième paragraphe.") && merged.contested.count == 1)
        #expect(merge(base.replacing("Second paragraphe.\n\n", with: ""), base).text == "Titre\n\nPremier paragraphe.\n\nFin.")
    }

    @Test func `a text that both wrote anew is kept in both versions and said`() {
        let merged = merge("Tout autre chose.", "Une page blanche, pour commencer.\n\nEt puis.")
        #expect(merged.contested.count == 1 && merged.contested[0].mine == "Tout autre chose.")
        #expect(merged.text.contains("Tout autre chose.") && merged.text.contains("Et puis.") && !merged.text.contains("Titre"))
    }

    @Test func `paragraphs that two people add at one place are both there`() {
        let merged = merge(base + "\n\nDe Bo.", base + "\n\nD’Ana.\n\nEncore d’Ana.")
        #expect(merged.contested.isEmpty)
        #expect(merged.text == base + "\n\nDe Bo.\n\nD’Ana.\n\nEncore d’Ana." || merged.text == base + "\n\nD’Ana.\n\nEncore d’Ana.\n\nDe Bo.")
    }

    @Test func `a list and a block of code are one paragraph each`() {
        #expect(Paragraphs.of("- un\n- deux\n\n```\na\n\nb\n```\n\n\n  \nFin") == ["- un\n- deux", "```\na\n\nb\n```", "Fin"])
        #expect(Paragraphs.of("~~~\nouvert\n\njusqu’au bout") == ["~~~\nouvert\n\njusqu’au bout"])
        #expect(Paragraphs.of("\n \n") == [])
    }

    @Test func `empty texts merge`() {
        #expect(merge("", "", from: "").text == "")
        #expect(merge("a", "", from: "").text == "a")
        #expect(merge("", "a", from: "a").text == "")
        #expect(merge("a", "b", from: "").text == "a\n\nb" && merge("b", "a", from: "").text == "a\n\nb")
    }

    @Test func `with an unchanged text, or the same one, the merge is the text`() {
        var random = Seeded(41)
        for _ in 0..<500 {
            let base = prose(&random)
            let text = rework(base, &random)
            for merged in [merge(text, base, from: base), merge(base, text, from: base), merge(text, text, from: base)] {
                #expect(merged.contested.isEmpty && merged.text == Paragraphs.joined(Paragraphs.of(text)))
            }
        }
    }

    @Test func `whoever is first, and however often it is merged, the result is the same`() {
        var random = Seeded(42)
        var contested = 0
        for _ in 0..<2_000 {
            let base = prose(&random)
            let (mine, theirs) = (rework(base, &random), rework(base, &random))
            let merged = merge(mine, theirs, from: base)
            let other = merge(theirs, mine, from: base)
            #expect(merged.text == other.text && merged.contested.count == other.contested.count)
            for version in [mine, theirs] where merged.contested.isEmpty {
                let again = merge(version, merged.text, from: base)
                #expect(again.text == merged.text)
                // A paragraph taken out beside one that looks like it cannot be told from one that was reworked: it is said.
                if Set(Paragraphs.of(base)).isSubset(of: Paragraphs.of(version)) { #expect(again.contested.isEmpty) }
            }
            contested += merged.contested.isEmpty ? 0 : 1
        }
        #expect(contested > 100)
    }

    @Test func `no paragraph that somebody wrote is lost`() {
        var random = Seeded(43)
        for _ in 0..<2_000 {
            let base = prose(&random)
            let (mine, theirs) = (rework(base, &random), rework(base, &random))
            let merged = Set(Paragraphs.of(merge(mine, theirs, from: base).text))
            let old = Set(Paragraphs.of(base))
            for version in [mine, theirs] {
                for paragraph in Paragraphs.of(version) where !old.contains(paragraph) { #expect(merged.contains(paragraph)) }
            }
        }
    }

    @Test func `people who each rework paragraphs of their own are merged alike in any order`() {
        var random = Seeded(44)
        for _ in 0..<300 {
            let paragraphs = (0..<8).map { "Le paragraphe \($0) dit ceci de la visite." }
            let base = paragraphs.joined(separator: "\n\n")
            let owners = (0..<8).map { _ in Int.random(in: 0..<4, using: &random) }
            let versions = (0..<4).map { person in
                zip(paragraphs, owners).map { $1 == person ? "\($0) Et cela, ajouté par \(person)." : $0 }.joined(separator: "\n\n")
            }
            let expected = zip(paragraphs, owners).map { "\($0) Et cela, ajouté par \($1)." }.joined(separator: "\n\n")
            var arrivals = versions + versions
            arrivals.shuffle(using: &random)
            let result = arrivals.reduce(base) { head, version in merge(version, head, from: base).text }
            #expect(result == expected)
        }
    }

    private func prose(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { "Paragraphe \($0) : \(Scribbles.line(&random))." }.joined(separator: "\n\n")
    }

    /// The text with some paragraphs taken out, added or reworked.
    private func rework(_ text: String, _ random: inout Seeded) -> String {
        var paragraphs = text.isEmpty ? [] : text.components(separatedBy: "\n\n")
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...paragraphs.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: paragraphs.insert("Nouveau \(Int.random(in: 0..<1_000_000, using: &random)) \(Scribbles.line(&random)).", at: place)
            case 1 where place < paragraphs.count: paragraphs.remove(at: place)
            default: if place < paragraphs.count { paragraphs[place] += " \(Int.random(in: 0..<1_000_000, using: &random))" }
            }
        }
        return paragraphs.joined(separator: "\n\n")
    }
}
