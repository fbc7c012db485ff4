import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

/// Who reads a programme that was just made: said before, chosen, changed, recorded.
@Suite struct ProgrammeAudienceTests {
    private func start(_ site: TestSite, _ more: [String: String] = [:]) async -> String {
        let fields = ["name": "Visite à Colombelles", "place": "Colombelles", "first_day": "14/04/2027"].merging(more) { _, own in own }
        let location = await site.post("/programmes/nouveau", fields, as: .nadia).header("location") ?? ""
        return location.split(separator: "/visites").first.map(String.init) ?? ""
    }

    @Test func `three fields make a programme of its people alone`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/programmes/nouveau", as: .nadia).text.contains("Qui lit la première page du programme"))
        let path = await start(site)
        #expect(await site.get(path).status == 404)
        #expect(await site.get(path, as: .ana).status == 404)
        #expect(await !site.get("/programmes").text.contains("Colombelles"))
        #expect(await site.get(path, as: .nadia).text.contains("data-audience=\"programme\""))
        #expect(await site.get(await start(site, ["audience": "public", "place": "Ailleurs"])).status == 200)
    }

    @Test func `the settings open it to everybody and close it again, in the history`() async throws {
        let site = try await TestSite()
        let path = await start(site)
        let settings = [
            "title": "Colombelles", "license": "CC-BY-SA-4.0", "share": "50", "answer_days": "21", "requires_signatory": "1",
        ]
        for (audience, status) in [("public", 200), ("community", 404)] {
            let answer = await site.post("\(path)/reglages", settings.merging(["audience": audience]) { _, own in own }, as: .nadia)
            #expect(answer.status == 303)
            #expect(await site.get(path).status == status, "\(audience)")
        }
        let actions = try await site.site.database.read {
            try $0.texts("SELECT action FROM audit WHERE object_kind = 'programme' AND action LIKE 'access.%' ORDER BY id")
        }
        #expect(actions == ["access.widened", "access.narrowed"])
    }

    @Test func `the grid is named to whoever reads the first page, and to nobody else`() async throws {
        let site = try await TestSite()
        let path = await start(site)
        func isNamed() async throws -> Bool {
            site.site.pages.forgetAll()
            let found = await site.get("/recherche?q=Colombelles").text.contains("href=\"\(path)")
            return await site.get("/boite-a-outils").text.contains("\(path)/grille") || found
        }
        #expect(try await !isNamed())
        #expect(await site.get("\(path)/grille").status == 404)
        let settings = ["title": "Colombelles", "license": "CC-BY-SA-4.0", "share": "50", "answer_days": "21", "requires_signatory": "1"]
        for (audience, named) in [("public", true), ("community", false)] {
            #expect(await site.post("\(path)/reglages", settings.merging(["audience": audience]) { $1 }, as: .nadia).status == 303)
            #expect(try await isNamed() == named, "\(audience)")
            #expect(await site.get("\(path)/grille").status == (named ? 200 : 404))
        }
    }

    @Test func `a host reads the first page of the programme it receives, not others`() async throws {
        let site = try await TestSite()
        try await site.site.amend(as: "test.closed", by: .site) { change in
            try change.narrow(site.cast.programme, to: .community)
            change.leaveAsItIs()
        }
        #expect(await site.get("/programmes/essai").status == 404)
        #expect(await site.get("/programmes/essai", as: .stranger).status == 404)
        #expect(await site.get("/programmes/essai", as: .yann).status == 200)
        #expect(await site.get("/programmes/essai/visites/caen", as: .yann).status == 200)
    }

    @Test func `an imported programme says who will read it, and an address taken before anything is created`() async throws {
        let site = try await TestSite()
        let text = "format: essaim-programme/1\ntitre: Essai\nslug: autre\n"
        let preview = await site.post("/programmes/importer", ["text": text], as: .nadia).text
        #expect(preview.contains("Qui lit la première page du programme"))
        _ = await site.post("/programmes/importations", ["text": text, "audience": "community"], as: .nadia)
        #expect(await site.get("/programmes/autre").status == 404)
        let again = await site.post("/programmes/importer", ["text": text], as: .nadia)
        #expect(again.status == 422)
        #expect(again.text.contains("Un programme existe déjà à l’adresse"))
    }

    @Test func `after an invitation the next acts are offered`() async throws {
        let site = try await TestSite()
        let page = await site.get("/programmes/essai/communaute/\(site.cast[.ana])?invite=1", as: .nadia).text
        #expect(page.contains("Inviter une autre personne"))
        #expect(page.contains("Composer le groupe d’une visite"))
    }
}
