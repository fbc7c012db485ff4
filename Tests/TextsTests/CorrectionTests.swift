import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct CorrectionTests {
    private func asked(_ test: TestSite, _ names: [Cast.Name] = [.yann, .ana, .bo]) async throws -> (id: String, path: String) {
        let id = try await test.synthesis()
        _ = await test.ask(id, names)
        return (id, "/textes/\(id)/validation")
    }

    @Test func `a host cannot be left out of the request`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.ask(id, [.ana, .bo]).text.contains("Yann signe pour la structure"))
        let visit = test.cast.caen.visit
        try await test.site.database.write { try $0.run("UPDATE visit SET signatory_id = NULL WHERE id = \(visit)") }
        let refused = await test.ask(id, [.yann, .ana])
        #expect(refused.status == 422 && refused.text.contains("personne n’est nommé") && refused.text.contains("\(test.visit)/groupe"))
        #expect(try await test.validation(id) == nil)
    }

    @Test func `a later change of signatory changes no earlier request`() async throws {
        let test = try await TestSite()
        let (id, _) = try await asked(test)
        let (visit, zoe) = (test.cast.caen.visit, test.cast[.zoe])
        try await test.site.database.write { try $0.run("UPDATE visit SET signatory_id = \(zoe) WHERE id = \(visit)") }
        #expect(try await test.validation(id)?.signatory?.personId == test.cast[.yann])
    }

    @Test func `somebody forgotten is added, somebody silent is let go, each is written to, all of it is shown`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        #expect(await test.post("\(path)/personnes", ["person": test.cast[.chloe]], as: .ana).status == 403)
        #expect(await test.post("\(path)/personnes", ["person": test.cast[.zoe]], as: .nadia).status == 422)
        #expect(await test.post("\(path)/personnes", ["person": test.cast[.ana]], as: .nadia).status == 422)
        #expect(await test.post("\(path)/personnes", ["person": test.cast[.chloe]], as: .nadia).status == 303)
        #expect(try await test.mails(to: .chloe).last?.contains(path) == true)
        #expect(await test.answer(id, as: .chloe).status == 303)
        #expect(await test.post("\(path)/personnes/retrait", ["silent": test.cast[.chloe]], as: .nadia).status == 422, "has answered")
        #expect(await test.post("\(path)/personnes/retrait", ["silent": test.cast[.yann]], as: .nadia).status == 422, "signs for the host")
        #expect(await test.post("\(path)/personnes/retrait", ["silent": test.cast[.bo]], as: .nadia).status == 303)
        #expect(try await test.mails(to: .bo).last?.contains("par erreur") == true)
        #expect(try await test.validation(id)?.people.count == 3)
        let page = await test.get(path, as: .nadia).text
        #expect(page.contains("a ajouté une personne à la demande") && page.contains("Chloe") && page.contains("a retiré de la demande"))
        #expect(await test.get("\(path)/correction", as: .nadia).status == 200)
        #expect(await test.get("\(path)/correction", as: .ana).status == 403)
    }

    @Test func `a deadline is put off, and what was late no longer is`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        test.clock.move(to: Day(iso: "2026-03-22")!)
        try await test.renewSessions()
        _ = await test.answer(id, as: .ana)
        #expect(await test.get(path, as: .nadia).text.contains("après la date limite"))
        #expect(await test.post("\(path)/delai", ["deadline": "2026-03-21"], as: .nadia).status == 422)
        #expect(await test.post("\(path)/delai", ["deadline": "2026-03-30"], as: .nadia).status == 303)
        #expect(try await test.mails(to: .bo).last?.contains("30 mars 2026") == true)
        let validation = try #require(try await test.validation(id))
        let given = try #require(validation.person(test.cast[.ana])?.answer)
        #expect(!validation.isLate(given))
    }

    @Test func `a request is cancelled with its reason, never with an objection in it`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        let objection = ["kind": "object", "objection": "error", "text": "Non.", "exact": "no"]
        _ = await test.answer(id, as: .ana, objection)
        #expect(await test.post("\(path)/annulation", ["reason": "Erreur."], as: .nadia).status == 422)
        let answer = try #require(try await test.validation(id)?.objections.first)
        _ = await test.post("\(path)/retrait", ["answer": answer.id], as: .ana)
        #expect(await test.post("\(path)/annulation", ["reason": " "], as: .nadia).status == 422)
        #expect(await test.post("\(path)/annulation", ["reason": "Mauvaise révision."], as: .nadia).status == 303)
        #expect(try await test.mails(to: .yann).last?.contains("Mauvaise révision.") == true)
        let page = await test.get(path, as: .nadia).text
        #expect(page.contains("La demande a été annulée") && page.contains("Mauvaise révision."))
        #expect(await test.answer(id, as: .bo).status == 422)
        #expect(await test.ask(id).status == 303)
    }

    @Test func `the same objection sent again after it was taken back stands again`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        let objection = ["kind": "object", "objection": "error", "text": "Non.", "exact": "no"]
        _ = await test.answer(id, as: .ana, objection)
        let answer = try #require(try await test.validation(id)?.objections.first)
        _ = await test.post("\(path)/retrait", ["answer": answer.id], as: .ana)
        #expect(await test.answer(id, as: .ana, objection).status == 303)
        let again = try #require(try await test.validation(id)?.objections.first)
        #expect(again.id != answer.id && again.outcome == nil)
    }

    @Test func `nobody's own answer is entered over, and what is entered in a name is told to its owner, who may refuse it`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        _ = await test.answer(id, as: .ana)
        var fields = [
            "person": test.cast[.ana], "received_by": "phone", "received_on": "2026-03-02", "proof": "Appel.", "exact": "yes",
            "publishable": "no", "kind": "endorse",
        ]
        #expect(await test.post("\(path)/saisie", fields, as: .nadia).text.contains("a déjà répondu de sa main"))
        fields["person"] = test.cast[.bo]
        #expect(await test.post("\(path)/saisie", fields, as: .nadia).status == 303)
        let mail = try await test.mails(to: .bo).last ?? ""
        #expect(mail.contains("Nadia a saisi en votre nom") && mail.contains("Publiable\u{A0}: Non") && mail.contains("Si ce n’est pas votre réponse"))
        #expect(await test.get(path, as: .bo).text.contains("Ce n’est pas ma réponse"))
        #expect(await test.post("\(path)/desaveu", as: .ana).status == 422)
        #expect(await test.post("\(path)/desaveu", as: .bo).status == 303)
        let bo = try #require(try await test.validation(id)?.person(test.cast[.bo]))
        #expect(bo.answer == nil && bo.earlier.count == 1)
        #expect(try await test.mails(to: .nadia).last?.contains("n’est pas la sienne") == true)
    }

    @Test func `the site reminds by itself, once, three days before the deadline, whoever has not answered`() async throws {
        let test = try await TestSite()
        let (id, _) = try await asked(test)
        _ = await test.answer(id, as: .ana)
        for (day, sent) in [("2026-03-16", 0), ("2026-03-17", 2), ("2026-03-17", 0), ("2026-03-19", 0), ("2026-03-21", 0)] {
            test.clock.move(to: Day(iso: day)!)
            #expect(try await Reminders.sendDue(test.site) == sent, "\(day)")
        }
        #expect(try await test.mails(to: .bo).last?.contains("Votre avis est demandé") == true)
        #expect(try await test.mails(to: .ana).count == 1)
    }

    @Test func `what waits for the officer is to do, with its date`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        #expect(!(await test.get("/a-faire", as: .nadia).text.contains(path)))
        test.clock.move(to: Day(iso: "2026-03-18")!)
        try await test.renewSessions()
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Il manque 3 réponses"))
        _ = await test.answer(id, as: .ana, ["kind": "object", "objection": "error", "text": "Non.", "exact": "no"])
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Donner une suite à une objection"))
        #expect(!(await test.get("/a-faire", as: .bo).text.contains("Donner une suite")))
        _ = await test.answer(id, as: .bo)
        _ = try await test.write("Autre chose.", in: id)
        _ = await test.post("\(path)/reouverture", as: .bo)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Validation rouverte"))
    }

    @Test func `who may not read a text is told how far it is, not what was answered`() async throws {
        let test = try await TestSite()
        let (id, _) = try await asked(test, [.yann, .ana, .bo])
        _ = await test.answer(id, as: .ana)
        let stranger = Cast.Name.maud
        #expect(await test.get(test.visit, as: .nadia).text.contains("1 réponse sur 3"))
        let page = await test.get(test.visit, as: stranger)
        #expect(page.status == 200 && !page.text.contains("réponse sur 3") && !page.text.contains("Révision 2"))
    }
}
