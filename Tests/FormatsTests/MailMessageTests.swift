import Foundation
import Testing

@testable import Formats

/// What leaves the site by mail, byte by byte.
struct MailMessageTests {
    private func message(name: String = "Ana", subject: String = "Sujet", text: String = "Bonjour") -> MailMessage {
        MailMessage(
            identifier: "0123@exemple.org", date: Instant(milliseconds: 1_772_525_109_000), from: ("Le réseau", "site@exemple.org"),
            to: (name, "ana@exemple.org"), subject: subject, text: text)
    }

    /// Headers as a mail program reads them: folded lines joined.
    private func headers(_ message: MailMessage) -> [(name: String, value: String)] {
        let text = String(decoding: message.bytes, as: UTF8.self)
        let head = text.firstRange(of: "\r\n\r\n").map { text[..<$0.lowerBound] } ?? ""
        return head.replacing("\r\n ", with: " ").split(separator: "\r\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1].dropFirst()) : "")
        }
    }

    private func body(_ message: MailMessage) -> String {
        let text = String(decoding: message.bytes, as: UTF8.self)
        let encoded = text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
        var bytes: [UInt8] = []
        var rest = Array(encoded.replacing("=\r\n", with: "").replacing("\r\n", with: "\n").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else { bytes.append(byte); continue }
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)!)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func decoded(_ value: String) -> String {
        let words = value.matches(of: #/=\?utf-8\?B\?([A-Za-z0-9+\/=]*)\?=/#).map { Data(base64Encoded: String($0.output.1))! }
        return String(decoding: words.joined(), as: UTF8.self)
    }

    @Test func `it has the headers of a machine that writes, and no other`() {
        let found = headers(message())
        #expect(
            found.map(\.name) == [
                "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
            ])
        let values = Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.value) })
        #expect(values["Date"] == "Tue, 03 Mar 2026 08:05:09 +0000")
        #expect(values["From"] == "=?utf-8?B?TGUgcsOpc2VhdQ==?= <site@exemple.org>")
        #expect(values["To"] == "\"Ana\" <ana@exemple.org>")
        #expect(values["Message-ID"] == "<0123@exemple.org>")
        #expect(values["Auto-Submitted"] == "auto-generated")
    }

    @Test(arguments: [
        "Objet\r\nBcc: tous@exemple.org", "Objet\nBcc: tous@exemple.org", "Objet\rBcc: x@y.z\r\n\r\nCorps", "Objet\u{2028}Bcc: x", "Objet\u{0B}X: y",
        "Objet\0\r\n\r\n", "=?utf-8?Q?=0D=0ABcc:_x?=", "\"><x@y.z>", "é\r\nBcc: x@y.z",
    ])
    func `nothing typed in a name, a subject or a text makes a header`(typed: String) {
        let found = headers(message(name: typed, subject: typed, text: typed))
        #expect(found.count == 9)
        #expect(!found.contains { $0.name.lowercased() == "bcc" || $0.name == "X" })
        #expect(found[2].value.hasSuffix("<ana@exemple.org>") && found[2].value.count(where: { $0 == "@" }) <= 2)
    }

    @Test(arguments: [
        "Validation demandée : « Les visites apprenantes, ce qu’on en garde, et ce qu’il reste à écrire ensemble avant l’été »",
        String(repeating: "été ", count: 60), "👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧", String(repeating: "x", count: 2_000), "e" + String(repeating: "\u{301}", count: 90),
    ])
    func `a subject of any length and letters is read as it was written`(subject: String) {
        let message = message(subject: subject)
        let value = headers(message).first { $0.name == "Subject" }!.value
        #expect(Array(decoded(value).unicodeScalars) == Array(CleanText.line(subject).unicodeScalars))
        #expect(lines(message).allSatisfy { $0.utf8.count <= 78 })
    }

    @Test(arguments: [
        "Bonjour Zoé,\n\nVoici : https://exemple.org/validation/" + String(repeating: "a", count: 120) + "\n\n.\n.\nFin = 100 % ", "", " ", "\t\n\n",
        String(repeating: "é", count: 3_000), "From ici\n.caché", "=41=\n=",
    ])
    func `a text is read as it was written, in short ASCII lines`(text: String) {
        let message = message(text: text)
        #expect(body(message) == text + "\n")
        #expect(message.bytes.allSatisfy { $0 < 0x7F })
        #expect(lines(message).allSatisfy { $0.utf8.count <= 78 && !$0.hasSuffix(" ") })
        #expect(!String(decoding: message.bytes, as: UTF8.self).replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    }

    @Test func `an address is one address`() {
        for good in ["ana@exemple.org", "retours+0a@exemple.org", "zoé@exemple.org", "a@localhost"] { #expect(MailMessage.isAddress(good), "\(good)") }
        for bad in [
            "", "ana", "@exemple.org", "ana@", "a@b@c", "ana@exemple.org\r\nRCPT TO:<x@y.z>", "a b@c.d", "a@b.c>", "<a@b.c", "a@b.c,d@e.f", "a@b.c\u{A0}",
            String(repeating: "a", count: 251) + "@b.c",
        ] { #expect(!MailMessage.isAddress(bad), "\(bad)") }
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }
}
