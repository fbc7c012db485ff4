import Formats
import Testing

struct YAMLTreeTests {
    private func failure(_ text: String) -> YAMLTree.Failure? {
        do throws(YAMLTree.Failure) {
            _ = try YAMLTree.read(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func `positions, order and words are kept`() throws {
        let text = "format: essaim-programme/1\nvisites:\n  - ville: Caen\n    date: 2026-04-14\n    code: 007\n"
        let tree = try YAMLTree.read(text)
        let visit = try #require(tree["visites"]?.list?.first)
        #expect(tree.map?.map(\.key) == ["format", "visites"])
        #expect(visit.line == 3 && visit.column == 5)
        #expect(visit.map?.map(\.keyLine) == [3, 4, 5])
        #expect(visit["date"]?.scalar == "2026-04-14")
        #expect(visit["code"]?.scalar == "007" && visit["code"]?.line == 5 && visit["code"]?.column == 11)
    }

    @Test func `nothing is typed and quotes are known`() throws {
        let tree = try YAMLTree.read("a: yes\nb: ~\nc: \"~\"\nd:\ne: |\n  deux\n  lignes\n")
        #expect(tree["a"]?.scalar == "yes")
        #expect(tree["b"]?.isNull == true && tree["c"]?.isNull == false && tree["d"]?.isNull == true)
        #expect(tree["e"]?.scalar == "deux\nlignes\n")
        guard case .scalar("deux\nlignes\n", quoted: true)? = tree["e"]?.kind else { throw Missing() }
    }

    @Test func `JSON is read alike, emoji escapes included`() throws {
        let json = "{\n\t\"titre\": \"caf\\u00e9 \\ud83c\\udf31 \\\\ud83c\",\n\t\"liste\": [1, true, null]\n}"
        let tree = try YAMLTree.read(json)
        #expect(tree["titre"]?.scalar == "café 🌱 \\ud83c")
        #expect(tree["liste"]?.list?.compactMap(\.scalar) == ["1", "true", "null"])
        #expect(tree["liste"]?.line == 3)
    }

    @Test func `a byte order mark is stepped over`() throws {
        #expect(try YAMLTree.read("\u{FEFF}a: 1")["a"]?.scalar == "1")
        #expect(try YAMLTree.read(bytes: [0xEF, 0xBB, 0xBF] + Array("a: é".utf8))["a"]?.scalar == "é")
    }

    @Test func `a key twice is refused where it comes again`() {
        #expect(failure("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n") == .init(line: 5, column: 3, reason: .duplicateKey("c")))
        #expect(failure("\"a\": 1\na: 2")?.reason == .duplicateKey("a"))
        #expect(failure("{\"a\": 1, \"a\": 2}")?.reason == .duplicateKey("a"))
        #expect(failure("1: x\n\"1\": y") == .init(line: 2, column: 1, reason: .duplicateKey("1")))
    }

    @Test(arguments: [
        "a: &x 1\nb: *x", "a: &x [1]", "a: *x", "- &a [x]\n- &b [*a,*a]\n- ? [*b,*b]\n  : 1", "&a key: 1", "[&a a, *a]",
    ])
    func `anchors and aliases are refused`(text: String) {
        #expect(failure(text)?.reason == .aliasRefused)
    }

    @Test func `a chain of aliases is refused at once, with its place`() {
        var text = "k0: &k0 [x, x]\n"
        for level in 1...40 { text += "k\(level): &k\(level) [*k\(level - 1), *k\(level - 1)]\n" }
        text += "? *k40\n: 1\n"
        #expect(failure(text) == .init(line: 2, column: 10, reason: .aliasRefused))
    }

    @Test func `prose with stars and ampersands is only prose`() throws {
        let tree = try YAMLTree.read("t: |\n  *mot* & **gras** R&D\n  * point\n  Recherche & action\nu: a & b * c")
        #expect(tree["u"]?.scalar == "a & b * c")
    }

    @Test func `too deep, too large, empty and tagged are told apart`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(failure(nested(32)) == nil)
        #expect(failure(nested(40))?.reason == .tooDeep)
        #expect(failure(nested(200_000))?.reason == .tooDeep)
        #expect(failure(String(repeating: "- ", count: 100_000) + "x")?.reason == .tooDeep)
        #expect(failure(String(repeating: "a", count: 2_097_153))?.reason == .tooLarge)
        #expect(failure("")?.reason == .empty && failure("# rien\n\n")?.reason == .empty)
        #expect(failure("a: !!binary aGk=")?.reason == .syntax("tags are not read"))
        #expect(failure("? [a]\n: 1")?.reason == .syntax("a key must be a word"))
    }

    @Test func `characters that cannot be are refused with their place`() {
        #expect(failure("a: 1\nb: x\u{0}y") == .init(line: 2, column: 5, reason: .encoding))
        #expect(failure("é: \u{1B}") == .init(line: 1, column: 4, reason: .encoding))
        let latin1 = Array("a: 1\nt: caf".utf8) + [0xE9] + Array("\n".utf8)
        #expect(throws: YAMLTree.Failure(line: 2, column: 7, reason: .encoding)) { try YAMLTree.read(bytes: latin1) }
    }

    @Test(arguments: [
        ("a: 1\n  b: 2", 2), ("a: [1, 2\nb: 3", 2), ("a: \"x", 1), ("\ta: 1", 1), ("a: 1\n---\nb: 2", 2),
        ("a: 1\n- b", 2),
        ("{a: 1", 1), ("a: b: c", 1), ("a: @x", 1),
    ])
    func `broken files say on which line`(text: String, line: Int) throws {
        let found = try #require(failure(text))
        guard case .syntax(let words) = found.reason else { throw Missing() }
        #expect(!words.isEmpty && found.line >= line && found.line <= line + 1)
    }

    @Test func `rubbish never brings the reader down`() {
        var random = Seeded(7)
        for _ in 0..<2_000 {
            let bytes = random.bytes(Int.random(in: 0...60, using: &random), often: "ab:-?[]{}&*!|>'\"%@`#, \n\t\\u")
            _ = try? YAMLTree.read(bytes: bytes)
            _ = try? YAMLTree.read(String(decoding: bytes, as: UTF8.self))
        }
    }

    private struct Missing: Error {}
}
