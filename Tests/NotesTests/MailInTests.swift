import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Notes

/// Impression notes that come by mail, and what comes that is none.
@Suite struct MailInTests {
    private let visit = "/programmes/essai/visites/caen"

    private func site() async throws -> TestSite { try await TestSite(mailReplies: "notes+*@essai.example") }

    private func mails(_ test: TestSite, to name: Cast.Name) async throws -> [String] {
        let person = test.cast[name]
        return try await test.site.database.read { try $0.texts("SELECT subject || '\n' || body FROM mail WHERE person_id = \(person) ORDER BY created_at, id") }
    }

    /// Asks for an address and answers it.
    private func address(_ test: TestSite, of name: Cast.Name) async throws -> String {
        #expect(await test.post("\(visit)/impressions/adresse", as: name).status == 303)
        let body = try await mails(test, to: name).last ?? ""
        let match = try #require(body.firstMatch(of: #/notes\+[a-z0-9]{24}@essai\.example/#))
        return String(match.output)
    }

    private func mail(_ text: String, from: String, to: String, _ more: String = "", id: String = "1") -> [UInt8] {
        Array("From: <\(from)>\r\nTo: <\(to)>\r\nSubject: Ma note\r\nMessage-ID: <\(id)@x>\r\n\(more)Content-Type: text/plain; charset=utf-8\r\n\r\n\(text)".utf8)
    }

    private func note(_ test: TestSite, of name: Cast.Name) async throws -> String {
        let person = test.cast[name]
        return try await test.site.database.read { reader in
            try reader.text(
                """
                SELECT section_content.body FROM text JOIN revision_section ON revision_section.revision_id = text.head_id
                JOIN section_content ON section_content.hash = content_hash WHERE text.kind = 'impression' AND author_id = \(person)
                """) ?? ""
        }
    }

    /// What `essaim check` says.
    private func problems(_ test: TestSite) async throws -> [String] {
        try await test.site.database.read { reader in try test.site.features.compactMap(\.checks).flatMap { try $0(reader) } }
    }

    private func count(_ test: TestSite, _ state: String) async throws -> Int {
        try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM received_mail WHERE state = \(state)") }
    }

    @Test func `a mail to one's address is one's impression note, private, once however often it comes`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        let bytes = mail("Ce qui m’a marquée : le silence.\r\n\r\n-- \r\nAna\r\n\r\nLe lun. 13 avr. 2026 à 9:00, X <x@y.z> a écrit :\r\n> cité", from: Cast.email(.ana), to: to)
        #expect(try await MailIn.receive(bytes, test.site) == .taken)
        #expect(try await MailIn.receive(bytes, recipient: to.uppercased(), test.site) == .known)
        #expect(try await note(test, of: .ana) == "Ce qui m’a marquée : le silence.")
        let text = try await test.site.database.read { try $0.text("SELECT text_id FROM received_mail") } ?? ""
        for name in Cast.Name.allCases { #expect(await test.get("/textes/\(text)", as: name).status == (name == .ana ? 200 : 404), "\(name)") }
        let page = await test.get("/textes/\(text)", as: .ana).text
        let original = try #require(page.firstMatch(of: #//courriels-recus/[0-9a-f-]+/original/#).map { String($0.output) })
        #expect(await test.get(original, as: .ana).body == bytes, "the raw mail is kept")
        #expect(await test.get(original, as: .nadia).status == 404)
        #expect(try await mails(test, to: .ana).last?.contains("compte maintenant 6 mots") == true)
        // Another one goes below; nothing is replaced.
        #expect(try await MailIn.receive(mail("Et le pain.", from: Cast.email(.ana), to: to, id: "2"), test.site) == .taken)
        let both = try await note(test, of: .ana)
        #expect(both.contains("le silence.") && both.hasSuffix("Et le pain."))
        #expect(await test.post("\(visit)/impressions/partage", as: .ana).status == 303)
        #expect(await test.get("/textes/\(text)", as: .bo).text.contains("Et le pain."))
        #expect(try await problems(test).isEmpty)
    }

