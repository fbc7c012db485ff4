import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct SheetTests {
    @Test func `the host writes behind a private link, and nothing else opens`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        #expect(await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia).status == 303)
        let link = try await test.link(to: .yann, "/fiche")
        let first = await test.get(link)
        #expect(first.status == 200 && first.text.contains("Nadia vous demande de présenter votre structure") && first.text.contains("14 avril 2026"))
        #expect(try await test.mails(to: .yann).last?.contains("14 avril 2026") == true)
        let sent = await test.get("/textes/\(id)", as: .nadia).text
        #expect(sent.contains("Liens déjà envoyés") && sent.contains("Yann, par Nadia") && sent.contains("14 avril 2026."))
        let base = try await test.head(id).id
        #expect(await test.get("\(link)/sections/ecosystem/modifier").text.contains("La structure et son écosystème"))
        let draft = await test.post("\(link)/sections/ecosystem/brouillon", ["body": "Nous", "base": base])
        #expect(draft.status == 200)
        let saved = await test.post("\(link)/sections/ecosystem", ["body": "Nous sommes là.", "base": base, "act": "revision"])
        #expect(saved.status == 303 && saved.header("location")?.hasPrefix(link) == true)
        let head = try await test.head(id)
        #expect(head.authorId == test.cast[.yann] && head.section("ecosystem")?.body == "Nous sommes là.")
        let synthesis = try await test.synthesis()
        #expect(await test.get("/textes/\(synthesis)").status == 401)
        let secret = link.split(separator: "/").last ?? ""
        #expect(await test.get("/validation/\(secret)").status == 404)
        #expect(await test.get("/fiche/\(secret.dropLast())x").status == 404)
    }

    @Test func `the host is told that the sheet is theirs to begin, and begins it`() async throws {
        let test = try await TestSite()
        let todos = await test.get("/a-faire", as: .yann).text
        #expect(todos.contains("Écrire la fiche de présentation") && todos.contains("\(test.visit)#textes"))
        #expect(await test.get(test.visit, as: .yann).text.contains("action=\"\(test.visit)/textes\""))
        #expect(await test.post("\(test.visit)/textes", ["kind": "synthesis"], as: .yann).status == 403)
        let opened = await test.post("\(test.visit)/textes", ["kind": "sheet"], as: .yann)
        let path = try #require(opened.header("location")?.split(separator: "?").first)
        #expect(opened.status == 303 && path.hasPrefix("/textes/"))
        #expect(await test.get("\(path)/sections/ecosystem/modifier", as: .yann).status == 200)
        let after = await test.get("/a-faire", as: .yann).text
        #expect(after.contains(String(path)) && !after.contains("\(test.visit)#textes"), "one line for one thing")
    }

    @Test func `a new link ends the one before, and each ends with the visit`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let first = try await test.link(to: .yann, "/fiche")
        test.clock.advance(.minutes(1))
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let second = try await test.link(to: .yann, "/fiche")
        #expect(await test.get(first).status == 404)
        #expect(await test.get(second).status == 200)
        test.clock.move(to: Day(iso: "2026-04-16")!)
        #expect(await test.get(second).status == 404)
    }

    @Test func `who has no account is written a page that opens, with the facts, and their links follow the visit`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        try await test.closeAccount(.yann)
        _ = await test.post("\(test.visit)/invitations", as: .nadia)
        _ = await test.post("\(test.visit)/dates", ["first_day": "18/05/2026", "length": "4", "tell": "1"], as: .nadia)
        let plain = try #require(try await test.mails(to: .yann).last)
        #expect(plain.contains("Désormais\u{A0}: 18 et 19 mai 2026") && plain.contains("Lieu\u{A0}: Caen") && !plain.contains("http"), "no page behind a log-in")
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let first = try await test.link(to: .yann, "/fiche")
        #expect(try await test.mails(to: .yann).last?.contains("Dates\u{A0}: 18 et 19 mai 2026\nLieu\u{A0}: Caen\n\nÉcrire") == true)
        let page = await test.get(first).text
        #expect(page.contains("Dates\u{A0}: 18 et 19 mai 2026") && page.contains("Lieu\u{A0}: Caen"))
        test.clock.advance(.minutes(1))
        _ = await test.post("\(test.visit)/dates", ["first_day": "02/06/2026", "length": "4", "tell": "1"], as: .nadia)
        let second = try await test.link(to: .yann, "/fiche")
        #expect(second != first && !second.isEmpty)
        #expect(try await test.mails(to: .yann).last?.contains("2 juin 2026)\u{A0}:\nhttp") == true, "until when it is valid")
        _ = await test.post("\(test.visit)/dates", ["first_day": "20/05/2026", "length": "4"], as: .nadia)
        test.clock.move(to: Day(iso: "2026-06-01")!)
        for link in [first, second] { #expect(await test.get(link).status == 200, "longer with the visit, never shorter") }
        test.clock.move(to: Day(iso: "2026-06-04")!)
        #expect(await test.get(first).status == 404)
    }

    @Test func `a reminder of the sheet brings its link to who has no account, and begins the sheet`() async throws {
        let test = try await TestSite()
        try await test.closeAccount(.yann)
        #expect(await test.post("\(test.visit)/relances/sheet", as: .nadia).status == 303)
        let mail = try #require(try await test.mails(to: .yann).last)
        #expect(mail.contains("Dates\u{A0}: 14 et 15 avril 2026") && !mail.contains("\(test.visit)\n"))
        #expect(await test.get(try await test.link(to: .yann, "/fiche")).text.contains("Nadia vous demande de présenter"))
        #expect(await test.get(test.visit, as: .nadia).text.contains("/textes/"))
    }

    @Test func `the sheet that nobody began leads to what begins it, then to itself`() async throws {
        let test = try await TestSite()
        let page = await test.get(test.visit, as: .nadia).text
        #expect(page.contains("href=\"\(test.visit)/fiche\"") && !page.contains("href=\"\(test.visit)#textes\">Ouvrir la fiche"))
        let start = await test.get("\(test.visit)/fiche", as: .nadia).text
        #expect(start.contains("Écrire la fiche de présentation") && start.contains("name=\"kind\" value=\"sheet\"") && start.contains("Pour la structure\u{A0}: Yann."))
        #expect(start.contains("href=\"\(test.visit)/groupe\""))
        #expect(await !test.get("\(test.visit)/fiche", as: .ana).text.contains("Écrire la fiche de présentation"))
        let id = await test.open(.sheet)
        #expect(await test.get("\(test.visit)/fiche", as: .nadia).header("location") == "/textes/\(id)")
    }

    @Test func `a link that reached somebody else is closed and the officer told`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let link = try await test.link(to: .yann, "/fiche")
        #expect(await test.get(link).text.contains("Je ne suis pas cette personne"))
        // Asked first: opening the question closes nothing.
        let page = await test.get("\(link)/pas-moi").text
        #expect(page.contains("Yann devra en recevoir un autre") && page.contains("href=\"\(link)\""))
        #expect(await test.get(link).text.contains("href=\"\(link)/pas-moi\""))
        func todo() async -> Bool { await test.get("/a-faire", as: .nadia).text.contains("Vérifier l’adresse de Yann") }
        try await test.closeAccount(.yann)
        #expect(await !todo())
        #expect(await test.post("\(link)/pas-moi").status == 200)
        let closed = await test.get(link)
        #expect(closed.status == 404 && closed.text.contains("il ne lui était pas destiné"))
        #expect(await todo())
        #expect(await !test.get("/a-faire", as: .ana).text.contains("Vérifier l’adresse de Yann"))
        test.clock.advance(.minutes(1))
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        #expect(await !todo(), "a new link was sent")
        #expect(await test.get(link).text.contains("il ne lui était pas destiné"))
        let second = try await test.link(to: .yann, "/fiche")
        test.clock.advance(.minutes(1))
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        #expect(await test.get(second).text.contains("Un lien plus récent, pour la même page, l’a remplacé"))
        #expect(try await test.mails(to: .nadia).contains { $0.contains("ne pas être Yann") })
    }

    @Test func `only a person of the host gets a link`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        #expect(await test.post("/textes/\(id)/liens", ["person": test.cast[.zoe]], as: .nadia).status == 422)
        #expect(await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .yann).status == 403)
    }

    @Test func `the sheet is sent as a frozen revision, once to each`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        #expect(await test.post("/textes/\(id)/envois", as: .nadia).status == 422)
        _ = try await test.write("Nous.", in: id, section: "ecosystem", as: .yann)
        let half = await test.get("/textes/\(id)", as: .nadia).text
        #expect(half.contains("1 section sur 2") && half.contains(">Modifier<") && half.contains(">Écrire<") && half.contains("name=\"incomplete\""))
        let refused = await test.post("/textes/\(id)/envois", as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("Une section de la fiche est vide"))
        #expect(await test.post("/textes/\(id)/envois", ["incomplete": "1"], as: .nadia).status == 303)
        let first = try await test.head(id)
        #expect(try await test.mails(to: .ana).last?.contains("/textes/\(id)/revisions/\(first.id)") == true)
        let sendings = try await test.site.database.read { try Sending.of(id, $0) }
        #expect(Set(sendings.map(\.personId)) == Set((Cast.visitors + [.iris]).map { test.cast[$0] }))
        #expect(await test.post("/textes/\(id)/envois", as: .nadia).status == 422)
        _ = try await test.write("Nous aussi.", in: id, section: "flagship", as: .yann)
        #expect(await test.post("/textes/\(id)/envois", as: .nadia).status == 303)
        #expect(try await test.site.database.read { try Sending.of(id, $0) }.count == 12)
        #expect(!(await test.get("/a-faire", as: .nadia).text.contains("Envoyer la fiche")))
    }

    @Test func `a sheet that is whole waits for the officer to send it`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        func todos() async -> String { await test.get("/a-faire", as: .nadia).text }
        _ = try await test.write("Nous.", in: id, section: "ecosystem", as: .yann)
        #expect(!(await todos().contains("Envoyer la fiche")))
        _ = try await test.write("Nous aussi.", in: id, section: "flagship", as: .yann)
        let whole = await todos()
        #expect(whole.contains("Envoyer la fiche au groupe") && whole.contains("/textes/\(id)#envoi"))
        let first = try await test.head(id)
        _ = await test.post("/textes/\(id)/envois", as: .nadia)
        #expect(!(await todos().contains("Envoyer la fiche")))
        #expect(await test.get("/textes/\(id)", as: .ana).text.contains("Révision \(first.number)"))
    }
}
