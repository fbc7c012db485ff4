import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct ReplyTests {
    private func asked(_ test: TestSite) async throws -> (id: String, path: String) {
        let id = try await test.synthesis()
        _ = await test.ask(id)
        return (id, "/textes/\(id)/validation/droit-de-reponse")
    }

    private func versions(_ id: String, _ test: TestSite) async throws -> [RightOfReply] {
        try await test.site.database.read { try RightOfReply.versions(of: id, $0) }
    }

    @Test func `two people of the host lose nothing: the second sees both, and every version is kept`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        let (circle, zoe) = (test.cast.caen.circle, test.cast[.zoe])
        try await test.site.amend(as: "test.joined", by: .site) { change in
            try change.join(zoe, scope: circle, as: .host)
            change.leaveAsItIs()
        }
        #expect(await test.post(path, ["reply_body": "Le mot de Yann.", "reply_base": "0"], as: .yann).status == 303)
        let conflict = await test.post(path, ["reply_body": "Le mot de Zoé.", "reply_base": "0"], as: .zoe)
        #expect(conflict.status == 409 && conflict.text.contains("Le mot de Yann.") && conflict.text.contains("Le mot de Zoé."))
        #expect(try await versions(id, test).map(\.body) == ["Le mot de Yann."])
        #expect(await test.post(path, ["reply_body": "Nos deux mots.", "reply_base": "1"], as: .zoe).status == 303)
        #expect(await test.post(path, ["reply_body": "Nos deux mots.", "reply_base": "1"], as: .zoe).status == 303, "sent twice")
        #expect(try await versions(id, test).map(\.body) == ["Nos deux mots.", "Le mot de Yann."])
        #expect(await test.get("/textes/\(id)/validation", as: .nadia).text.contains("Une version antérieure"))
    }

    @Test func `a reply received otherwise is entered with its proof, and told to its author`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        let fields = [
            "person": test.cast[.yann], "reply_body": "Nous voyons autrement.", "received_by": "paper", "received_on": "2026-03-02",
            "proof": "Lettre du 2 mars.",
        ]
        #expect(await test.get("\(path)/saisie", as: .nadia).status == 200)
        #expect(await test.get("\(path)/saisie", as: .ana).status == 403)
        #expect(await test.post("\(path)/saisie", fields, as: .ana).status == 403)
        #expect(await test.post("\(path)/saisie", fields.merging(["proof": ""]) { $1 }, as: .nadia).status == 422)
        #expect(await test.post("\(path)/saisie", fields.merging(["person": test.cast[.ana]]) { $1 }, as: .nadia).status == 422)
        #expect(await test.post("\(path)/saisie", fields, as: .nadia).status == 303)
        #expect(try await test.mails(to: .yann).last?.contains("Nous voyons autrement.") == true)
        let page = await test.get("/textes/\(id)/validation", as: .ana).text
        #expect(page.contains("Nous voyons autrement.") && page.contains("Réponse reçue par papier, saisie par Nadia.") && page.contains("Lettre du 2 mars."))
    }

    @Test func `answers to read are in « À faire » until somebody says that they read them, or the text is revised`() async throws {
        let test = try await TestSite()
        let (id, path) = try await asked(test)
        func todo(as name: Cast.Name = .nadia) async -> String {
            let page = await test.get("/a-faire", as: name).text
            guard let range = page.firstRange(of: "Lire les réponses à la validation de ") else { return "" }
            return String(page[range.upperBound...].prefix { $0 != "<" })
        }
        test.clock.advance(.minutes(1))
        _ = await test.answer(id, as: .bo)
        #expect(await todo().isEmpty, "nothing to read in a plain yes")
        _ = await test.answer(id, as: .ana, ["kind": "endorse_with_reservation", "text": "Un chiffre manque."])
        _ = await test.answer(id, as: .emma, ["publishable": "no"])
        #expect(await todo().contains("1\u{A0}réserve et 1\u{A0}«\u{A0}non\u{A0}» à la publication"))
        #expect(await todo(as: .ana).isEmpty)
        _ = await test.post(path, ["reply_body": "Nous voyons autrement.", "reply_base": "0"], as: .yann)
        #expect(await todo().contains("le droit de réponse de la structure"))
        let page = "/textes/\(id)/validation"
        #expect(await test.get(page, as: .nadia).text.contains("J’ai lu ces réponses"))
        #expect(await !test.get(page, as: .ana).text.contains("J’ai lu ces réponses"))
        #expect(await test.post("\(page)/lecture", as: .ana).status == 403)
        #expect(await test.post("\(page)/lecture", as: .nadia).status == 303)
        #expect(await todo().isEmpty)
        #expect(await test.get(page, as: .nadia).text.contains("a lu les réponses à la validation"))
        test.clock.advance(.minutes(1))
        _ = await test.answer(id, as: .driss, ["kind": "endorse_with_reservation", "text": "Une date aussi."])
        #expect(await todo().contains("1\u{A0}réserve"))
        test.clock.advance(.minutes(1))
        _ = try await test.write("L’ARDES accompagne depuis 1998.", in: id)
        #expect(await todo().isEmpty)
    }
}
