import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// A reminder about a text that people were asked about: to those who have not answered, once a day, with a page that opens for them.
@Suite struct NudgeTests {
    private let board = "/programmes/essai/avancement"

    private func nudge(_ test: TestSite, _ stage: String, as name: Cast.Name = .nadia) async -> Response {
        await test.post("\(test.visit)/relances/\(stage)", as: name)
    }

    private func count(_ test: TestSite) async throws -> [Cast.Name: Int] {
        var counts: [Cast.Name: Int] = [:]
        for name in Cast.Name.allCases { counts[name] = try await test.mails(to: name).count }
        return counts
    }

    /// Whose mails there are more of than before.
    private func written(since before: [Cast.Name: Int], _ test: TestSite) async throws -> Set<Cast.Name> {
        let now = try await count(test)
        return Set(Cast.Name.allCases.filter { now[$0] ?? 0 > before[$0] ?? 0 })
    }

    private func asked() async throws -> (TestSite, String) {
        let test = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await test.post("\(test.visit)/tenue", as: .nadia)
        let id = try await test.synthesis()
        #expect(await test.ask(id, by: "2026-05-20").status == 303)
        return (test, id)
    }

    @Test func `only those who have not answered are written to, named on the page before`() async throws {
        let (test, id) = try await asked()
        for name in [Cast.Name.ana, .bo, .chloe, .yann] { #expect(await test.answer(id, as: name).status == 303) }
        let page = await test.get(board, as: .nadia).text
        #expect(page.contains("Driss et Emma") && page.contains("\(test.visit)/relances/validation"))
        let plain = await test.get(board, as: .maud).text
        #expect(plain.contains("les personnes dont l’avis est demandé") && !plain.contains("Driss et Emma"))
        let before = try await count(test)
        #expect(await nudge(test, "validation").status == 303)
        #expect(try await written(since: before, test) == [.driss, .emma])
    }

    @Test func `once all answered, what is left to do is the officer’s alone`() async throws {
        let (test, id) = try await asked()
        for name in Cast.visitors { #expect(await test.answer(id, as: name).status == 303) }
        #expect(await test.answer(id, as: .yann, ["kind": "object", "exact": "no", "objection": "error", "text": "Faux."]).status == 303)
        let before = try await count(test)
        #expect(await nudge(test, "validation", as: .hugo).status == 303)
        #expect(try await written(since: before, test) == [.nadia])
        let own = await nudge(test, "validation")
        #expect(own.status == 422 && own.text.contains("C’est à vous"))
    }

    @Test func `nobody asked yet, nobody is pressed but who should ask`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-09-20")!)
        _ = await test.post("\(test.visit)/tenue", as: .nadia)
        _ = try await test.synthesis()
        let before = try await count(test)
        #expect(await nudge(test, "validation", as: .hugo).status == 303, "late")
        #expect(try await written(since: before, test) == [.nadia])
    }

    @Test func `one of the two buttons a day is enough`() async throws {
        let (test, id) = try await asked()
        #expect(await test.post("/textes/\(id)/validation/rappels", as: .nadia).status == 303)
        #expect(await nudge(test, "validation").status == 422, "they were reminded on the other page")
        test.clock.advance(.days(1))
        try await test.renewSessions()
        #expect(await nudge(test, "validation").status == 303)
        #expect(await test.post("/textes/\(id)/validation/rappels", as: .nadia).status == 422)
        #expect(await test.get("/textes/\(id)/validation", as: .nadia).text.contains("21 avril 2026"), "when they were reminded last")
    }

    @Test func `who has no account gets a link that opens their answer, and the one they had still does`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await test.post("\(test.visit)/tenue", as: .nadia)
        for name in [Cast.Name.yann, .bo] { try await test.closeAccount(name) }
        let id = try await test.synthesis()
        _ = await test.ask(id, by: "2026-05-20")
        let first = try await test.link(to: .yann, "/validation")
        #expect(await test.post("\(try await test.link(to: .bo, "/validation"))/reponse", ["exact": "yes", "publishable": "yes", "kind": "endorse"]).status == 303)
        let told = try await test.mails(to: .bo).count
        test.clock.advance(.days(1))
        try await test.renewSessions()
        #expect(await nudge(test, "validation").status == 303)
        let mail = try #require(try await test.mails(to: .yann).last)
        #expect(mail.contains("Lire la synthèse et répondre, sans créer de compte") && mail.contains("3 juin 2026)"))
        let again = try await test.link(to: .yann, "/validation")
        #expect(again != first)
        for link in [first, again] { #expect(await test.get(link).text.contains("Est-ce publiable")) }
        #expect(try await test.mails(to: .bo).count == told, "answered behind a link")
    }

    @Test func `readers of minutes without account too`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await test.post("\(test.visit)/tenue", as: .nadia)
        try await test.closeAccount(.bo)
        let id = await test.open(.minutes)
        for section in TextKind.minutes.sections { _ = try await test.write("Dit.", in: id, section: section) }
        #expect(await test.ask(id, by: "2026-04-30", [.ana, .bo]).status == 303)
        test.clock.advance(.days(1))
        try await test.renewSessions()
        let before = try await count(test)
        #expect(await nudge(test, "minutes").status == 303)
        #expect(try await written(since: before, test) == [.ana, .bo])
        #expect(try await test.mails(to: .bo).last?.contains("Lire le compte rendu et répondre") == true)
        #expect(await test.get(try await test.link(to: .bo, "/validation")).text.contains("Est-ce bien ce qui s’est dit et décidé"))
    }
}
