import Formats
import Testing

@testable import Platform

/// Codes of six figures, recovery codes and the drawing that a telephone reads.
struct OneTimeCodeTests {
    private let code = OneTimeCode(secret: Array("12345678901234567890".utf8))

    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ])
    func `a code is the one of RFC 6238`(_ seconds: Int64, _ figures: String) {
        let moment = Instant(milliseconds: seconds * 1000)
        #expect(code.figures(at: OneTimeCode.step(at: moment)) == figures)
        #expect(code.step(of: figures, at: moment, after: 0) == OneTimeCode.step(at: moment))
    }

    @Test func `half a minute early or late is taken, more is not, and a step never twice`() {
        let now = Instant(milliseconds: 1_800_000_000_000)
        let step = OneTimeCode.step(at: now)
        for near in step - 1...step + 1 { #expect(code.step(of: code.figures(at: near), at: now, after: 0) == near) }
        for far in [step - 2, step + 2] { #expect(code.step(of: code.figures(at: far), at: now, after: 0) == nil) }
        #expect(code.step(of: code.figures(at: step), at: now, after: step) == nil)
        #expect(code.step(of: code.figures(at: step - 1), at: now, after: step) == nil)
        #expect(code.step(of: code.figures(at: step + 1), at: now, after: step) == step + 1)
    }

    @Test func `a code is read with spaces and from any keyboard, and nothing else is a code`() {
        let now = Instant(milliseconds: 59_000)
        for typed in ["287082", " 287 082", "287\u{A0}082", "２８７０８２"] { #expect(code.step(of: typed, at: now, after: 0) != nil, "\(typed)") }
        for typed in ["", "28708", "2870820", "28708a", "287-082", "²87082"] { #expect(code.step(of: typed, at: now, after: 0) == nil, "\(typed)") }
    }

    @Test func `a recovery code is the same however it is typed, and another person's is another`() {
        let code = RecoveryCode.make()
        #expect(code.wholeMatch(of: #/([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}/#) != nil)
        #expect(RecoveryCode.make() != code)
        let hash = RecoveryCode.hash(code, of: "ana")
        #expect(RecoveryCode.hash(code.uppercased().replacing("-", with: " "), of: "ana") == hash)
        #expect(RecoveryCode.hash(code.replacing("0", with: "O").replacing("1", with: "l"), of: "ana") == hash)
        #expect(RecoveryCode.hash(code, of: "bo") != hash)
    }

    @Test func `what is sealed opens under its key and for its purpose only`() {
        let (key, other) = (Secrets.bytes(32), Secrets.bytes(32))
        let sealed = Secrets.seal([1, 2, 3], for: "ana", key: key)
        #expect(Secrets.open(sealed, for: "ana", key: key) == [1, 2, 3])
        #expect(Secrets.open(sealed, for: "bo", key: key) == nil && Secrets.open(sealed, for: "ana", key: other) == nil)
        #expect(Secrets.open(Array(sealed.dropLast()), for: "ana", key: key) == nil && Secrets.open([], for: "ana", key: key) == nil)
        #expect(Secrets.seal([1, 2, 3], for: "ana", key: key) != sealed)
    }

    @Test func `the drawing has the three marks that readers look for, and a white edge`() throws {
        let code = try #require(QRCode("otpauth://totp/Essaim:ana%40essai.example?secret=ABCDEFGH&issuer=Essaim"))
        #expect(code.rows.count >= 21 && code.rows.allSatisfy { $0.count == code.rows.count })
        let mark = "1111111 1000001 1011101 1011101 1011101 1000001 1111111"
        func corner(_ row: Int, _ column: Int) -> String {
            code.rows[row..<row + 7].map { $0[column..<column + 7].map { $0 ? "1" : "0" }.joined() }.joined(separator: " ")
        }
        let far = code.rows.count - 7
        #expect(corner(0, 0) == mark && corner(0, far) == mark && corner(far, 0) == mark)
        #expect(code.drawing.html.contains("viewBox=\"0 0 \(code.rows.count + 8) \(code.rows.count + 8)\""))
        #expect(QRCode(String(repeating: "x", count: 5_000)) == nil)
    }
}
