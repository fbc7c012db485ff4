import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// What became of the mails of the site: for its administrator, and for nobody else.
struct OutboxPageTests {
    private let path = "/administration/courriels"
    private let carrier = FakeCarrier()

    private func site() async throws -> TestSite { try await TestSite(isDemonstration: false, mail: .test) }

    /// A mail that ended so.
    private func failed(_ delivery: Delivery, on site: TestSite) async throws -> String {
        let id = try await site.write()
        carrier.answer(delivery)
        await site.postman(carrier).deliverDue()
        return id
    }

    @Test func `the administrator reads whom a failed mail was for, why, and the words of the server; never its text`() async throws {
        let site = try await site()
        let id = try await failed(.never(.recipientRefused, answer: "550 5.1.1 <boîte> inconnue"), on: site)
        for address in [path, "\(path)/\(id)", "\(path)?etat=failed", "\(path)?destinataire=ana"] {
            let page = await site.get(address, as: .sam).text
            #expect(page.contains("Sujet 1") && page.contains("ana@essai.example") && page.contains("Cette adresse est refusée"), "\(address)")
            #expect(!page.contains("SECRET-DU-TEXTE") && !page.contains("exemple.org/lien"), "\(address)")
        }
        #expect(await site.get("\(path)/\(id)", as: .sam).text.contains("550 5.1.1 &lt;boîte&gt; inconnue"))
        for query in ["etat=sent", "etat=waiting", "destinataire=zzz"] { #expect(!(await site.get("\(path)?\(query)", as: .sam).text.contains("Sujet 1"))) }
        for name in [Cast.Name.nadia, .hugo, .ana, .stranger] {
            #expect(await site.get(path, as: name).status == 403)
            #expect(await site.get("\(path)/\(id)", as: name).status == 403)
            #expect(await site.post("\(path)/\(id)/envoi", as: name).status == 403)
        }
        #expect(await site.get("\(path)/inconnu", as: .sam).status == 404)
        #expect(await site.get("/administration", as: .sam).text.contains(path))
        #expect(!(await site.get("/compte", as: .nadia).text.contains(path)))
    }

    @Test func `what failed is something to do, until it is tried again or given up`() async throws {
        let site = try await site()
        let id = try await failed(.never(.contentRefused, answer: "554"), on: site)
        #expect(await site.get("/a-faire", as: .sam).text.contains("1 courriel n’a pas pu être remis"))
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains("courriel n’a pas pu")))
        #expect(await site.post("\(path)/\(id)/envoi", as: .sam).status == 303)
        carrier.answer(.sent(answer: "250"))
        await site.postman(carrier).deliverDue()
        #expect(try await site.mail(id).state == .sent)
        #expect(await site.post("\(path)/\(id)/envoi", as: .sam).status == 422)
        #expect(await site.post("\(path)/\(id)/abandon", as: .sam).status == 422)
        let other = try await failed(.never(.contentRefused, answer: "554"), on: site)
        #expect(await site.post("\(path)/\(other)/abandon", as: .sam).status == 303)
        #expect(!(await site.get("/a-faire", as: .sam).text.contains("n’a pas pu être remis")))
        #expect(await site.get("/administration/journal?acte=mail", as: .sam).text.contains("a abandonné un courriel pour Ana"))
    }

    @Test func `a mail leaves for the address that its person has given since, when that is asked`() async throws {
        let site = try await site()
        let id = try await failed(.never(.recipientRefused, answer: "550"), on: site)
        let ana = site.cast[.ana]
        try await site.site.database.write { try $0.run("UPDATE person SET email = 'ana@nouvelle.example' WHERE id = \(ana)") }
        #expect(await site.get("\(path)/\(id)", as: .sam).text.contains("Envoyer à la nouvelle adresse, ana@nouvelle.example"))
        #expect(await site.post("\(path)/\(id)/envoi", ["address": "new"], as: .sam).status == 303)
        carrier.answer(.sent(answer: "250"))
        await site.postman(carrier).deliverDue()
        #expect(carrier.letters.last?.recipient == "ana@nouvelle.example")
    }

    @Test func `all that failed leave again, but those whose link is over`() async throws {
        let site = try await site()
        for until in [nil, nil, Duration.minutes(5)] {
            _ = try await site.write(usefulUntil: until)
            carrier.answer(.never(.contentRefused, answer: "554"))
            await site.postman(carrier).deliverDue()
        }
        #expect(await site.get("\(path)?etat=failed", as: .sam).text.contains("Faire repartir tous"))
        site.clock.advance(.minutes(6))
        #expect(await site.post("\(path)/envoi", as: .sam).status == 303)
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE state = 'waiting'") == 2)
    }

    @Test func `a server that takes nothing is said, and that none is set up`() async throws {
        let site = try await site()
        _ = try await failed(.later(.unauthorised, answer: "535 5.7.8 no"), on: site)
        let page = await site.get(path, as: .sam).text
        #expect(page.contains("Rien ne part en ce moment") && page.contains("refuse l’identifiant ou le mot de passe") && page.contains("535 5.7.8 no"))
        #expect(await site.get("/a-faire", as: .sam).text.contains("Le serveur de courriel ne prend rien"))
        let bare = try await TestSite(isDemonstration: false)
        _ = try await bare.write(3)
        #expect(await bare.get(path, as: .sam).text.contains("Aucun serveur de courriel n’est réglé"))
        #expect(await bare.get("/a-faire", as: .sam).text.contains("Aucun serveur de courriel n’est réglé\u{A0}: 3 courriels attendent"))
        let demonstration = try await TestSite()
        _ = try await demonstration.write()
        #expect(await demonstration.get(path, as: .sam).text.contains("Ici rien ne part"))
        #expect(!(await demonstration.get("/a-faire", as: .sam).text.contains("serveur de courriel")))
    }

    @Test func `a list of many is read page by page`() async throws {
        let site = try await site()
        _ = try await site.write(60)
        let page = await site.get("\(path)?page=3", as: .sam).text
        #expect(page.ranges(of: "<li><h2>").count == 10 && page.contains("60 en attente"))
    }

    @Test func `a mail that comes back is a mail that failed`() async throws {
        let site = try await site()
        let id = try await site.write()
        await site.postman(carrier).deliverDue()
        let report = String(decoding: Self.report, as: UTF8.self).replacing("TOKEN", with: id.replacing("-", with: ""))
        let reading = { (text: String, recipient: String?) in try await Bounces.read(Array(text.utf8), recipient: recipient, site.site) }
        #expect(try await reading(report.replacing("failed", with: "delayed"), nil) == .noted(.delayed))
        #expect(try await site.mail(id).state == .sent)
        #expect(try await reading("Subject: Absence\n\nEn congé.", MailServer.test.returns(of: id)) == .ignored)
        #expect(try await reading(report.replacing("@exemple.org>", with: "x@exemple.org>").replacing(id.replacing("-", with: ""), with: "00"), nil) == .unknown)
        #expect(try await reading(report, nil) == .failed(subject: "Sujet 1", address: "ana@essai.example"))
        let mail = try await site.mail(id)
        #expect(mail.state == .failed && mail.reason == .bounced && mail.answer == "5.1.1 — 550 user unknown")
        // The same report again changes nothing.
        #expect(try await reading(report, MailServer.test.returns(of: id)) == .failed(subject: "Sujet 1", address: "ana@essai.example"))
        #expect(try await site.count("SELECT COUNT(*) FROM audit WHERE action = 'mail.bounced'") == 1)
        #expect(await site.get(path, as: .sam).text.contains("puis il est revenu"))
    }

    private static let report = Array(
        """
        Content-Type: multipart/report; boundary=x

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx

        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 user unknown

        --x
        Content-Type: message/rfc822

        Message-ID: <TOKEN@exemple.org>

        Bonjour
        --x--
        """.utf8)
}
