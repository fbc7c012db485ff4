import Formats
import Testing

struct URLFormTests {
    private func fields(_ text: String) -> [[String]] {
        URLForm.parse(Array(text.utf8)).map { [$0.0, $0.1] }
    }

    @Test func `fields come in order, decoded`() {
        #expect(fields("a=1&b=l%27%C3%A9t%C3%A9+%2B+1&a=2") == [["a", "1"], ["b", "l'été + 1"], ["a", "2"]])
        #expect(fields("seul&=x&vide=&a=b=c") == [["seul", ""], ["", "x"], ["vide", ""], ["a", "b=c"]])
        #expect(fields("&&") == [] && fields("") == [])
    }

    @Test func `a bad percent stays and bad UTF-8 is replaced`() {
        #expect(fields("a=100%&b=%zz%4&c=%E9t%C3") == [["a", "100%"], ["b", "%zz%4"], ["c", "\u{FFFD}t\u{FFFD}"]])
    }

    @Test func `no more than two thousand fields are read`() {
        #expect(URLForm.parse(Array(repeating: "x=1", count: 5_000).joined(separator: "&").utf8).count == 2_000)
        #expect(URLForm.parse(Array(repeating: "x=1", count: 2_000).joined(separator: "&").utf8).last?.1 == "1")
    }

    @Test func `a value is written so that nothing in it can be taken for a mark`() {
        #expect(URLForm.encode("a b&c=d/é?~-._+%") == "a%20b%26c%3Dd%2F%C3%A9%3F~-._%2B%25")
    }

    @Test func `what is written reads back`() {
        let written = [("q", "l'économie & co\n"), ("ééé", "👩‍🌾"), ("", "\u{0}")]
        #expect(fields(URLForm.encode(written)) == written.map { [$0.0, $0.1] })
    }

    @Test func `rubbish is read without harm`() {
        var random = Seeded(3)
        for _ in 0..<2_000 { _ = URLForm.parse(random.bytes(40, often: "%&=+A0")) }
    }
}
