import Formats
import Testing

struct JSONTests {
    private func reason(_ text: String) -> JSONValue.Failure.Reason? {
        do throws(JSONValue.Failure) {
            _ = try JSONValue.parse(text.utf8)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a document is read with its types`() throws {
        let value = try JSONValue.parse(
            " {\"a\": [1, -2.5e1, true, null, \"\\u00e9\\ud83c\\udf31\\n\"], \"b\": {}, \"c\": 9007199254740993} ".utf8)
        #expect(value["a"]?[0]?.int == 1 && value["a"]?[1]?.double == -25 && value["a"]?[2]?.bool == true)
        #expect(value["a"]?[3]?.isNull == true && value["a"]?[4]?.string == "é🌱\n" && value["a"]?[5] == nil)
        #expect(value["b"]?.object?.isEmpty == true && value["c"]?.int == 9_007_199_254_740_993)
        #expect(value["z"] == nil && value["a"]?["x"] == nil && value[0] == nil)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5", "+1", "1e", "tru", "\"a", "\"\\x\"", "\"\t\"",
        "[1] 2",
        "'a'", "NaN", "{\"a\" 1}", "[1 2]", "\"\\u12\"", "\"\\u+123\"",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(reason(text) == .syntax)
    }

    @Test func `what would be ambiguous is refused`() {
        #expect(reason("{\"a\":1,\"a\":2}") == .duplicateKey("a"))
        #expect(reason("\"\\ud83c\"") == .encoding && reason("\"\\udf31\"") == .encoding)
        #expect(reason("\"\\ud83c\\u0041\"") == .encoding)
        #expect(reason("1e999") == .numberOutOfRange)
        #expect(throws: JSONValue.Failure(offset: 0, reason: .encoding)) { try JSONValue.parse([34, 0xE9, 34]) }
    }

    @Test func `depth is limited`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(reason(nested(64)) == nil)
        #expect(reason(nested(65)) == .tooDeep && reason(nested(100_000)) == .tooDeep)
    }

    @Test func `rubbish never brings the reader down`() {
        var random = Seeded(5)
        for _ in 0..<5_000 { _ = try? JSONValue.parse(random.bytes(24, often: "{}[]\",:\\u0e-1.truefalsn ")) }
    }

    @Test func `the canonical form of RFC 8785 is written`() throws {
        // The RFC's own examples (§3.2.2 and §3.2.3).
        let example = """
            {"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
            "string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}
            """
        #expect(
            CanonicalJSON.encode(try JSONValue.parse(example.utf8))
                == "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")
        let keys = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1f600}", "\u{80}", "\u{f6}"]
        let object = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.map { ($0, .null) }))
        let sorted = ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"]
        #expect(CanonicalJSON.encode(object) == "{" + sorted.map { "\"\($0)\":null" }.joined(separator: ",") + "}")
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (.leastNonzeroMagnitude, "5e-324"), (-.leastNonzeroMagnitude, "-5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992, "9007199254740992"), (0x1p68, "295147905179352830000"), (1e21, "1e+21"),
        (9.999999999999997e22, "9.999999999999997e+22"), (1e23, "1e+23"), (1e20, "100000000000000000000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"), (333333333.3333332, "333333333.3333332"), (-1234.5, "-1234.5"), (0.1, "0.1"), (100, "100"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"), (1424953923781206.2, "1424953923781206.2"),
    ])
    func `numbers are written as ECMAScript does`(number: Double, text: String) {
        #expect(CanonicalJSON.encode(.double(number)) == text)
    }

    @Test func `writing and reading are one round`() throws {
        let value = JSONValue.object([
            "texte": .string("l'été \u{7F}\u{1}\u{2028} 👩‍🌾 \"\\\""),
            "liste": .array([.int(.min), .int(.max), .bool(false)]),
            "objet": .object(["": .null]),
        ])
        let text = CanonicalJSON.encode(value)
        #expect(try JSONValue.parse(text.utf8) == value)
        #expect(CanonicalJSON.encode(try JSONValue.parse(text.utf8)) == text)
    }
}
