import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// A version of the grid is frozen as a text, and validated like any other; validated, it is the grid of all visits.
struct GridValidationTests {
    private let grid = "/programmes/essai/grille"

    /// A draft with one more question, frozen; answers the text of the versions.
    private func freeze(_ site: TestSite, _ question: String = "Qui coopère avec *qui* ?") async throws -> String {
        _ = await site.post("\(grid)/brouillon", as: .iris)
        let dimension = try #require(site.cast.dimensions["cooperation"])
        _ = await site.post("\(grid)/brouillon/questions/nouvelle", ["text": question, "probes": "Depuis quand ?", "dimension": dimension], as: .iris)
        let frozen = await site.post("\(grid)/versions", ["summary": "Une question de plus"], as: .iris)
        #expect(frozen.status == 303)
        return String((frozen.header("location") ?? "").split(separator: "?")[0].split(separator: "/").last ?? "")
    }

    private func ask(_ text: String, _ names: [Cast.Name], _ site: TestSite) async -> Response {
        await site.post(
            "/textes/\(text)/validation/demande", pairs: [("deadline", "2026-03-20")] + names.map { ("validators", site.cast[$0]) }, as: .nadia)
    }

    private func questions(_ site: TestSite) async throws -> [String] {
        try await site.site.database.read { try $0.texts("SELECT text FROM question WHERE retired_at IS NULL ORDER BY position, id") }
    }

    @Test func `versions and revisions go by the same number, and compare`() async throws {
        let site = try await TestSite()
        let text = try await freeze(site)
        let head = try await site.head(text)
        #expect(head.number == 2 && head.section("cooperation")?.body.contains("1. Qui coopère avec \\*qui\\* ?\n   - Depuis quand ?") == true)
        let hash = try await site.site.database.read { try $0.text("SELECT hash FROM grid_version WHERE number = 2") ?? "" }
        #expect(hash.count == 64 && head.section("identity")?.body.contains(hash) == true)
        let compared = await site.get("/textes/\(text)/revisions/\(head.id)/comparer", as: .ana)
        #expect(compared.status == 200 && compared.text.contains("Depuis quand"))
        #expect(await site.get(grid, as: .ana).text.contains("/textes/\(text)/revisions/\(head.id)/comparer"))
        #expect(!(await site.get(grid).text.contains("/textes/\(text)")))
        // The same again is no version.
        #expect(await site.post("\(grid)/versions", as: .iris).status == 422)
        #expect(try await site.mails(to: .nadia).last?.contains("la version 2 de la grille") == true)
    }

    @Test func `validated by enough of those asked, the version is in use; not before`() async throws {
        let site = try await TestSite()
        let text = try await freeze(site)
        #expect(await ask(text, [.ana, .bo, .maud], site).status == 303)
        #expect(try await site.mails(to: .ana).last?.contains("La version 2 de") == true)
        #expect(await site.get("/textes/\(text)/validation", as: .ana).text.contains("Peut-elle servir dans toutes les visites"))
        #expect(await site.answer(text, as: .ana).status == 303)
        #expect(try await questions(site).isEmpty)
        #expect(await site.answer(text, as: .bo).status == 303)
        #expect(try await questions(site).isEmpty)
        #expect(await site.answer(text, as: .maud).status == 303)
        #expect(try await questions(site) == ["Qui coopère avec *qui* ?"])
        #expect(await site.get(grid).text.contains("Qui coopère avec *qui* ?"))
        #expect(try await site.validation(text)?.isEndorsed(requiresSignatory: false, requiredShare: 0.5, on: site.site.now().day()) == true)
        let grid = try await site.site.database.read { try $0.text("SELECT id FROM grid") ?? "" }
        #expect(try await site.traces(grid).contains("grid.adopted"))
    }

    @Test func `an open objection keeps the grid as it is, and the deadline lets the rest pass`() async throws {
        let site = try await TestSite()
        let text = try await freeze(site)
        _ = await ask(text, [.ana, .bo, .maud], site)
        _ = await site.answer(text, as: .ana)
        _ = await site.answer(text, as: .bo)
        _ = await site.answer(text, as: .maud, ["kind": "object", "objection": "disagreement", "text": "Trop long."])
        #expect(try await questions(site).isEmpty)
        let answer = try await site.site.database.read { try $0.text("SELECT id FROM endorsement WHERE answer = 'object'") ?? "" }
        #expect(await site.post("/textes/\(text)/validation/objections/\(answer)", ["outcome": "arbitrated", "reason": "Deux journées suffisent."], as: .hugo).status == 303)
        #expect(try await questions(site).count == 1)

        let other = try await freeze(site, "Et après ?")
        _ = await ask(other, [.ana, .bo], site)
        _ = await site.answer(other, as: .ana)
        site.clock.move(to: Day(iso: "2026-03-22")!)
        _ = try await Reminders.sendDue(site.site)
        #expect(try await questions(site) == ["Qui coopère avec *qui* ?", "Et après ?"])
    }

    @Test func `a retired question keeps its identity and comes back with it`() async throws {
        let site = try await TestSite()
        let text = try await freeze(site)
        _ = await ask(text, [.maud], site)
        _ = await site.answer(text, as: .maud)
        let id = try await site.site.database.read { try $0.text("SELECT id FROM question") ?? "" }
        _ = try await freeze(site, "Une autre ?")
        _ = await site.post("\(grid)/brouillon/\(id)/retrait", as: .iris)
        _ = await site.post("\(grid)/versions", as: .iris)
        _ = await ask(text, [.maud], site)
        _ = await site.answer(text, as: .maud)
        #expect(try await questions(site) == ["Une autre ?"])
        #expect(await site.get("\(grid)/questions/\(id)", as: .ana).text.contains("ses réponses sont gardées"))
        _ = await site.post("\(grid)/brouillon/\(id)/retour", as: .iris)
        _ = await site.post("\(grid)/versions", as: .iris)
        _ = await ask(text, [.maud], site)
        _ = await site.answer(text, as: .maud)
        #expect(try await site.site.database.read { try $0.texts("SELECT id FROM question WHERE retired_at IS NULL") }.contains(id))
        let problems = try await site.site.database.read { [features = site.site.features] reader in try features.compactMap(\.checks).flatMap { try $0(reader) } }
        #expect(problems.isEmpty, "\(problems)")
    }

    @Test func `nobody writes the text of a grid, and it goes to no public page`() async throws {
        let site = try await TestSite()
        let text = try await freeze(site)
        for name in [Cast.Name.iris, .nadia, .hugo] {
            #expect(await site.get("/textes/\(text)/sections/cooperation/modifier", as: name).status == 403)
            #expect(await site.post("/textes/\(text)/titre", ["title": "Autre"], as: name).status == 403)
            #expect(await site.get("/textes/\(text)/publication", as: name).status == 404)
            #expect(await site.post("/textes/\(text)/validation/droit-de-reponse", ["reply_body": "Non."], as: name).status == 404)
        }
        #expect(await site.get("/textes/\(text)", as: .ana).status == 200)
        #expect(await site.get("/textes/\(text)", as: .yann).status == 404)
        #expect(await site.get("/textes/\(text)/document.odt", as: .ana).status == 200)
    }
}
