import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct GuestValidationTests {
    private func asked(_ test: TestSite) async throws -> (text: String, link: String) {
        try await test.closeAccount(.yann)
        let id = try await test.synthesis()
        _ = await test.ask(id)
        return (id, try await test.link(to: .yann, "/validation"))
    }

    @Test func `a signatory without account reads, answers and replies behind a private link`() async throws {
        let test = try await TestSite()
        let (id, link) = try await asked(test)
        let page = await test.get(link)
        #expect(page.status == 200 && page.text.contains("L’ARDES accompagne") && page.text.contains("Est-ce publiable"))
        let before = try await test.validation(id)
        #expect(before?.silent.count == 6)
        let yes = ["exact": "yes", "publishable": "yes", "kind": "endorse"]
        #expect(await test.post("\(link)/reponse", yes).header("location")?.hasPrefix(link) == true)
        #expect(try await test.validation(id)?.person(test.cast[.yann])?.answer?.answer.kind == .endorse)
        #expect(await test.post("\(link)/droit-de-reponse", ["reply_body": "Notre mot."]).status == 303)
        #expect(await test.post("\(link)/demande", ["deadline": "2026-04-01"]).status == 404)
    }

    @Test func `an answer given in English leads to a page in English`() async throws {
        let test = try await TestSite()
        let (_, link) = try await asked(test)
        let yes = ["exact": "yes", "publishable": "yes", "kind": "endorse"]
        let done = await test.post("\(link)/reponse?langue=en", yes)
        let next = try #require(done.header("location"))
        #expect(done.status == 303 && next.contains("langue=en"))
        #expect(await test.get(next).text.contains("<html lang=\"en\">"))
        #expect(await test.post("\(link)/reponse?langue=en", [:]).text.contains("<html lang=\"en\">"), "and so does a refusal")
    }

    @Test func `the link lasts two weeks after the deadline, and not after it was disowned`() async throws {
        let test = try await TestSite()
        let (id, link) = try await asked(test)
        test.clock.move(to: Day(iso: "2026-04-03")!)
        try await test.renewSessions()
        #expect(await test.get(link).status == 200)
        test.clock.move(to: Day(iso: "2026-04-05")!)
        try await test.renewSessions()
        #expect(await test.get(link).status == 404)
        _ = await test.post("/textes/\(id)/validation/rappels", as: .nadia)
        let again = try await test.link(to: .yann, "/validation")
        #expect(again != link)
        #expect(await test.post("\(again)/pas-moi").status == 200)
        #expect(await test.get(again).status == 404)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Vérifier l’adresse de Yann"))
        test.clock.advance(days: 1)
        try await test.renewSessions()
        _ = await test.post("/textes/\(id)/validation/rappels", as: .nadia)
        #expect(await !test.get("/a-faire", as: .nadia).text.contains("Vérifier l’adresse de Yann"))
        #expect(try await test.validation(id)?.silent.count == 6)
    }

    @Test func `a link to one text opens no other`() async throws {
        let test = try await TestSite()
        let (_, link) = try await asked(test)
        let secret = String(link.split(separator: "/").last ?? "")
        #expect(await test.get("/fiche/\(secret)").status == 404)
        #expect(await test.post("/fiche/\(secret)/sections/initiative", ["body": "x", "base": "y"]).status == 404)
    }
}
