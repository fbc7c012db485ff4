import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct ValidationTests {
    @Test func `asking opens the text to the host, freezes a revision and writes to each`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.get("/textes/\(id)/validation", as: .yann).status == 404)
        #expect(await test.get("/textes/\(id)/validation/demande", as: .nadia).text.contains("23/03/2026"))
        #expect(await test.ask(id).status == 303)
        let head = try await test.head(id)
        let validation = try #require(try await test.validation(id))
        #expect(validation.request.revisionHash == head.hash && validation.people.count == 6 && validation.silent.count == 6)
        #expect(validation.signatory?.personId == test.cast[.yann])
        for name in [Cast.Name.yann, .ana, .emma] {
            #expect(try await test.mails(to: name).last?.contains("/textes/\(id)/validation") == true)
        }
        let page = await test.get("/textes/\(id)/validation", as: .yann).text
        for words in ["Sans réponse", head.hash, "Il manque la réponse de 6 personnes", "C", "Votre réponse sur la révision 2"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(await test.get(test.visit, as: .nadia).text.contains("0 réponse sur 6"))
        #expect(await test.get("/a-faire", as: .ana).text.contains("/textes/\(id)/validation"))
    }

    @Test func `a validation has one day: the one that people were given`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.ask(id).status == 303)
        let page = await test.get("/programmes/essai/avancement", as: .nadia).text
        #expect(page.contains("Attendu pour le ven. 20 mars 2026."))
        #expect(!page.contains("24 juin 2026"), "seventy days after the visit is what is usual, not what was asked")
    }

    @Test func `a synthesis is asked about before its visit only by whoever says so`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.get("/textes/\(id)/validation/demande", as: .nadia).text.contains("name=\"ahead\""))
        let people = [("deadline", "2026-03-20")] + ([.yann] + Cast.visitors).map { ("validators", test.cast[$0]) }
        let refused = await test.post("/textes/\(id)/validation/demande", pairs: people, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("La visite n’a pas encore eu lieu. Cochez la case"))
        #expect(try await test.validation(id) == nil)
        #expect(await test.post("/textes/\(id)/validation/demande", pairs: people + [("ahead", "1")], as: .nadia).status == 303)
        let after = try await TestSite(on: Day(iso: "2026-04-17")!)
        let other = try await after.synthesis()
        #expect(await !after.get("/textes/\(other)/validation/demande", as: .nadia).text.contains("name=\"ahead\""))
        let late = [("deadline", "2026-04-30")] + ([.yann] + Cast.visitors).map { ("validators", after.cast[$0]) }
        #expect(await after.post("/textes/\(other)/validation/demande", pairs: late, as: .nadia).status == 303)
    }

    @Test func `what is wrong with a request is said at its place`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        #expect(await test.ask(id).text.contains("Le texte est vide"))
        _ = try await test.write("Des mots.", in: id)
        #expect(await test.ask(id, by: "2026-02-30").text.contains("n’existe pas"))
        #expect(await test.ask(id, by: "2026-03-01").text.contains("déjà passée"))
        #expect(await test.ask(id, []).text.contains("au moins une personne"))
        #expect(await test.ask(id, [.zoe]).status == 422)
        #expect(await test.post("/textes/\(id)/validation/demande", ["deadline": "2026-03-20"], as: .iris).status == 403)
        #expect(try await test.validation(id) == nil)
        #expect(await test.ask(id).status == 303)
        #expect(await test.ask(id).text.contains("déjà demandée"))
    }

    @Test func `people answer, change their mind, and what they said before stays readable`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        #expect(await test.answer(id, as: .ana, ["exact": "no"]).status == 422)
        #expect(await test.answer(id, as: .ana, ["interests": "Voisine de la structure"]).status == 303)
        #expect(await test.answer(id, as: .ana, ["interests": "Voisine de la structure"]).status == 303)
        test.clock.advance(days: 1)
        let reservation = ["kind": "endorse_with_reservation", "text": "Un chiffre manque."]
        #expect(await test.answer(id, as: .ana, reservation).status == 303)
        let ana = try #require(try await test.validation(id)?.person(test.cast[.ana]))
        #expect(ana.answer?.answer.kind == .reservation && ana.earlier.map(\.answer.kind) == [.endorse])
        let page = await test.get("/textes/\(id)/validation", as: .bo).text
        for words in ["Validé avec réserve", "Un chiffre manque.", "Une réponse antérieure"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(await test.answer(id, as: .iris).status == 403)
        #expect(await test.answer(id, as: .zoe).status == 404)
    }

    @Test func `a late answer is taken and said late; silence stays silence after reminders`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: .emma)
        #expect(await test.get("/textes/\(id)/validation", as: .nadia).text.contains("Le rappel ira à\u{A0}: "))
        let sent = await test.post("/textes/\(id)/validation/rappels", as: .nadia)
        #expect(sent.status == 303)
        let notice = await test.get(sent.header("location") ?? "", as: .nadia).text.split(separator: "role=\"status\">").last?.prefix { $0 != "<" } ?? ""
        #expect(notice.hasPrefix("Rappel envoyé à ") && notice.contains("Bo") && !notice.contains("Emma"), "\(notice)")
        #expect(await test.post("/textes/\(id)/validation/rappels", as: .nadia).status == 422)
        #expect(await test.post("/textes/\(id)/validation/rappels", as: .ana).status == 403)
        #expect(try await test.mails(to: .bo).last?.contains("sans réponse") == true)
        test.clock.advance(days: 30)
        try await test.renewSessions()
        _ = await test.answer(id, as: .ana)
        let page = await test.get("/textes/\(id)/validation", as: .nadia).text
        #expect(page.contains("après la date limite") && page.contains("La date limite est passée"))
        #expect(try await test.validation(id)?.silent.count == 4)
    }

    @Test func `an answer received otherwise is entered with its proof, and said so`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let fields = [
            "person": test.cast[.bo], "received_by": "phone", "received_on": "2026-03-02", "proof": "Appel de 11 h 20.", "exact": "yes",
            "publishable": "no", "kind": "endorse",
        ]
        let path = "/textes/\(id)/validation/saisie"
        #expect(await test.post(path, fields, as: .ana).status == 403)
        #expect(await test.post(path, fields.merging(["proof": ""]) { $1 }, as: .nadia).text.contains("Écrivez la preuve"))
        #expect(await test.post(path, fields.merging(["received_on": "2026-03-03"]) { $1 }, as: .nadia).status == 422)
        #expect(await test.post(path, fields.merging(["received_on": "2026-02-01"]) { $1 }, as: .nadia).status == 422)
        #expect(await test.post(path, fields.merging(["person": test.cast[.zoe]]) { $1 }, as: .nadia).status == 422)
        let file = UploadedFile(name: "appel.txt", bytes: Array("Compte rendu".utf8))
        #expect(await test.post(path, fields, files: ["file": file], as: .nadia).status == 303)
        let given = try #require(try await test.validation(id)?.person(test.cast[.bo])?.answer)
        #expect(given.receivedBy == .phone && given.enteredBy == test.cast[.nadia] && !given.answer.isPublishable)
        #expect(await test.get("/textes/\(id)/validation", as: .ana).text.contains("Réponse reçue par téléphone, saisie par Nadia."))
        let proof = "/textes/\(id)/validation/preuves/\(given.proofFileId ?? "")"
        #expect(await test.get(proof, as: .nadia).text == "Compte rendu")
        #expect(await test.get(proof, as: .ana).status == 404)
        let program = UploadedFile(name: "a.pdf", bytes: [0x7f, 0, 1, 2])
        #expect(await test.post(path, fields, files: ["file": program], as: .nadia).text.contains("ni un PDF"))
    }

    @Test func `after a change the validation is shown on the revision it was given on`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        for name in [Cast.Name.yann] + Cast.visitors { _ = await test.answer(id, as: name) }
        #expect(try await test.validation(id)?.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: test.site.now().day()) == true)
        _ = try await test.write("L’ARDES accompagne depuis longtemps !", in: id, ["form_only": "1"])
        let formOnly = await test.get("/textes/\(id)/validation", as: .ana).text
        #expect(formOnly.contains("seules des corrections de forme") && formOnly.contains("Rouvrir la validation"))
        test.clock.advance(.minutes(1))
        _ = try await test.write("L’ARDES n’accompagne plus.", in: id)
        let changed = await test.get("/textes/\(id)/validation", as: .ana).text
        #expect(changed.contains("sur la révision 2") && changed.contains("le texte a changé depuis") && changed.contains("<del>"))
        #expect(await test.post("/textes/\(id)/validation/reouverture", as: .iris).status == 422)
        #expect(await test.post("/textes/\(id)/validation/reouverture", as: .ana).status == 303)
        #expect(try await test.validation(id)?.isClosed == true)
        #expect(await test.answer(id, as: .bo).status == 422)
        #expect(try await test.mails(to: .nadia).last?.contains("demande une nouvelle validation") == true)
        #expect(await test.ask(id).status == 303)
        #expect(try await test.validation(id)?.silent.count == 6)
        #expect(await test.get("/textes/\(id)/validation", as: .ana).text.contains("Demandes précédentes"))
    }

    @Test func `nobody reopens what has not changed`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: .ana)
        #expect(await test.post("/textes/\(id)/validation/reouverture", as: .ana).status == 422)
    }

    @Test func `everything done is in the history`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: .ana)
        _ = await test.post("/textes/\(id)/validation/rappels", as: .nadia)
        let traces = try await test.traces(id)
        for action in ["validation.asked", "access.widened", "validation.answered", "validation.reminded"] {
            #expect(traces.contains(action), "\(action)")
        }
    }
}
