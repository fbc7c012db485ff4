import Testing

@testable import Formats

/// Messages from outside, as mail programs write them.
@Suite struct ReceivedMailTests {
    static func bytes(_ text: String, _ end: String = "\r\n") -> [UInt8] {
        Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end).utf8)
    }

    private static let head = """
        Return-Path: <ana@exemple.org>
        Delivered-To: notes+abc@exemple.org
        From: =?utf-8?Q?Ana_de_l=E2=80=99Ard=C3=A8che?= <Ana@Exemple.org>
        To: "Notes, le site" <notes+abc@exemple.org>
        Message-ID: <m1@exemple.org>
        Subject: =?iso-8859-1?Q?R=E9ponse_?=
         =?utf-8?B?w6AgbGEgdmlzaXRl?=
        """

    @Test(arguments: ["\r\n", "\n"])
    func `a plain message is read with its headers`(_ end: String) {
        let mail = ReceivedMail(Self.bytes("\(Self.head)\nContent-Type: text/plain; charset=utf-8\n\nBonjour,\n\nL’eau et l’œuvre.\n", end))
        #expect(mail.from.name == "Ana de l’Ardèche" && mail.from.address == "ana@exemple.org")
        #expect(mail.subject == "Réponse à la visite" && mail.identifier == "m1@exemple.org")
        #expect(mail.recipients.first == "notes+abc@exemple.org" && !mail.isAutomatic && mail.attachments.isEmpty)
        #expect(mail.text == "Bonjour,\n\nL’eau et l’œuvre.\n")
    }

    @Test(
        arguments: [
            ("utf-8", [0xC3, 0xA9, 0xC5, 0x93], "éœ"), ("iso-8859-1", [0xE9], "é"), ("windows-1252", [0xE9, 0x9C, 0x92, 0x80], "éœ’€"),
            ("iso-8859-1", [0x9C, 0x92], "œ’"), ("iso-8859-15", [0xBD, 0xA4], "œ€"), ("", [0xE9], "é"), ("utf-8", [0xE9], "é"), ("inconnu", [0xC3, 0xA9], "é"),
        ] as [(String, [UInt8], String)])
    func `every alphabet of French mail is read, whatever it is called`(_ charset: String, _ letters: [UInt8], _ text: String) {
        let head = "From: a@b.c\r\nContent-Type: text/plain; charset=\"\(charset)\"\r\n\r\n"
        #expect(ReceivedMail(Array(head.utf8) + letters).text == text)
    }

    @Test func `what travels as quoted-printable or base 64 is what it was`() {
        let quoted =
            "From: a@b.c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + "L'=E9t=E9 est=\r\n l=E0 = vraiment=20\r\n3=3D3 et =ZZ"
        #expect(ReceivedMail(Array(quoted.utf8)).text == "L'été est là = vraiment \n3=3 et =ZZ")
        let base = "From: a@b.c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nTCfDqXTDqSBlc3Qg\r\nbMOgLg==\r\n"
        #expect(ReceivedMail(Array(base.utf8)).text == "L'été est là.")
    }

    private static let mixed = """
        From: a@b.c
        Content-Type: multipart/mixed; boundary="=_out"

        Ceci est un message MIME.
        --=_out
        Content-Type: multipart/alternative; boundary="=_in"

        --=_in
        Content-Type: text/plain; charset=utf-8

        Le texte.
        --=_in
        Content-Type: text/html; charset=utf-8

        <p>Le <b>HTML</b>.</p>
        --=_in--
        --=_out
        Content-Type: application/pdf; name="=?utf-8?Q?re=C3=A7u.pdf?="
        Content-Disposition: attachment; filename*=utf-8''re%C3%A7u%20d%27Ana.pdf
        Content-Transfer-Encoding: base64

        JVBERi0=
        --=_out
        Content-Type: text/plain; charset=utf-8; name="note.txt"
        Content-Disposition: attachment; filename*0="une tr"; filename*1="ès longue.txt"

        Une pièce.
        --=_out--
        Épilogue.
        """

    @Test(arguments: ["\r\n", "\n"])
    func `the text is preferred to the HTML, and files are kept apart`(_ end: String) {
        let mail = ReceivedMail(Self.bytes(Self.mixed, end))
        #expect(mail.text.split(separator: "\n") == ["Le texte."])
        #expect(mail.attachments.map(\.name) == ["reçu d'Ana.pdf", "une très longue.txt"])
        #expect(mail.attachments[0].bytes == Array("%PDF-".utf8))
        #expect(String(decoding: mail.attachments[1].bytes, as: UTF8.self).hasPrefix("Une pièce."))
    }

    @Test func `HTML alone becomes text, without what is quoted or run`() {
        let html = """
            <html><head><style>p { color: red }</style><title>x</title></head><body><p>Bonjour&nbsp;à&#32;tous,</p><p>L&rsquo;id&eacute;e&#8239;: <br>reculer &amp; laisser.</p>
            <ul><li>Un</li><li>Deux</li></ul><script>alert(1)</script><div class="gmail_quote">Le 3 avril, Bo a écrit :<blockquote>SECRET</blockquote></div></body></html>
            """
        let text = ReceivedMail(Self.bytes("From: a@b.c\nContent-Type: text/html; charset=utf-8\n\n\(html)")).text
        #expect(text.contains("Bonjour\u{A0}à tous,") && text.contains("L’idée\u{202F}:\nreculer & laisser.") && text.contains("- Un\n- Deux"))
        for gone in ["SECRET", "alert", "color", "a écrit"] { #expect(!text.contains(gone), "\(gone)") }
    }

    @Test func `lines that flow are joined again`() {
        let text = "Une phrase \nqui va \njusqu'au bout.\n\n-- \nAna"
        let mail = ReceivedMail(Self.bytes("From: a@b.c\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n\(text)"))
        #expect(mail.text == "Une phrase qui va jusqu'au bout.\n\n-- \nAna")
    }

    @Test(arguments: [
        "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated", "Precedence: bulk", "Precedence: list", "X-Autoreply: yes",
        "Return-Path: <>", "List-Id: <liste.exemple.org>", "From: MAILER-DAEMON@exemple.org", "Content-Type: multipart/report; boundary=x",
    ])
    func `a machine is known as one`(_ header: String) {
        let from = header.hasPrefix("From:") ? "" : "From: a@b.c\n"
        #expect(ReceivedMail(Self.bytes("\(header)\n\(from)\nJe suis absente.")).isAutomatic)
    }

    @Test(arguments: ["Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: All", "Return-Path: <ana@b.c>"])
    func `a person is not taken for a machine`(_ header: String) {
        #expect(!ReceivedMail(Self.bytes("\(header)\nFrom: ana@b.c\n\nBonjour.")).isAutomatic)
    }

    @Test func `a name may hold what an address holds`() {
        #expect(MailHeaders.mailbox("\"Ana, <chez> elle\" <ana@b.c>, bo@b.c").address == "ana@b.c")
        #expect(MailHeaders.mailbox("ana@b.c (Ana)").address == "ana@b.c")
        #expect(MailHeaders.mailbox("Ana").address == "")
    }

    @Test(arguments: [
        "Subject: \(String(repeating: "=?x", count: 300_000))\n\nBonjour.",
        "To: \(String(repeating: "a", count: 500_000))\n\nBonjour.",
        "Subject: x\n\(String(repeating: "X-A: b\n", count: 200_000))\nBonjour.",
        "Content-Type: text/plain; format=flowed\n\n\(String(repeating: "a \n", count: 300_000))",
        "Content-Type: multipart/mixed; boundary=b\n\n\(String(repeating: "--b\n\n", count: 300_000))",
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\(String(repeating: "a:b\n\n", count: 300_000))",
        "Content-Type: text/html\n\n\(String(repeating: "<p", count: 300_000))",
        "Content-Type: text/html\n\n\(String(repeating: "<!--", count: 300_000))",
        "Content-Type: text/html\n\n\(String(repeating: "&", count: 600_000))",
        "Content-Transfer-Encoding: quoted-printable\n\n\(String(repeating: "= ", count: 400_000))",
        "\n\(String(repeating: "Le 1 a écrit :\n\n", count: 60_000))",
    ])
    func `a mail made to be slow is read as fast as another`(_ message: String) {
        let bytes = Self.bytes(message, "\n")
        let spent = ContinuousClock().measure {
            _ = DeliveryReport(bytes)
            _ = OwnWords.of(ReceivedMail(bytes).text)
        }
        #expect(spent < .seconds(20))
    }

    @Test func `more text than anybody writes is said to be too long, and nothing of it is cut in two`() {
        let long = ReceivedMail(Self.bytes("Content-Type: text/plain; charset=utf-8\n\n\(String(repeating: "é", count: 600_001))"))
        #expect(long.isTooLong && long.text.allSatisfy { $0 == "é" } && long.text.utf8.count == 1 << 20)
        #expect(!ReceivedMail(Self.bytes("\nBonjour.")).isTooLong)
    }

    @Test func `addresses are found in a header, and nothing else`() {
        #expect(MailHeaders.addresses("Ana <ANA@b.c>, \"x\" <bo@d.e>; @f, g@, h") == ["ana@b.c", "bo@d.e"])
    }

    @Test func `whatever comes in, it is read to its end`() {
        var random = Seeded(7)
        let pieces = [
            "--=_out", "--=_out--", "Content-Type: multipart/mixed; boundary=\"=_out\"", "Content-Type: text/html", "", "From: a@b.c", "=?utf-8?Q?=E9?=",
            "=?", "<p", "<!--", "&#x110000;", "Content-Transfer-Encoding: base64", "=", "é", "\0", "Content-Type: multipart/mixed", "> cité", "-- ",
            "Content-Disposition: attachment; filename*=utf-8''%", "Content-Type: text/plain; charset=\"",
        ]
        for _ in 0..<3_000 {
            let lines = (0..<Int.random(in: 0...14, using: &random)).map { _ in pieces.randomElement(using: &random)! }
            let mail = ReceivedMail(Array(lines.joined(separator: ["\r\n", "\n", "\r"].randomElement(using: &random)!).utf8))
            _ = OwnWords.of(mail.text)
        }
        let deep = (0..<60).map { "--b\nContent-Type: multipart/mixed; boundary=b\($0 % 2 == 0 ? "" : "b")\n" }.joined(separator: "\n")
        _ = ReceivedMail(Self.bytes("From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n\(deep)"))
    }
}

