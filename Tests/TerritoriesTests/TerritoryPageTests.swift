import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Territories

struct TerritoryPageTests {
    @Test func `anybody reads the territories of a programme`() async throws {
        let site = try await TestSite()
        let list = await site.get("/programmes/essai/territoires")
        #expect(list.text.contains("/programmes/essai/territoires/caen"))
        let page = await site.get("/programmes/essai/territoires/caen")
        #expect(page.status == 200)
        #expect(page.text.contains("Aucun code officiel"))
        #expect(!page.text.contains("/modifier"))
        #expect(await site.get("/programmes/essai/territoires/lyon").status == 404)
    }

    @Test func `who manages adds a territory with its official codes`() async throws {
        let site = try await TestSite()
        let fields = ["name": "Brest & Finistère", "codes": "29019\n200065597, DEP 29\nrég 53\n29019"]
        #expect(await site.post("/programmes/essai/territoires", fields, as: .ana).status == 403)
        let answer = await site.post("/programmes/essai/territoires", fields, as: .nadia)
        #expect(answer.header("location") == "/programmes/essai/territoires")
        let page = await site.get("/programmes/essai/territoires/brest-finistere", as: .ana)
        #expect(page.text.contains("Brest &amp; Finistère"))
        for words in ["code 29019", "code 200065597", "code 29<", "code 53"] {
            #expect(page.text.contains(words), "\(words)")
        }
        let again = await site.post("/programmes/essai/territoires", ["name": "Brest Finistère"], as: .nadia)
        #expect(again.status == 303)
        #expect(await site.get("/programmes/essai/territoires/brest-finistere-2").status == 200)
    }

    @Test func `a code that is none is refused, and what was typed stays`() async throws {
        let site = try await TestSite()
        let page = await site.post(
            "/programmes/essai/territoires", ["name": "", "codes": "99999\n123456789"], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("«\u{A0}99999\u{A0}» n’est pas un code officiel"))
        #expect(page.text.contains("«\u{A0}123456789\u{A0}» n’est pas un code officiel"))
        #expect(page.text.contains("Le nom du territoire manque."))
        #expect(page.text.contains("99999\n123456789</textarea>"))
    }

    @Test func `a territory is changed at the same address, and traced`() async throws {
        let site = try await TestSite()
        let path = "/programmes/essai/territoires/caen"
        #expect(await site.get("\(path)/modifier", as: .ana).status == 403)
        let answer = await site.post(
            "\(path)/modifier", ["name": "Caen et Colombelles", "codes": "14118\n14167"], as: .nadia)
        #expect(answer.header("location") == path)
        #expect(await site.get("\(path)/modifier", as: .nadia).text.contains("14118\n14167</textarea>"))
        let traced = try await site.site.database.read {
            try $0.texts("SELECT actor_id FROM audit WHERE action = 'territory.changed'")
        }
        #expect(traced == [site.cast[.nadia]])
        #expect(await site.get(path, as: .ana).text.contains("par Nadia"))
    }

    @Test func `names come for lists and lines`() async throws {
        let site = try await TestSite()
        let (programme, territory) = (site.cast.programme, site.cast.territory)
        let names = try await site.site.database.read { try TerritoryNames.named([territory, "x"], $0) }
        #expect(names == [territory: "Caen la Mer"])
        let all = try await site.site.database.read { try TerritoryNames.of(programme: programme, $0).map(\.name) }
        #expect(all == ["Caen la Mer"])
    }
}
