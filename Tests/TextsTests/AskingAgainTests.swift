import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct AskingAgainTests {
    private func subjects(_ test: TestSite, to name: Cast.Name) async throws -> [String] {
        let person = test.cast[name]
        return try await test.site.database.read { try $0.texts("SELECT subject FROM mail WHERE person_id = \(person) ORDER BY created_at, id") }
    }

    @Test func `who is asked again is told what changed since their answer`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: .ana, ["kind": "endorse_with_reservation", "text": "Un chiffre manque."])
        _ = try await test.write("L’ARDES accompagne cent personnes.", in: id)
        test.clock.advance(.minutes(1))
        #expect(await test.ask(id).status == 303)
        #expect(try await subjects(test, to: .ana).last == "Le texte a changé\u{A0}: votre avis sur la révision 3")
        #expect(try await test.mails(to: .ana).last?.contains("répondu sur la révision 2") == true)
        #expect(try await test.mails(to: .bo).last?.contains("depuis la demande précédente") == true)
        let page = await test.get("/textes/\(id)/validation", as: .ana).text
        for words in ["sur la révision 2, vous aviez répondu", "Un chiffre manque.", "de la révision 2 à la révision 3", "<ins>"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!(await test.get("/textes/\(id)/validation", as: .bo).text.contains("vous aviez répondu")))
    }

    @Test func `the team that comes along is asked and does not count; whoever of the group was not asked has not endorsed`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.ask(id, [.yann, .iris]).status == 303)
        for name in [Cast.Name.yann, .iris] { #expect(await test.answer(id, as: name).status == 303) }
        let validation = try #require(try await test.validation(id))
        #expect(validation.visitors.isEmpty && validation.unasked == 5 && validation.silent.isEmpty)
        #expect(!validation.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Day(iso: "2026-06-01")!))
        #expect(await test.get("/textes/\(id)/validation", as: .nadia).text.contains("équipe de la visite"))
        let visit = test.cast.caen.visit
        let stage = try await test.site.database.read { try $0.text("SELECT stage FROM visit WHERE id = \(visit)") }
        #expect(stage != "validated")
    }

    @Test func `what is printed beside a text has a length, and comes back when it is too long`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let long = String(repeating: "a", count: Answer.limit) + "ZZZ"
        let refused = await test.answer(id, as: .ana, ["kind": "endorse_with_reservation", "text": long])
        #expect(refused.status == 422 && refused.text.contains("C’est trop long") && refused.text.contains("aZZZ"))
        #expect(await test.answer(id, as: .ana, ["interests": long]).status == 422)
        #expect(await test.post("/textes/\(id)/validation/droit-de-reponse", ["reply_body": long], as: .yann).status == 422)
        #expect(try await test.validation(id)?.silent.count == 6)
        #expect(await test.answer(id, as: .ana, ["kind": "endorse_with_reservation", "text": String(long.prefix(Answer.limit))]).status == 303)
    }

    @Test func `an answer is entered for somebody chosen, those without answer first`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: .ana)
        let page = await test.get("/textes/\(id)/validation/saisie", as: .nadia).text
        #expect(page.contains("<option value=\"\" selected>Choisissez une personne</option>"))
        #expect(page.contains("(a déjà répondu)") && page.contains("Ce qui la lie à la structure"))
        let (ana, emma) = ("<option value=\"\(test.cast[.ana])\"", "<option value=\"\(test.cast[.emma])\"")
        let (first, last) = try (#require(page.firstRange(of: emma)), #require(page.firstRange(of: ana)))
        #expect(first.lowerBound < last.lowerBound)
    }

    @Test func `nobody is pressed on the day they are asked`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let quiet = "<button class=\"button quiet\">Envoyer un rappel"
        #expect(await test.get("/textes/\(id)/validation", as: .nadia).text.contains(quiet))
        test.clock.advance(days: 3)
        try await test.renewSessions()
        let page = await test.get("/textes/\(id)/validation", as: .nadia).text
        #expect(page.contains("Envoyer un rappel") && !page.contains(quiet))
    }
}
