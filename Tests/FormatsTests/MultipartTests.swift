import Formats
import Testing

struct MultipartTests {
    private func body(_ lines: String...) -> [UInt8] {
        Array(lines.joined(separator: "\r\n").utf8)
    }

    @Test func `values and files are told apart`() throws {
        let body = body(
            "--b0", "Content-Disposition: form-data; name=\"titre\"", "", "L'été\r\n--b", "--b0",
            "content-disposition: form-data; name=\"preuve\"; filename=\"accord; \\\"signé\\\".pdf\"",
            "Content-Type: application/pdf", "", "%PDF\u{0}", "--b0", "Content-Disposition: form-data; name=vide", "",
            "",
            "--b0--", "")
        let parts = try #require(Multipart.parse(body, boundary: "b0"))
        #expect(parts.map(\.name) == ["titre", "preuve", "vide"])
        #expect(parts[0].text == "L'été\r\n--b" && parts[0].filename == nil)
        #expect(parts[1].filename == "accord; \"signé\".pdf" && parts[1].contentType == "application/pdf")
        #expect(parts[1].bytes == Array("%PDF\u{0}".utf8) && parts[2].bytes.isEmpty)
    }

    @Test func `names are read as browsers write them`() throws {
        let body = body(
            "preamble", "--x", "Content-Disposition: form-data; name=\"a%22b\"; filename=\"C:\\f.txt\"", "", "1",
            "--x--")
        let part = try #require(Multipart.parse(body, boundary: "x")?.first)
        #expect(part.name == "a\"b" && part.filename == "C:\\f.txt")
    }

    @Test func `a form without any part is empty`() {
        #expect(Multipart.parse(body("--x--", ""), boundary: "x") == [])
    }

    @Test func `a body that is not a whole form is refused`() {
        let whole = body("--x", "Content-Disposition: form-data; name=\"a\"", "", "mots", "--x--")
        #expect(Multipart.parse(whole, boundary: "x")?.count == 1)
        for length in 0..<(whole.count - 2) {
            #expect(Multipart.parse(Array(whole.prefix(length)), boundary: "x") == nil)
        }
        #expect(Multipart.parse(whole, boundary: "y") == nil && Multipart.parse(whole, boundary: "") == nil)
        #expect(Multipart.parse(body("--x", "Content-Type: text/plain", "", "1", "--x--"), boundary: "x") == nil)
        #expect(Multipart.parse(body("--x", "pas d'en-tête", "", "1", "--x--"), boundary: "x") == nil)
    }

    @Test func `too many parts and endless headers are refused`() {
        let part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
        func form(_ count: Int) -> [UInt8] { Array((String(repeating: part, count: count) + "--x--").utf8) }
        #expect(Multipart.parse(form(100), boundary: "x")?.count == 100)
        #expect(Multipart.parse(form(101), boundary: "x") == nil)
        let long = String(repeating: "y", count: 9_000)
        let body = body("--x", "Content-Disposition: form-data; name=\"\(long)\"", "", "1", "--x--")
        #expect(Multipart.parse(body, boundary: "x") == nil)
    }

    @Test func `the boundary is found in the header`() {
        #expect(Multipart.boundary(of: "multipart/form-data; boundary=abc") == "abc")
        #expect(Multipart.boundary(of: "Multipart/Form-Data; charset=utf-8; Boundary=\"a;b\"") == "a;b")
        #expect(Multipart.boundary(of: "text/plain; boundary=abc") == nil)
        #expect(Multipart.boundary(of: "multipart/form-data") == nil)
    }

    @Test func `rubbish never brings the reader down`() {
        var random = Seeded(11)
        let whole = body("--x", "Content-Disposition: form-data; name=\"a\"", "", "mots", "--x--")
        for _ in 0..<3_000 {
            var bytes = Bool.random(using: &random) ? whole : random.bytes(50, often: "-x\r\n:;=\" ")
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = Multipart.parse(bytes, boundary: "x")
        }
    }
}