    @Test func `the same mail brought again by another way is one, and for two visits it is two`() async throws {
        let test = try await site()
        let (to, other) = (try await address(test, of: .ana), try await address(test, of: .bo))
        let bytes = mail("Le silence.", from: Cast.email(.ana), to: to)
        #expect(try await MailIn.receive(bytes, test.site) == .taken)
        #expect(try await MailIn.receive(Array("Received: from a by b; today\r\n".utf8) + bytes, test.site) == .known)
        #expect(try await note(test, of: .ana) == "Le silence.")
        // To another private address: it is looked at for that one.
        #expect(try await MailIn.receive(bytes, recipient: other, test.site) == .waiting)
        #expect(try await count(test, "taken") == 1)
        #expect(try await count(test, "waiting") == 1)
        // The same identifier with other words: nothing is lost.
        #expect(try await MailIn.receive(mail("Et le pain.", from: Cast.email(.ana), to: to), test.site) == .taken)
    }

    @Test(arguments: ["dmarc=fail", "spf=fail smtp.mailfrom=evil.example; dkim=fail"])
    func `a mail that its server disowns waits, whoever it says it is from`(_ results: String) async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        let forged = mail("Des mots prêtés.", from: Cast.email(.ana), to: to, "Authentication-Results: mx.essai.example; \(results)\r\n")
        #expect(try await MailIn.receive(forged, test.site) == .waiting)
        #expect(try await note(test, of: .ana).isEmpty)
        let right = mail("Les miens.", from: Cast.email(.ana), to: to, "Authentication-Results: mx.essai.example; spf=fail; dkim=pass; dmarc=pass\r\n", id: "2")
        #expect(try await MailIn.receive(right, test.site) == .taken)
    }

    @Test func `whoever asks for another address leaves the former`() async throws {
        let test = try await site()
        let former = try await address(test, of: .ana)
        let newer = try await address(test, of: .ana)
        #expect(try await MailIn.receive(mail("Par l’ancienne.", from: Cast.email(.ana), to: former), test.site) == .waiting)
        #expect(try await MailIn.receive(mail("Par la nouvelle.", from: Cast.email(.ana), to: newer, id: "2"), test.site) == .taken)
    }

    @Test func `an unknown sender waits for the officer, who says whose it is`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        #expect(try await MailIn.receive(mail("De mon autre adresse.", from: "ana.perso@ailleurs.example", to: to), test.site) == .waiting)
        #expect(try await note(test, of: .ana).isEmpty)
        #expect(try await mails(test, to: .ana).count == 1, "nobody unknown is answered")
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Trier un courriel reçu"))
        let list = await test.get("/programmes/essai/courriels-recus", as: .nadia).text
        #expect(list.contains("ana.perso@ailleurs.example") && list.contains("expéditeur inconnu"))
        for name in [Cast.Name.ana, .iris, .maud, .yann] { #expect(await test.get("/programmes/essai/courriels-recus", as: name).status == 403, "\(name)") }
        let id = try await test.site.database.read { try $0.text("SELECT id FROM received_mail") } ?? ""
        let path = "/programmes/essai/courriels-recus/\(id)"
        #expect(await test.get(path, as: .nadia).text.contains("De mon autre adresse."))
        #expect(await test.post("\(path)/attribution", ["whose": "x y"], as: .nadia).status == 422)
        let whose = "\(test.cast.caen.visit) \(test.cast[.ana])"
        #expect(await test.post("\(path)/attribution", ["whose": whose], as: .nadia).status == 303)
        #expect(try await note(test, of: .ana) == "De mon autre adresse.")
        #expect(await test.get(path, as: .nadia).text.contains("De mon autre adresse.") == false, "from now on it is hers alone")
        #expect(await test.get("/courriels-recus/\(id)/original", as: .nadia).status == 404)
        #expect(await test.get("/courriels-recus/\(id)/original", as: .ana).status == 200)
        #expect(try await mails(test, to: .ana).count == 2)
    }

    @Test func `what comes to no known address is kept, put aside, put back`() async throws {
        let test = try await site()
        #expect(try await MailIn.receive(mail("Bonjour ?", from: "qui@ailleurs.example", to: "notes+aaaaaaaaaaaaaaaaaaaaaaaa@essai.example"), test.site) == .waiting)
        let id = try await test.site.database.read { try $0.text("SELECT id FROM received_mail WHERE reason = 'unknown_address'") } ?? ""
        let path = "/programmes/essai/courriels-recus/\(id)"
        #expect(await test.get(path, as: .hugo).text.contains("Bonjour ?"), "the only programme sorts it")
        #expect(await test.post("\(path)/rejet", as: .nadia).status == 303)
        #expect(try await count(test, "discarded") == 1)
        #expect(await test.post("\(path)/retour", as: .nadia).status == 303)
        #expect(try await count(test, "waiting") == 1)
    }

    @Test(arguments: ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "Return-Path: <>\r\n"])
    func `an automatic answer is no note and is not answered`(_ header: String) async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        #expect(try await MailIn.receive(mail("Je suis absente.", from: Cast.email(.ana), to: to, header), test.site) == .automatic)
        #expect(try await note(test, of: .ana).isEmpty)
        #expect(try await mails(test, to: .ana).count == 1)
    }

    @Test func `a box full of automatic answers stays readable, and empties itself`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        #expect(try await MailIn.receive(mail("Absence", from: Cast.email(.ana), to: to, id: "nul"), sender: "", test.site) == .automatic, "a null sender")
        for number in 0..<80 {
            _ = try await MailIn.receive(mail("Absence \(number)", from: Cast.email(.ana), to: to, "Auto-Submitted: auto-replied\r\n", id: "a\(number)"), test.site)
        }
        _ = try await MailIn.receive(mail("Un vrai courriel.", from: "inconnue@ailleurs.example", to: to, id: "vrai"), test.site)
        let list = await test.get("/programmes/essai/courriels-recus", as: .nadia).text
        #expect(list.contains("inconnue@ailleurs.example") && list.contains("<b class=\"count\">81</b>") && list.ranges(of: "<h2><a").count == 1)
        let machines = await test.get("/programmes/essai/courriels-recus?etat=automatic", as: .nadia).text
        #expect(machines.ranges(of: "<h2><a").count == 30 && machines.contains("rel=\"next\""))
        test.clock.advance(days: 31)
        try await RetentionTable.apply(test.site)
        #expect(try await count(test, "automatic") == 0)
        #expect(try await count(test, "waiting") == 1)
        #expect(try await problems(test).isEmpty)
    }

    @Test func `a mail without text is answered kindly, once in a while`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        for number in 0..<9 {
            #expect(try await MailIn.receive(mail("\r\n> tout est cité", from: Cast.email(.ana), to: to, id: "v\(number)"), test.site) == .empty)
        }
        let sent = try await mails(test, to: .ana)
        #expect(sent.count == 6 && sent.last?.contains("aucun texte de vous") == true, "five answers a day at most")
        #expect(try await count(test, "empty") == 9)
    }

    @Test func `a document that is joined is read, an image is kept`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        let picture = TestImage.file()
        let boundary = "b1"
        func part(_ type: String, _ name: String, _ bytes: [UInt8]) -> String {
            "--\(boundary)\r\nContent-Type: \(type)\r\nContent-Disposition: attachment; filename=\"\(name)\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\(Data(bytes).base64EncodedString(options: .lineLength76Characters))\r\n"
        }
        let body =
            "--\(boundary)\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCi-joint ma note.\r\n" + part("text/plain", "note.txt", Array("Ce que je retiens.".utf8))
            + part("image/png", "photo.png", picture.bytes) + part("application/x-msdownload", "virus.exe", [0x4D, 0x5A, 0x90, 0]) + "--\(boundary)--\r\n"
        let bytes = Array("From: <\(Cast.email(.ana))>\r\nTo: <\(to)>\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=\(boundary)\r\n\r\n\(body)".utf8)
        #expect(try await MailIn.receive(bytes, test.site) == .taken)
        #expect(try await note(test, of: .ana) == "Ci-joint ma note.\n\nCe que je retiens.")
        let text = try await test.site.database.read { try $0.text("SELECT text_id FROM received_mail") } ?? ""
        let page = await test.get("/textes/\(text)", as: .ana).text
        #expect(page.contains("photo.png</a>") && page.contains("note.txt</a>") && page.contains("virus.exe <span"))
        let file = try #require(page.firstMatch(of: #//courriels-recus/[0-9a-f-]+/fichiers/[0-9a-f-]+/#).map { String($0.output) })
        #expect(await test.get(file, as: .ana).status == 200)
        for name in [Cast.Name.bo, .nadia, .yann] { #expect(await test.get(file, as: name).status == 404, "\(name)") }
        _ = await test.post("\(visit)/impressions/partage", as: .ana)
        #expect(await test.get(file, as: .bo).status == 200)
        #expect(await test.get(file, as: .yann).status == 404)
    }

    @Test func `an address ends, and who left the group writes no more`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        let other = try await address(test, of: .bo)
        let bo = test.cast[.bo]
        try await test.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE person_id = \(bo)") }
        #expect(try await MailIn.receive(mail("Trop tard ?", from: Cast.email(.bo), to: other), test.site) == .waiting)
        test.clock.advance(days: 200)
        #expect(try await MailIn.receive(mail("Encore.", from: Cast.email(.ana), to: to, id: "2"), test.site) == .waiting)
        let reasons = try await test.site.database.read { try $0.texts("SELECT reason FROM received_mail ORDER BY received_at, id") }
        #expect(reasons == ["left", "ended"])
    }

    @Test func `a maildir is read, each mail once, and what was read is marked`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        let folder = test.folder.appending(path: "maildir")
        for name in ["new", "cur", "tmp"] { try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true) }
        try Data(mail("Par le dossier.", from: Cast.email(.ana), to: to)).write(to: folder.appending(path: "new/1.M2P3.hote"))
        try Data(Array("Return-Path: <>\r\n".utf8) + mail("Absence.", from: Cast.email(.ana), to: to, id: "2")).write(to: folder.appending(path: "new/2.M2P3.hote"))
        #expect(try await MailFolder(folder).take(test.site) == 2)
        #expect(try await MailFolder(folder).take(test.site) == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "cur").path).sorted() == ["1.M2P3.hote:2,S", "2.M2P3.hote:2,S"])
        #expect(try await note(test, of: .ana) == "Par le dossier.")
        #expect(try await count(test, "automatic") == 1)
    }

    @Test func `the mail that says a note is due gives the private address`() async throws {
        let test = try await site()
        try await Upkeep.believe(test.site)
        test.clock.move(to: Day(iso: "2026-04-16")!)
        try await Upkeep.believe(test.site)
        #expect(try await ImpressionReminders.sendDue(test.site) == 5)
        let body = try await mails(test, to: .bo).last ?? ""
        let to = try #require(body.firstMatch(of: #/notes\+[a-z0-9]{24}@essai\.example/#).map { String($0.output) })
        #expect(try await MailIn.receive(mail("Dès le lendemain.", from: Cast.email(.bo), to: to), test.site) == .taken)
        #expect(try await note(test, of: .bo) == "Dès le lendemain.")
    }

    @Test func `the officer sends each visitor who owes a note an address of their own`() async throws {
        let test = try await site()
        #expect(await test.post("\(visit)/impressions/adresses", as: .ana).status == 403)
        #expect(await test.post("\(visit)/impressions/adresses", as: .nadia).status == 303)
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(DISTINCT person_id) FROM reply_address") } == 5)
        #expect(await test.post("\(visit)/impressions/adresses", as: .nadia).status == 422, "not twice a day")
        let addresses = try await mails(test, to: .bo).compactMap { $0.firstMatch(of: #/notes\+[a-z0-9]{24}@/#).map { String($0.output) } }
        #expect(addresses.count == 1)
        let kept = try await test.site.database.read { try $0.texts("SELECT secret_hash FROM reply_address") }
        #expect(kept.allSatisfy { !addresses[0].contains($0) }, "the secret is kept nowhere")
    }

    private func stray(_ test: TestSite) async throws -> (id: String, other: String) {
        let file = "format: essaim-programme/1\ntitre: Un autre\nslug: autre\n"
        #expect(await test.post("/programmes/importations", ["text": file, "name": "autre.yaml"], as: .hugo).status == 303)
        #expect(try await MailIn.receive(mail("SECRET de Caen.", from: "perso@ailleurs.example", to: "notes+\(String(repeating: "a", count: 24))@essai.example"), test.site) == .waiting)
        return try await test.site.database.read { reader in
            (try reader.text("SELECT id FROM received_mail") ?? "", try reader.text("SELECT id FROM programme WHERE slug = 'autre'") ?? "")
        }
    }

    @Test func `where there are several programmes, only whoever administers the site knows of a mail that is of none, unread`() async throws {
        let test = try await site()
        let (id, other) = try await stray(test)
        let (admin, essai, autre) = ("/administration/courriels-recus", "/programmes/essai/courriels-recus", "/programmes/autre/courriels-recus")
        for (list, name) in [(essai, Cast.Name.nadia), (essai, .hugo), (autre, .hugo)] {
            #expect(!(await test.get(list, as: name).text.contains("perso@ailleurs.example")), "\(list) \(name)")
            #expect(await test.get("\(list)/\(id)", as: name).status == 404)
            for act in ["prise", "rejet", "remise"] { #expect(await test.post("\(list)/\(id)/\(act)", as: name).status == 404, "\(act)") }
            #expect(!(await test.get("/a-faire", as: name).text.contains("Trier un courriel")))
        }
        #expect(await test.get("/administration", as: .sam).text.contains(admin))
        #expect(await test.get("/a-faire", as: .sam).text.contains("Dire à quel programme est un courriel reçu"))
        #expect(await test.get(admin, as: .sam).text.contains("perso@ailleurs.example"))
        let page = await test.get("\(admin)/\(id)", as: .sam).text
        #expect(page.contains("perso@ailleurs.example") && page.contains("Un autre") && !page.contains("SECRET"))
        #expect(await test.get("/courriels-recus/\(id)/original", as: .sam).status == 404)
        for name in [Cast.Name.nadia, .hugo, .ana] { #expect(await test.get("\(admin)/\(id)", as: name).status == 403, "\(name)") }

        #expect(await test.post("\(admin)/\(id)/programme", ["programme": ""], as: .sam).status == 422)
        let given = await test.post("\(admin)/\(id)/programme", ["programme": other], as: .sam)
        #expect(given.status == 303)
        #expect(await test.get(given.header("location") ?? "", as: .sam).text.contains("\(admin)/\(id)/reprise"))
        #expect(await test.get("\(autre)/\(id)", as: .hugo).text.contains("SECRET de Caen."))
        #expect(await test.get("\(essai)/\(id)", as: .nadia).status == 404)
        #expect(await test.get("\(admin)/\(id)", as: .sam).status == 404)
        // A mistake: taken back at once, given to the other one.
        #expect(await test.post("\(admin)/\(id)/reprise", as: .sam).status == 303)
        #expect(await test.get("\(autre)/\(id)", as: .hugo).status == 404)
        #expect(await test.post("\(admin)/\(id)/rejet", as: .sam).status == 303)
        #expect(await test.get("\(admin)?etat=discarded", as: .sam).text.contains("perso@ailleurs.example"))
        #expect(await test.post("\(admin)/\(id)/retour", as: .sam).status == 303)
        let actions = try await test.site.database.read { try $0.texts("SELECT action FROM audit WHERE object_id = \(id) ORDER BY id") }
        #expect(actions == ["mail.received", "mail.assigned", "mail.takenBack", "mail.discarded", "mail.restored"])
    }

    @Test func `what was given to a programme by mistake is handed back, and taken again by who handed it back`() async throws {
        let test = try await site()
        let (id, other) = try await stray(test)
        let (admin, autre) = ("/administration/courriels-recus/\(id)", "/programmes/autre/courriels-recus")
        #expect(await test.post("\(admin)/programme", ["programme": other], as: .sam).status == 303)
        #expect(await test.get("\(autre)/\(id)", as: .hugo).text.contains("Rendre à l’administration"))
        let back = await test.post("\(autre)/\(id)/remise", as: .hugo)
        #expect(back.status == 303)
        #expect(await test.get(back.header("location") ?? "", as: .hugo).text.contains("\(autre)/\(id)/prise"))
        #expect(await test.get("\(autre)/\(id)", as: .hugo).status == 404)
        #expect(await test.get("/courriels-recus/\(id)/original", as: .hugo).status == 404)
        // The other programme that the same person runs never had it.
        #expect(await test.post("/programmes/essai/courriels-recus/\(id)/prise", as: .hugo).status == 404)
        #expect(await test.post("\(autre)/\(id)/prise", as: .hugo).status == 303)
        #expect(await test.get("\(autre)/\(id)", as: .hugo).text.contains("SECRET"))
        #expect(await test.post("\(admin)/reprise", as: .sam).status == 404, "somebody went on from there")
        #expect(await test.post("\(autre)/\(id)/remise", as: .hugo).status == 303)
        #expect(await test.post("\(admin)/rejet", as: .sam).status == 303)
        #expect(await test.post("\(autre)/\(id)/prise", as: .hugo).status == 404)
        let actions = try await test.site.database.read { try $0.texts("SELECT action FROM audit WHERE object_id = \(id) ORDER BY id") }
        #expect(actions == ["mail.received", "mail.assigned", "mail.handedBack", "mail.takenIn", "mail.handedBack", "mail.discarded"])
    }

    @Test func `an address left for another still says the programme, which keeps its mail`() async throws {
        let test = try await site()
        let former = try await address(test, of: .ana)
        _ = try await address(test, of: .ana)
        _ = try await stray(test)
        #expect(try await MailIn.receive(mail("Par l’ancienne.", from: "autre@ailleurs.example", to: former, id: "2"), test.site) == .waiting)
        let id = try await test.site.database.read { try $0.text("SELECT id FROM received_mail WHERE visit_id IS NOT NULL") } ?? ""
        let path = "/programmes/essai/courriels-recus/\(id)"
        #expect(await test.get(path, as: .nadia).text.contains("Par l’ancienne."))
        #expect(!(await test.get(path, as: .nadia).text.contains("Rendre à l’administration")))
        #expect(await test.post("\(path)/remise", as: .nadia).status == 422)
        #expect(await test.get("/administration/courriels-recus/\(id)", as: .sam).status == 404)
        // Where there is one programme only, it sorts all that came, as ever.
        try await test.site.database.write { writer in
            try writer.run("UPDATE received_mail SET programme_id = (SELECT id FROM programme WHERE slug = 'essai') WHERE programme_id IS NULL")
        }
        #expect(await test.get("/administration/courriels-recus", as: .sam).text.contains("Rien ici"))
    }

    @Test(arguments: [Erasure.Kind.complete, .former])
    func `the mails of who leaves go, from whichever of their addresses, and nobody else's`(_ kind: Erasure.Kind) async throws {
        let test = try await site()
        let (to, other) = (try await address(test, of: .ana), try await address(test, of: .bo))
        let (ana, bo) = (test.cast[.ana], test.cast[.bo])
        try await test.site.amend(as: "test.moved", by: .site) { change in
            try change.run("INSERT INTO person_former (person_id, value) VALUES (\(ana), 'Ana.Avant@essai.example'), (\(ana), 'Ana Zed')")
            try change.trace("person", ana)
        }
        let unknown = "notes+\(String(repeating: "b", count: 24))@essai.example"
        for (number, (from, to)) in [(Cast.email(.ana).uppercased(), unknown), ("ana.avant@ESSAI.example", unknown), (Cast.email(.ana), to), (Cast.email(.ana), other), (Cast.email(.bo), other), ("tiers@ailleurs.example", unknown)].enumerated() {
            _ = try await MailIn.receive(mail("ZQMOT\(number)", from: from, to: to, id: "m\(number)"), test.site)
        }
        // What Ana sent for Bo became his note; somebody else's mail names her.
        try await test.site.database.write { writer in
            try writer.run("UPDATE received_mail SET subject = 'De Ana Zed', sender_name = 'ZED ANA' WHERE sender = 'tiers@ailleurs.example'")
        }
        let given = try await test.site.database.read { try $0.text("SELECT id FROM received_mail WHERE person_id = \(bo) AND state = 'waiting'") } ?? ""
        #expect(await test.post("/programmes/essai/courriels-recus/\(given)/attribution", ["whose": "\(test.cast.caen.visit) \(bo)"], as: .nadia).status == 303)
        try await Erasures.apply(kind, keepsAuthorship: false, to: ana, by: .site, test.site)
        let rows = try await test.site.database.read { try $0.texts("SELECT sender || '|' || sender_name || '|' || subject || '|' || state FROM received_mail ORDER BY id") }
        let named = kind == .complete ? "une personne|De une personne" : "ZED ANA|De Ana Zed"
        #expect(rows == ["|||taken", "\(Cast.email(.bo))||Ma note|taken", "tiers@ailleurs.example|\(named)|waiting"])
        let kept = test.site.files.all().compactMap { test.site.files.content($0) }.map { String(decoding: $0, as: UTF8.self) }
        for number in 0..<4 { #expect(!kept.contains { $0.contains("ZQMOT\(number)") }, "\(number)") }
        #expect(kept.contains { $0.contains("ZQMOT4") } && kept.contains { $0.contains("ZQMOT5") })
        #expect(try await problems(test).isEmpty)
    }

    @Test func `what a former member takes away says nothing of the mails of others that they sorted`() async throws {
        let test = try await site()
        let to = try await address(test, of: .ana)
        _ = try await MailIn.receive(mail("Perdu ?", from: "tiers@ailleurs.example", to: to), test.site)
        let id = try await test.site.database.read { try $0.text("SELECT id FROM received_mail") } ?? ""
        #expect(await test.post("/programmes/essai/courriels-recus/\(id)/rejet", as: .nadia).status == 303)
        _ = try await MailIn.receive(mail("Moi.", from: Cast.email(.nadia).uppercased(), to: to, id: "2"), test.site)
        for (name, says) in [(Cast.Name.nadia, "sorted by you"), (.ana, "to your address")] {
            let archive = try ReceivedArchive(await test.post("/compte/mes-donnees/archive", as: name).body)
            let mails = CanonicalJSON.encode(try JSONValue.parse(archive["donnees.json"] ?? [])["data"]?["courriels-envoyes-au-site"] ?? .null)
            #expect(mails.contains(says) && !mails.contains("tiers@"), "\(mails)")
            #expect(mails.contains("Ma note") == (name == .nadia))
        }
    }
}
