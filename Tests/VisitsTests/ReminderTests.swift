import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// What the site writes of itself about a visit, once, to those who want it.
@Suite struct ReminderTests {
    private func subjects(_ test: TestSite) async throws -> [String] {
        try await test.site.database.read { try $0.texts("SELECT subject FROM mail ORDER BY created_at, id") }
    }

    @Test func `a week before and on the morning, once each, on the clocks of the visit`() {
        typealias Kind = VisitReminders.Kind
        let first = Day(iso: "2026-04-14")!
        #expect(Kind.due(first: first, at: (Day(iso: "2026-04-06")!, 600)) == nil)
        #expect(Kind.due(first: first, at: (Day(iso: "2026-04-07")!, 0)) == .before)
        #expect(Kind.due(first: first, at: (Day(iso: "2026-04-13")!, 1_439)) == .before)
        #expect(Kind.due(first: first, at: (first, 299)) == nil)
        #expect(Kind.due(first: first, at: (first, 300)) == .day)
        #expect(Kind.due(first: first, at: (Day(iso: "2026-04-15")!, 600)) == nil)
    }

    @Test func `a mail leaves once, and again only when the visit moved`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-01")!)
        #expect(try await VisitReminders.sendDue(test.site) == 0)
        test.clock.move(to: Day(iso: "2026-04-08")!)
        #expect(try await VisitReminders.sendDue(test.site) == 7)
        #expect(try await VisitReminders.sendDue(test.site) == 0)
        try await test.renewSessions()
        _ = await test.post("/programmes/essai/visites/caen/dates", ["first_day": "28/04/2026", "length": "4"], as: .nadia)
        test.clock.move(to: Day(iso: "2026-04-22")!)
        #expect(try await VisitReminders.sendDue(test.site) == 7)
        test.clock.move(to: Day(iso: "2026-04-28")!)
        #expect(try await VisitReminders.sendDue(test.site) == 7)
        #expect(try await VisitReminders.sendDue(test.site) == 0)
        #expect(try await subjects(test).last == "Caen\u{A0}: c’est aujourd’hui")
    }

    @Test func `each person switches each kind off, from their account or from a link in the mail`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-08")!)
        #expect(await test.get("/compte/rappels", as: .ana).text.contains("Une semaine avant une visite"))
        #expect(await test.post("/compte/rappels", pairs: [("kinds", "visitDay"), ("kinds", "poll")], as: .ana).status == 303)
        let bo = test.cast[.bo]
        try await test.site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(bo)") }
        #expect(try await VisitReminders.sendDue(test.site) == 6)
        let body = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE person_id = \(bo)") ?? "" }
        let start = try #require(body.firstRange(of: "/rappels/"))
        let address = String(body[start.lowerBound...].prefix { !$0.isWhitespace })
        #expect(await test.get(address).text.contains("Le matin d’une visite"))
        #expect(await test.post(address).status == 303)
        test.clock.move(to: Day(iso: "2026-04-14")!)
        // Ana kept the morning's; Bo wants nothing any more.
        #expect(try await VisitReminders.sendDue(test.site) == 6)
        let told = try await test.site.database.read { try $0.texts("SELECT DISTINCT person_id FROM mail WHERE subject LIKE '%aujourd%'") }
        #expect(told.contains(test.cast[.ana]) && !told.contains(bo))
    }

    @Test func `nothing is said of a visit called off`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-08")!)
        _ = await test.post("/programmes/essai/visites/caen/annulation", ["cancellation": "Fermé."], as: .nadia)
        #expect(try await VisitReminders.sendDue(test.site) == 0)
    }
}
