import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

struct ProgrammeStartTests {
    @Test func `three fields make a programme with five dimensions and one planned visit`() async throws {
        let site = try await TestSite()
        let answer = await site.post(
            "/programmes/nouveau", ["name": "Visite à Brest", "place": "Brest", "first_day": "14/04/2026"], as: .nadia)
        #expect(answer.status == 303)
        #expect(answer.header("location") == "/programmes/visite-a-brest/visites/brest")
        let id = try #require(try await site.text("SELECT id FROM programme WHERE slug = 'visite-a-brest'"))
        #expect(try await site.texts("SELECT name FROM visit WHERE programme_id = \(id)") == ["Visite à Brest"])
        #expect(
            try await site.count(
                "SELECT COUNT(*) FROM dimension JOIN grid ON grid.id = grid_id WHERE programme_id = \(id)") == 5)
        let visit = try #require(try await site.text("SELECT id FROM visit WHERE programme_id = \(id)"))
        #expect(
            try await site.texts("SELECT DISTINCT day FROM slot WHERE event_id = \(visit) ORDER BY day")
                == ["2026-04-14", "2026-04-15"])
        #expect(
            try await site.count(
                """
                SELECT COUNT(*) FROM membership WHERE scope_id = \(id) AND role = 'officer'
                    AND person_id = \(site.cast[.nadia])
                """) == 1)
        #expect(await site.get("/programmes/visite-a-brest", as: .nadia).status == 200)
    }

    @Test func `the date may wait, and two programmes may have the same name`() async throws {
        let site = try await TestSite()
        for _ in 1...2 {
            let answer = await site.post("/programmes/nouveau", ["name": "Essai", "place": "日本"], as: .sam)
            #expect(answer.status == 303)
        }
        #expect(
            try await site.texts("SELECT slug FROM programme ORDER BY slug") == ["essai", "essai-2", "essai-3"])
        #expect(try await site.texts("SELECT DISTINCT stage FROM visit WHERE name = 'Essai'") == ["candidate"])
    }

    @Test func `a date that does not exist is said, and what was typed stays`() async throws {
        let site = try await TestSite()
        let page = await site.post(
            "/programmes/nouveau", ["name": "", "place": "Brest", "first_day": "31/04/2026"], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("La date 31/04/2026 n’existe pas"))
        #expect(page.text.contains("Le nom de la visite manque."))
        #expect(page.text.contains("value=\"31/04/2026\""))
        #expect(page.text.contains("value=\"Brest\""))
        #expect(try await site.count("SELECT COUNT(*) FROM programme") == 1)
    }
}
