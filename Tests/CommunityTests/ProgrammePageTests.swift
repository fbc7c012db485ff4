import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

struct ProgrammePageTests {
    @Test func `anybody reads the first page of a programme, without what is reserved`() async throws {
        let site = try await TestSite()
        let page = await site.get("/programmes/essai")
        #expect(page.status == 200)
        #expect(page.text.contains("Un petit programme."))
        #expect(page.text.contains("Règle de publication"))
        #expect(!page.text.contains("/programmes/essai/plan"))
        #expect(!page.text.contains("class=\"programme\""))
        #expect(page.header("cache-control") == "public, no-cache")
        #expect(await site.get("/programmes/essai", as: .nadia).text.contains("/programmes/essai/reglages"))
        #expect(!(await site.get("/programmes/essai", as: .ana).text.contains("/programmes/essai/reglages")))
    }

    @Test func `an unknown programme is not there`() async throws {
        let site = try await TestSite()
        for path in ["", "/plan", "/remarques", "/reglages", "/export", "/communaute", "/territoires", "/grille"] {
            #expect(await site.get("/programmes/inconnu\(path)", as: .nadia).status == 404, "\(path)")
        }
    }

    @Test func `the pages of the community are for the community`() async throws {
        let site = try await TestSite()
        for path in ["/plan", "/remarques", "/communaute", "/communaute/\(site.cast[.ana])"] {
            #expect(await site.get("/programmes/essai\(path)", as: .ana).status == 200, "\(path)")
            for name in [Cast.Name.stranger, .paul, .yann, .sam] {
                #expect(await site.get("/programmes/essai\(path)", as: name).status == 404, "\(path) \(name)")
            }
        }
    }

    @Test func `settings are changed by who manages, traced, and shown`() async throws {
        let site = try await TestSite()
        let fields = [
            "title": "Essai <i>", "summary": "Un **résumé**.", "license": "CC-BY-4.0", "share": "60",
            "answer_days": "30",
        ]
        #expect(await site.post("/programmes/essai/reglages", fields, as: .ana).status == 403)
        #expect(
            await site.post("/programmes/essai/reglages", fields, as: .hugo).header("location") == "/programmes/essai")
        let page = await site.get("/programmes/essai", as: .hugo)
        #expect(page.text.contains("Essai &lt;i&gt;"))
        #expect(page.text.contains("<strong>résumé</strong>"))
        #expect(page.text.contains("60\u{A0}%"))
        #expect(page.text.contains("sans que sa signature soit exigée"))
        #expect(
            try await site.texts("SELECT actor_id FROM audit WHERE action = 'programme.settled'") == [site.cast[.hugo]])
    }

    @Test func `wrong settings come back with every reason`() async throws {
        let site = try await TestSite()
        let fields = ["title": " ", "summary": "x", "license": "MIT", "share": "101", "answer_days": "0"]
        let page = await site.post("/programmes/essai/reglages", fields, as: .nadia)
        #expect(page.status == 422)
        for sentence in ["Le titre manque.", "Cette licence n’est pas proposée.", "de 0 à 100", "de 1 à 365 jours"] {
            #expect(page.text.contains(sentence), "\(sentence)")
        }
        #expect(try await site.texts("SELECT title FROM programme") == ["Essai"])
    }

    @Test func `the list puts mine first`() async throws {
        let site = try await TestSite()
        let mine = await site.get("/programmes", as: .nadia)
        #expect(mine.text.contains("Les vôtres"))
        #expect(mine.text.contains("/programmes/nouveau"))
        let others = await site.get("/programmes", as: .stranger)
        #expect(others.text.contains("/programmes/essai"))
        #expect(!others.text.contains("/programmes/nouveau"))
    }

    @Test func `the rule says shares as they were given`() throws {
        let rule = Programme.Rule(requiresSignatory: true, requiredShare: 0.29, answerDays: 1)
        #expect(rule.sharePercent == 29)
    }
}
