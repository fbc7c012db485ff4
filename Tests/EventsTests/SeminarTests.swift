import Database
import Platform
import TestSupport
import Testing

@testable import Events

@Suite struct SeminarTests {
    private let base = "/programmes/essai/seminaires"

    @Test func `an officer adds a seminar that the community reads`() async throws {
        let test = try await TestSite()
        let fields = [
            "title": "Mi-parcours", "first_day": "12/05/2026", "length": "one", "mode": "remote", "place": "",
        ]
        let added = await test.post(base, fields, as: .nadia)
        #expect(added.status == 303)
        let address = try #require(added.header("location"))
        let page = await test.get(address, as: .ana)
        #expect(page.status == 200)
        #expect(page.text.contains("Mi-parcours"))
        #expect(page.text.contains("mar. 12 mai 2026, matin"))
        #expect(await test.get(base, as: .iris).text.contains("12 mai 2026"))
        #expect(await test.get(address, as: .stranger).status == 404)
        #expect(await test.get(base, as: .stranger).status == 404)
        #expect(await test.get(base, as: .paul).status == 404)
        let traced = try await test.site.database.read {
            try $0.count("SELECT COUNT(*) FROM audit WHERE action = 'seminar.planned'")
        }
        #expect(traced == 1)
    }

    @Test func `what is wrong comes back with what was typed`() async throws {
        let test = try await TestSite()
        let fields = ["title": "", "first_day": "31/04/2026", "length": "one", "mode": "remote", "place": "Gare <b>"]
        let page = await test.post(base, fields, as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("La date 31/04/2026 n’existe pas"))
        #expect(page.text.contains("Donnez un titre"))
        #expect(page.text.contains("value=\"31/04/2026\""))
        #expect(page.text.contains("Gare &lt;b&gt;"))
    }

    @Test func `only who manages the programme adds or changes a seminar`() async throws {
        let test = try await TestSite()
        let added = await test.post(base, ["title": "Un jour", "length": "one", "mode": "on_site"], as: .hugo)
        let address = try #require(added.header("location"))
        for name in [Cast.Name.ana, .iris, .maud] {
            #expect(await test.get("\(base)/nouveau", as: name).status == 403)
            #expect(await test.post(base, ["title": "Autre"], as: name).status == 403)
            #expect(await test.get("\(address)/modifier", as: name).status == 403)
            #expect(await test.post("\(address)/modifier", ["title": "Autre"], as: name).status == 403)
        }
        #expect(await test.post("\(address)/modifier", ["title": "Autre"], as: .stranger).status == 404)
        let changed = await test.post(
            "\(address)/modifier",
            ["title": "Deux jours", "first_day": "2026-06-01", "length": "two", "mode": "hybrid"], as: .nadia)
        #expect(changed.status == 303)
        #expect(await test.get(address, as: .ana).text.contains("2 juin 2026"))
    }

    @Test func `a visit is not a seminar`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(base)/\(test.cast.caen.visit)", as: .nadia).status == 404)
    }
}
