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
}
