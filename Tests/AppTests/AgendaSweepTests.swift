import Application
import Database
import Platform
import TestSupport
import Testing

/// What agendas read by a private address.
@Suite struct AgendaSweepTests {
    @Test func `an agenda shows what its owner may see that day, and nothing of it once they left`() async throws {
        let planted = try await Planted.make()
        let (whole, test) = (planted.whole, planted.whole.test)
        let hidden = ["title": "zqagenda caché", "first_day": "12/05/2026", "length": "one", "mode": "on_site", "place": "zqagenda lieu"]
        _ = try await whole.sent("/programmes/cache/seminaires", hidden, .nadia)
        func feed(_ onlooker: Whole.Onlooker) async -> String {
            _ = await whole.client(onlooker).post("/compte/calendrier", [:])
            let page = await whole.client(onlooker).get("/compte/calendrier").text
            return page.firstRange(of: "/calendrier/").map { String(page[$0.lowerBound...].prefix { $0 != "\"" }) } ?? ""
        }
        var feeds: [Whole.Onlooker: String] = [:]
        for onlooker in Whole.Onlooker.allCases where onlooker != .anybody {
            feeds[onlooker] = await feed(onlooker)
            let answer = await whole.client(.anybody).get(feeds[onlooker] ?? "")
            #expect(answer.status == 200)
            #expect(answer.text.contains("zqagenda") == (onlooker == .officer), "\(onlooker.rawValue)")
            for (name, word) in planted.words { #expect(!answer.text.contains(word), "\(onlooker.rawValue), \(name)") }
            #expect(!answer.text.contains("@essai.example"), "\(onlooker.rawValue)")
        }
        _ = try await Erasures.apply(.former, keepsAuthorship: true, to: test.cast[.ana], by: .site, test.site)
        #expect(await whole.client(.anybody).get(feeds[.visitor] ?? "").status == 404)
        try await test.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE person_id = \(test.cast[.nadia])") }
        let left = await whole.client(.anybody).get(feeds[.officer] ?? "")
        #expect(!left.text.contains("zqagenda") && !left.text.contains("Caen") && !left.text.contains("VEVENT"))
    }
}
