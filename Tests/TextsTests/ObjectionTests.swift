import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct ObjectionTests {
    private let objection = ["kind": "object", "objection": "error", "text": "Ce n’est pas exact.", "exact": "no"]

    private func objected(_ test: TestSite, as name: Cast.Name = .ana) async throws -> (text: String, answer: String) {
        let id = try await test.synthesis()
        _ = await test.ask(id)
        _ = await test.answer(id, as: name, objection)
        let given = try #require(try await test.validation(id)?.objections.first)
        return (id, given.id)
    }

    @Test func `an objection is told to whoever asked, and blocks a new request until it has an outcome`() async throws {
        let test = try await TestSite()
        let (id, answer) = try await objected(test)
        #expect(try await test.mails(to: .nadia).last?.contains("Ana fait objection") == true)
        let settle = "/textes/\(id)/validation/objections/\(answer)"
        #expect(await test.post(settle, ["outcome": "changed"], as: .nadia).text.contains("n’a pas changé"))
        _ = try await test.write("C’est exact maintenant.", in: id)
        #expect(await test.ask(id).text.contains("attend encore une suite"))
        #expect(await test.post(settle, ["outcome": "changed", "reason": "Erreur corrigée."], as: .ana).status == 403)
        #expect(await test.post(settle, ["outcome": "changed", "reason": "Erreur corrigée."], as: .nadia).status == 303)
        let outcome = try #require(try await test.validation(id)?.objections.first?.outcome)
        let head = try await test.head(id)
        #expect(outcome.outcome == .changed && outcome.revisionId == head.id)
        #expect(try await test.mails(to: .ana).last?.contains("modifié à la suite de votre objection") == true)
        let reply = ["answer": answer, "reply": "Cela me convient."]
        #expect(await test.post("/textes/\(id)/validation/replique", reply, as: .bo).status == 404)
        #expect(await test.post("/textes/\(id)/validation/replique", reply, as: .ana).status == 303)
        #expect(await test.get("/textes/\(id)/validation", as: .bo).text.contains("Cela me convient."))
        #expect(await test.ask(id).status == 303)
    }

    @Test func `a programme without steering group refers nothing to it, and says whom to invite`() async throws {
        let test = try await TestSite()
        let (id, _) = try await objected(test)
        try await test.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE role = 'committee'") }
        let page = await test.get("/textes/\(id)/validation", as: .nadia).text
        #expect(page.contains("pas encore de comité de pilotage") && page.contains("/programmes/essai/communaute/inviter"))
        let refused = await test.post("/textes/\(id)/validation/arbitrage", as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("pas encore de comité de pilotage"))
        #expect(await test.get("/textes/\(id)/validation", as: .ana).status == 200)
    }

    @Test func `only its author takes an objection back`() async throws {
        let test = try await TestSite()
        let (id, answer) = try await objected(test)
        #expect(await test.post("/textes/\(id)/validation/retrait", ["answer": answer], as: .bo).status == 404)
        #expect(await test.post("/textes/\(id)/validation/retrait", ["answer": answer], as: .ana).status == 303)
        #expect(try await test.validation(id)?.objections.first?.outcome?.outcome == .withdrawn)
        let page = await test.get("/textes/\(id)/validation", as: .nadia).text
        let text = try await test.validation(id)?.objections.first?.answer.text ?? ""
        #expect(page.ranges(of: text).count == 1, "read once, where one sees what became of it")
        #expect(page.contains("href=\"#objection-\(answer)\"") && page.contains("id=\"objection-\(answer)\""))
        #expect(await test.post("/textes/\(id)/validation/objections/\(answer)", ["outcome": "arbitrated", "reason": "Non."], as: .nadia).status == 403)
    }

    @Test func `the steering committee reads the text once the objection is brought to it, and gives its reason`() async throws {
        let test = try await TestSite()
        let (id, answer) = try await objected(test)
        let settle = "/textes/\(id)/validation/objections/\(answer)"
        #expect(await test.get("/textes/\(id)/validation", as: .maud).status == 404)
        #expect(await test.post("/textes/\(id)/validation/arbitrage", as: .ana).status == 403)
        #expect(await test.post("/textes/\(id)/validation/arbitrage", as: .nadia).status == 303)
        #expect(try await test.mails(to: .maud).last?.contains("attend") != nil)
        #expect(await test.post(settle, ["outcome": "arbitrated", "reason": "Le comité a vérifié."], as: .nadia).status == 403)
        #expect(await test.post(settle, ["outcome": "arbitrated", "reason": ""], as: .maud).status == 422)
        #expect(await test.post(settle, ["outcome": "arbitrated", "reason": "Le comité a vérifié."], as: .maud).status == 303)
        #expect(await test.get("/textes/\(id)/validation", as: .ana).text.contains("Le comité a vérifié."))
    }

    @Test func `the host replies whatever it answered, and nobody else in its place`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let path = "/textes/\(id)/validation/droit-de-reponse"
        #expect(await test.post(path, ["reply_body": "Nous voyons autrement."], as: .ana).status == 403)
        #expect(await test.post(path, ["reply_body": " "], as: .yann).status == 422)
        #expect(await test.post(path, ["reply_body": "Nous voyons *autrement*."], as: .yann).status == 303)
        #expect(await test.get("/textes/\(id)/validation", as: .ana).text.contains("Nous voyons <em>autrement</em>."))
        #expect(try await test.site.database.read { try RightOfReply.of(id, $0) }?.personId == test.cast[.yann])
    }
}
