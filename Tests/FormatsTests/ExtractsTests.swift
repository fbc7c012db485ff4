import Formats
import Testing

struct ExtractsTests {
    private let text = """
        La visite commence à la gare. On marche jusqu'à l'épicerie. Il pleut, mais personne ne s'en plaint, et les voisines
        sont là depuis le matin pour accueillir tout le monde avec du café et des gâteaux faits maison, comme chaque année.

        L'économie sociale tient ici dans une coopérative d'habitants : les coopérations se nouent autour d'un repas.
        Puis chacun rentre chez soi, fatigué et content, avec l'idée de revenir au printemps pour voir ce qui aura changé.
        """

    private func shown(_ pieces: [Extracts.Piece]) -> String { pieces.map(\.text).joined() }
    private func found(_ pieces: [Extracts.Piece]) -> [String] { pieces.filter(\.isMatch).map(\.text) }

    @Test func `the best window is shown with its words marked`() {
        let stems = Set(["coopération", "économie"].map(French.stem))
        let pieces = Extracts.make(from: text, matching: stems, prefix: nil, length: 120)
        #expect(found(pieces) == ["économie", "coopérative", "coopérations"])
        #expect(shown(pieces).hasPrefix("… ") && shown(pieces).hasSuffix(" …"))
        #expect(shown(pieces).contains("L'économie sociale tient ici"))
        #expect(shown(pieces).unicodeScalars.count <= 130 && !shown(pieces).contains("\n"))
    }

    @Test func `a word still being typed is matched by its beginning`() {
        let pieces = Extracts.make(from: text, matching: [], prefix: "epic", length: 60)
        #expect(found(pieces) == ["épicerie"])
        #expect(shown(pieces).contains("jusqu'à l'épicerie."))
    }

    @Test func `without a match the beginning is shown`() {
        let pieces = Extracts.make(from: text, matching: ["zzz"], prefix: nil, length: 40)
        #expect(pieces == [.init(text: "La visite commence à la gare. On marche …", isMatch: false)])
    }

    @Test func `short, empty and wordless texts are shown whole`() {
        #expect(shown(Extracts.make(from: "Bonjour !", matching: ["bonjour"], prefix: nil)) == "Bonjour !")
        #expect(Extracts.make(from: "", matching: [], prefix: nil).isEmpty)
        #expect(Extracts.make(from: " … ", matching: [], prefix: "").isEmpty)
        let word = String(repeating: "a", count: 500)
        #expect(shown(Extracts.make(from: word, matching: [], prefix: "aa")) == word)
    }

    @Test func `the end of a text is filled backwards`() {
        let pieces = Extracts.make(from: text, matching: [French.stem("changé")], prefix: nil, length: 100)
        #expect(found(pieces) == ["changé"])
        #expect(shown(pieces).hasSuffix("aura changé.") && shown(pieces).unicodeScalars.count > 80)
    }

    @Test func `any words at any length give whole words of the text`() {
        var random = Seeded(2)
        let words = Set(French.tokens(text).map { String(text[$0.range]) })
        for _ in 0..<300 {
            let stems = Set((0..<3).compactMap { _ in words.randomElement(using: &random) }.map(French.stem))
            let length = Int.random(in: 1...400, using: &random)
            let pieces = Extracts.make(from: text, matching: stems, prefix: nil, length: length)
            let all = shown(pieces)
            #expect(French.tokens(all).allSatisfy { words.contains(String(all[$0.range])) })
            #expect(found(pieces).allSatisfy { stems.contains(French.stem($0)) } && !found(pieces).isEmpty)
        }
    }
}
