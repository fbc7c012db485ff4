import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// A person's private calendar address: what it shows, how it is renewed and closed.
@Suite struct CalendarFeedTests {
    private func open(_ test: TestSite, _ name: Cast.Name) async throws -> String {
        _ = await test.post("/compte/calendrier", as: name)
        let page = await test.get("/compte/calendrier", as: name).text
        let start = try #require(page.firstRange(of: "/calendrier/"))
        return String(page[start.lowerBound...].prefix { $0 != "\"" })
    }

    @Test func `it shows the events of a person, and nobody else's`() async throws {
        let test = try await TestSite()
        _ = await test.post("/programmes/essai/seminaires", ["title": "Mi-parcours", "first_day": "12/05/2026", "length": "one", "mode": "remote"], as: .nadia)
        let feed = await test.get(try await open(test, .ana))
        #expect(feed.status == 200 && feed.header("content-type") == "text/calendar; charset=utf-8" && feed.header("cache-control") == "private, no-store")
        #expect(feed.text.contains("Caen") && feed.text.contains("Mi-parcours") && !feed.text.contains("Lille"))
        #expect(feed.text.contains("REFRESH-INTERVAL;VALUE=DURATION:PT4H"))
        let host = await test.get(try await open(test, .zoe))
        #expect(!host.text.contains("Caen") && !host.text.contains("Mi-parcours"))
        #expect(await !test.get(try await open(test, .hugo)).text.contains("Lille"))
        _ = await test.post("/programmes/essai/visites/lille/dates", ["first_day": "02/06/2026", "length": "4"], as: .nadia)
        #expect(await test.get(try await open(test, .hugo)).text.contains("Lille"), "whoever prepares a visit follows it")
        // What ends for a person ends in their agenda.
        let (ana, circle) = (test.cast[.ana], test.cast.caen.circle)
        let path = try await open(test, .ana)
        try await test.site.amend(as: "test.leave", by: .site) { change in
            try change.leave(ana, scope: circle, as: .visitor)
            change.leaveAsItIs()
        }
        #expect(await !test.get(path).text.contains("Caen"))
    }

    @Test func `renewed, the former address answers nothing; closed, neither does the new one`() async throws {
        let test = try await TestSite()
        let first = try await open(test, .ana)
        let second = try await open(test, .ana)
        #expect(first != second)
        #expect(await test.get(first).status == 404)
        #expect(await test.get(second).status == 200)
        #expect(await test.get(String(second.dropLast(4))).status == 404)
        let kept = try await test.site.database.read { try $0.text("SELECT secret_hash FROM calendar_feed") ?? "" }
        #expect(!second.contains(kept))
        _ = await test.post("/compte/calendrier/fermeture", as: .ana)
        #expect(await test.get(second).status == 404)
    }
}
