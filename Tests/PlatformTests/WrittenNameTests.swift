import Formats
import Testing

@testable import Platform

/// A name that is erased is found however others wrote it, and nothing else is.
@Suite struct WrittenNameTests {
    private func bare(_ text: String, _ written: [String] = ["Solène Marchand", "solene.marchand@territoires.example"]) -> String {
        WrittenNames(written).replaced(in: text, by: "X")
    }

    @Test(arguments: [
        ("SOLÈNE MARCHAND", "X"), ("Marchand Solène", "X"), ("MARCHAND, Solène", "X"), ("solene marchand", "X"),
        ("Solène  Marchand,", "X,"), ("Solène\u{A0}Marchand", "X"), ("Solène\nMarchand.", "X."), ("Sole\u{300}ne Marchand", "X"),
        ("avec Solène_Marchand.pdf", "avec X.pdf"), ("d’Solène Marchand", "d’X"), ("Solène\u{200B} Mar\u{AD}chand", "X"),
        ("facture-Solène Marchand", "facture-X"), (#"{"note":"Lu.\nSolène\n\tMarchand"}"#, #"{"note":"Lu.\nX"}"#),
        ("Solene.Marchand@TERRITOIRES.example", "X"), ("<solene.marchand@territoires.example>.", "<X>."),
    ])
    func `it is found however it is written`(_ text: String, _ expected: String) {
        #expect(bare(text) == expected)
    }

    @Test(arguments: [
        "Marchandise", "Solène", "Marchand", "Solène Marchandise", "Solène, Marchand", "Solène et Marchand", "Solène-Marchand",
        "Anne-Solène Marchand", "Solène Marchand-Dubois", "Marchand ; Solène", "Solène Marchand2", "Solène\n\nMarchandot",
        "jean.solene.marchand@territoires.example", "solene.marchand@territoires.example.org", "solène.marchand@territoires.example",
        "solene marchand@territoires.exemple2",
    ])
    func `what is somebody or something else stays`(_ text: String) {
        let expected = text.contains("@territoires.exemple2") ? "X@territoires.exemple2" : text
        #expect(bare(text) == expected)
    }

    @Test(arguments: [
        ("Solène Marchand", true), ("Li Na", true), ("Anne de la Tour", true), ("de la", false), ("a", false), ("à a", false), ("titre", false), ("Rose", false),
        ("Jean-Pierre", false), ("un nom", false), ("", false),
    ])
    func `a name of two words that say something says one person`(_ name: String, tells: Bool) {
        #expect(WrittenName.tells(name) == tells)
    }

    @Test func `neither a letter, nor a word that links others, nor a sentence is looked for at all`() {
        for name in ["a", "à", "de la", "", Array(repeating: "a", count: 57).joined(separator: " ")] { #expect(!WrittenName.isReadable(name), "\(name)") }
        for name in ["Ana", "Solène Marchand", "Maria da Conceição dos Santos"] { #expect(WrittenName.isReadable(name), "\(name)") }
    }

    @Test func `a hyphen and an apostrophe are written in several ways, the longest name first`() {
        for text in ["Jean-Pierre d’Ormesson", "JEAN PIERRE D'ORMESSON", "d\u{2019} Ormesson Jean\u{2010}Pierre", "Jean-\nPierre d'Ormesson"] {
            #expect(bare(text, ["Jean-Pierre d’Ormesson"]) == "X", "\(text)")
        }
        #expect(bare("de la Tour, Anne ; Tour Anne de la ; Anne de la Tour", ["Anne de la Tour"]) == "X ; X ; X")
        #expect(bare("Ana Zed Roux et Ana Zed", ["Ana Zed", "Ana Zed Roux"]) == "X et X")
        #expect(bare("rien", [""]) == "rien")
    }

    /// Dressed up at random, between random words, it goes whole, and what is around stays as it was.
    @Test(arguments: 0..<40) func `whatever the dress, the name goes and the rest stays`(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        for name in ["Solène Marchand", "Jean-Pierre d’Ormesson", "Anne de la Tour", "Zoë Œrsted", "Maïwenn Le Gall-Müller"] {
            let (before, after) = (words(&random), words(&random))
            let dressed = dress(name, &random)
            let text = "\(before) ; \(dressed)\(["", ".", " ", "\n", "’s"].randomElement(using: &random) ?? "")\(after.isEmpty ? "" : " ; " + after)"
            let names = WrittenNames([name])
            let rest = text.dropFirst("\(before) ; \(dressed)".count)
            #expect(names.replaced(in: text, by: "X") == "\(before) ; X\(rest)", "\(text)")
            #expect(names.areIn(text))
            #expect(!names.areIn(names.replaced(in: text, by: "une personne")))
        }
    }

    private func words(_ random: inout SplitMix) -> String {
        let some = ["Élan", "marchandise", "Solène", "l’œuvre", "🐝", "Tour", "d’Ormessons", "ﬁn", "n\u{303}a", "a@b.fr", "(vu)", "12 %", "Zoë"]
        return (0..<Int.random(in: 1...6, using: &random)).compactMap { _ in some.randomElement(using: &random) }.joined(separator: " ; ")
    }

    private func dress(_ name: String, _ random: inout SplitMix) -> String {
        var parts = name.split(separator: " ").map(String.init)
        let turn = Int.random(in: 0..<parts.count, using: &random)
        parts = Array(parts[turn...] + parts[..<turn])
        let spaces = [" ", "  ", "\u{A0}", "\u{202F}", "\n", " \r\n\t", "_", "\u{2009} "]
        let dressed = parts.map { part in
            part.map { character in
                let letter: String
                switch character {
                case "-": return ["-", "\u{2010}", "\u{2011}", " "].randomElement(using: &random) ?? ""
                case "’": return ["’", "'", "\u{2BC}"].randomElement(using: &random) ?? ""
                case "Œ": letter = ["Œ", "œ", "OE", "oe"].randomElement(using: &random) ?? ""
                default: letter = Bool.random(using: &random) ? French.fold(String(character)) : String(character)
                }
                let accent = Int.random(in: 0..<6, using: &random) == 0 ? "\u{301}" : ""
                return (Bool.random(using: &random) ? letter.uppercased() : letter.lowercased()) + accent
            }.joined()
        }
        return dressed.dropFirst().reduce(dressed[0]) { $0 + (spaces.randomElement(using: &random) ?? " ") + $1 }
    }
}
