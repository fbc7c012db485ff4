import Formats
import Testing

struct CleanTextTests {
    private func same(_ left: String, _ right: String) -> Bool {
        Array(left.unicodeScalars) == Array(right.unicodeScalars)
    }

    @Test func `decomposed accents are composed`() {
        #expect(same(CleanText.normalize("e\u{0301}te\u{0301} cœur"), "été cœur"))
        #expect(same(CleanText.normalize("\u{212B}"), "\u{C5}"))
    }

    @Test func `no character carries more marks than a language has, wherever it comes from`() throws {
        let marks = String(repeating: "\u{301}\u{323}", count: 20_000)
        #expect("a\(marks)b".streamSafe.unicodeScalars.count == 32)
        #expect(CleanText.normalize("a\(marks)b").unicodeScalars.count <= 32)
        let field = try #require(URLForm.parse(Array("\(URLForm.encode("a" + marks))=\(URLForm.encode("b" + marks))".utf8)).first)
        #expect(field.0.unicodeScalars.count == 31 && field.1.unicodeScalars.count == 31)
        #expect(try JSONValue.parse(Array("{\"a\": \"b\(marks)\"}".utf8))["a"]?.string?.unicodeScalars.count == 31)
        for word in ["été", "\u{0635}\u{064E}\u{0651}", "👩‍🌾"] { #expect(same(word.streamSafe, word)) }
    }

    @Test func `every line end becomes a line feed`() {
        #expect(CleanText.normalize("a\r\nb\rc\nd\u{2028}e\u{85}f\u{0B}g\r\r\nh") == "a\nb\nc\nd\ne\nf\ng\n\nh")
    }

    @Test func `controls, marks and noncharacters vanish`() {
        #expect(CleanText.normalize("\u{FEFF}a\u{0}b\u{7}\u{1B}[0m\u{9B}c\td  ") == "ab[0mc\td  ")
        let noncharacters: [UInt32] = [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF]
        var scalars = "a".unicodeScalars
        scalars.append(contentsOf: noncharacters.compactMap(Unicode.Scalar.init))
        #expect(CleanText.normalize(String(scalars)) == "a")
    }

    @Test func `emoji, joiners and right-to-left text stay`() {
        let text = "👩‍🌾 🇫🇷 👍🏽 שלום العربية\u{200E}"
        #expect(same(CleanText.normalize(text), text))
    }

    @Test func `a bidirectional control stays only with its partner in the same paragraph`() {
        #expect(same(CleanText.normalize("a\u{2067}b\u{2069}c"), "a\u{2067}b\u{2069}c"))
        #expect(same(CleanText.normalize("a\u{202E}bc\nd\u{202C}e"), "abc\nde"))
        #expect(same(CleanText.normalize("\u{2066}\u{202B}x\u{2069}\u{202C}"), "\u{2066}x\u{2069}"))
        #expect(same(CleanText.normalize("\u{202A}\u{2067}x\u{202C}"), "x"))
    }

    @Test func `normalising twice changes nothing more`() {
        var random = Seeded(1)
        let alphabet: [Unicode.Scalar] = [
            "a", "e", "\u{301}", "\u{327}", "\r", "\n", "\u{202E}", "\u{202C}", "\u{2067}", "\u{2069}", "\u{0}",
            "\u{1100}", "\u{1161}", "😀",
        ]
        for _ in 0..<500 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<12 { scalars.append(alphabet.randomElement(using: &random) ?? "a") }
            let once = CleanText.normalize(String(scalars))
            #expect(same(CleanText.normalize(once), once))
        }
    }

    @Test func `a line has no line end and no outer space`() {
        #expect(CleanText.line("  Visite\r\nde\tCaen\u{A0} ") == "Visite de Caen")
        #expect(CleanText.line("\n \n").isEmpty)
    }

    @Test(arguments: [
        ("", 0), ("  \n", 0), ("L'eau, c’est la vie !", 4), ("« oui » : 12 500 € – non", 4), ("- **mot**\n\nmot", 2),
        ("e\u{301}te\u{301}", 1), ("שלום עולם", 2), ("porte-parole", 1),
    ])
    func `words are counted as word processors do`(text: String, count: Int) {
        #expect(CleanText.wordCount(text) == count)
    }
}
