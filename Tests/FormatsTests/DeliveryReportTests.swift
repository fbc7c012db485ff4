import Testing

@testable import Formats

/// What comes back to the address of returns.
struct DeliveryReportTests {
    static func report(action: String = "failed", end: String = "\r\n") -> [UInt8] {
        let text = """
            From: MAILER-DAEMON@mx.exemple.org
            To: retours+0190a0f0111142228333444455556666@exemple.org
            Content-Type: multipart/report; report-type=delivery-status;
            \tboundary="AB=_12/x"

            --AB=_12/x
            Content-Type: text/plain

            The mail could not be delivered. Message-ID: <false@exemple.org>
            --AB=_12/x
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.exemple.org
            Arrival-Date: Tue, 3 Mar 2026 08:05:09 +0000

            Final-Recipient: rfc822; zoe@ailleurs.example
            Action: \(action)
            Status: 5.1.1 (bad mailbox)
            Diagnostic-Code: smtp; 550 5.1.1 <zoe@ailleurs.example>:
             user unknown

            --AB=_12/x
            Content-Type: text/rfc822-headers

            Subject: Votre lien
            Message-Id: <0190a0f0111142228333444455556666@exemple.org>

            --AB=_12/x--

            """
        return Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end).utf8)
    }

    @Test(arguments: ["\n", "\r\n"]) func `a report says what happened to which mail, in the words of the server`(end: String) throws {
        let report = try #require(DeliveryReport(Self.report(end: end)))
        #expect(report.action == .failed && report.status == "5.1.1")
        #expect(report.diagnostic == "550 5.1.1 <zoe@ailleurs.example>: user unknown")
        #expect(report.original == "0190a0f0111142228333444455556666@exemple.org")
        #expect(DeliveryReport(Self.report(action: "Delayed"))?.action == .delayed)
    }

    @Test func `a letter, an automatic answer, a report without outcome are none`() {
        for text in [
            "", "From: a@b.c\n\nBonjour", "Auto-Submitted: auto-replied\nContent-Type: text/plain\n\nJe suis en congé.",
            "Content-Type: multipart/report\n\n--x\n", "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n--x--",
        ] { #expect(DeliveryReport(Array(text.utf8)) == nil, "\(text)") }
        #expect(DeliveryReport(Self.report(action: "eaten")) == nil)
    }

    @Test func `a report cut anywhere, or any bytes, is read without harm`() {
        let whole = Self.report()
        for length in stride(from: 0, to: whole.count, by: 7) { _ = DeliveryReport(Array(whole.prefix(length))) }
        for seed in UInt8.min...UInt8.max {
            _ = DeliveryReport(Array("Content-Type: multipart/report; boundary=\"\"\n\n".utf8) + (0..<200).map { seed &* $0 &+ 13 })
        }
    }
}