/// What somebody wrote, without what their program added.
@Suite struct OwnWordsTests {
    @Test(arguments: [
        ("Bonjour.\n\n-- \nAna\n06 00", "Bonjour."),
        ("Bonjour.\n\nEnvoyé de mon iPhone", "Bonjour."),
        ("Ma note.\n\nLe mar. 14 avr. 2026 à 10:02, Essaim <site@b.c> a écrit :\n> Écrivez\n> ici", "Ma note."),
        ("Ma note.\n\nLe mar. 14 avr. 2026 à 10:02, Essaim\n<site@b.c> a écrit\u{A0}:\n\n> Écrivez", "Ma note."),
        ("> Écrivez\n\nMa note, dessous.", "Ma note, dessous."),
        ("Le 14 avril 2026 à 10:02, X <x@b.c> a écrit :\n> Une question ?\nUne réponse.\n> Une autre ?\nUne autre réponse.", "Une réponse.\nUne autre réponse."),
        ("Ma note.\n\n-----Message d'origine-----\nDe : Essaim\nSecret", "Ma note."),
        ("Ma note.\n\n________________________________\nDe : Essaim <site@b.c>\nEnvoyé : mardi 14 avril 2026\nÀ : Ana\nObjet : note\n\nSecret", "Ma note."),
        ("Ma note.\n\nOn Tue, Apr 14, 2026 at 10:02 AM Essaim <site@b.c> wrote:\n\n> Write", "Ma note."),
        ("> rien que du cité", ""),
        ("\n\n  \n", ""),
        // What only looks like it is the writer's.
        ("Le maire a écrit :\n\nnous irons.", "Le maire a écrit :\n\nnous irons."),
        ("De : tout\net de rien.", "De : tout\net de rien."),
        ("Premier.\n\n---\n\nSecond.", "Premier.\n\n---\n\nSecond."),
    ])
    func `the answered message and the signature go, the words stay`(_ text: String, _ own: String) {
        #expect(OwnWords.of(text) == own)
    }
}
