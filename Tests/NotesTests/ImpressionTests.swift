import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// Impression notes: one each, private until shared, never the host's to read.
@Suite struct ImpressionTests {
    private let visit = "/programmes/essai/visites/caen"

    /// Opens and writes somebody's impression note; answers the identifier of its text.
    private func write(_ site: TestSite, _ body: String, as name: Cast.Name) async throws -> String {
        let opened = await site.post("\(visit)/impressions", as: name)
        let id = try #require(opened.header("location")?.split(separator: "/").dropFirst().first.map(String.init))
        let head = try await site.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(id)") }
        let saved = await site.post(
            "/textes/\(id)/sections/impression", ["body": body, "base": head ?? "", "act": "revision"], as: name)
        #expect(saved.status == 303)
        return id
    }

    @Test func `the note that is due is said once after the visit, to whoever has shared none and wants it`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-04-15")!)
        #expect(try await ImpressionReminders.sendDue(site.site) == 0, "not before its last day is over")
        site.clock.move(to: Day(iso: "2026-04-16")!)
        try await site.renewSessions()
        _ = try await write(site, "Une impression.", as: .ana)
        _ = await site.post("\(visit)/impressions/partage", as: .ana)
        _ = try await write(site, "Pas encore partagée.", as: .bo)
        let others = ["visitBefore", "visitDay", "nudge", "seminar", "poll"].map { ("kinds", $0) }
        #expect(await site.post("/compte/rappels", pairs: others, as: .chloe).status == 303)
        #expect(try await ImpressionReminders.sendDue(site.site) == 3)
        let told = try await site.site.database.read { try $0.texts("SELECT person_id FROM mail WHERE subject LIKE '%mpression%' ORDER BY person_id") }
        #expect(Set(told) == Set([Cast.Name.bo, .driss, .emma].map { site.cast[$0] }))
        let mail = try await site.site.database.read { try $0.text("SELECT body FROM mail WHERE subject LIKE '%mpression%' LIMIT 1") ?? "" }
        #expect(mail.contains("29 avril 2026") && mail.contains("#impressions") && mail.contains("/compte/rappels"))
        #expect(try await ImpressionReminders.sendDue(site.site) == 0, "once")
    }

    @Test func `nothing is said long after a visit, nor of one called off`() async throws {
        let late = try await TestSite(on: Day(iso: "2026-04-23")!)
        #expect(try await ImpressionReminders.sendDue(late.site) == 0)
        let off = try await TestSite(on: Day(iso: "2026-04-13")!)
        #expect(await off.post("\(visit)/annulation", ["cancellation": "Fermé."], as: .nadia).status == 303)
        off.clock.move(to: Day(iso: "2026-04-16")!)
        #expect(try await ImpressionReminders.sendDue(off.site) == 0)
    }

    @Test func `every kind of reminder of the site has its switch, and what is switched off is not written`() async throws {
        let site = try await TestSite()
        let kinds = site.site.features.flatMap(\.reminders)
        #expect(Set(kinds) == ["visitBefore", "visitDay", "impressionDue", "nudge", "seminar", "poll"])
        let page = await site.get("/compte/rappels", as: .ana).text
        for kind in kinds {
            #expect(page.contains("value=\"\(kind)\""), "\(kind)")
            let kept = kinds.filter { $0 != kind }.map { ("kinds", $0) }
            #expect(await site.post("/compte/rappels", pairs: kept, as: .ana).status == 303)
            let (ana, visit) = (site.cast[.ana], site.cast.caen.visit)
            let left = try await site.site.amend(as: "visit.reminded", by: .site, isPublic: false) { change in
                change.leaveAsItIs()
                return try kinds.filter { try change.remind(ana, $0, about: visit, part: "/\(kind)", on: change.today, "visits.mail.resumed", ["visit": "Caen", "by": ""], opening: "/") }
            }
            #expect(left == kinds.filter { $0 != kind }, "\(kind)")
        }
    }

    @Test func `opening twice opens the same note`() async throws {
        let site = try await TestSite()
        let first = await site.post("\(visit)/impressions", as: .ana).header("location")
        #expect(first != nil)
        #expect(await site.post("\(visit)/impressions", as: .ana).header("location") == first)
    }

    @Test func `it is its author's alone until shared with the visiting group, never with the host`() async throws {
        let site = try await TestSite()
        let id = try await write(site, "MON-IMPRESSION de la visite.", as: .ana)
        for name in Cast.Name.allCases where name != .ana {
            #expect(await site.get("/textes/\(id)", as: name).status == 404, "\(name)")
            #expect(!(await site.get(visit, as: name).text.contains(id)), "\(name)")
        }
        let shared = await site.post("\(visit)/impressions/partage", as: .ana)
        let page = await site.get(String((shared.header("location") ?? "").prefix { $0 != "#" }), as: .ana).text
        #expect(page.contains("Votre note d’impression est partagée avec le groupe de visite."))
        for name in [Cast.Name.bo, .nadia, .iris] {
            #expect(await site.get("/textes/\(id)", as: name).text.contains("MON-IMPRESSION"), "\(name)")
            #expect(await site.get(visit, as: name).text.contains(id), "\(name)")
        }
        for name in [Cast.Name.yann, .zoe, .hugo, .maud, .paul, .sam, .stranger] {
            #expect(await site.get("/textes/\(id)", as: name).status == 404, "\(name)")
        }
    }

    @Test func `an empty note is not shared, and those outside the group have none`() async throws {
        let site = try await TestSite()
        _ = await site.post("\(visit)/impressions", as: .ana)
        #expect(await site.post("\(visit)/impressions/partage", as: .ana).status == 422)
        #expect(await site.post("\(visit)/impressions", as: .yann).status == 404)
        #expect(await site.post("\(visit)/impressions/partage", as: .bo).status == 404)
    }

    @Test func `its length is told against the guide, and never limits it`() async throws {
        let site = try await TestSite()
        let opened = await site.post("\(visit)/impressions", as: .ana).header("location") ?? ""
        #expect(await site.get(opened, as: .ana).text.contains("data-impression-length data-least=\"250\" data-most=\"1000\""))
        let short = try await write(site, "Trois petits mots.", as: .ana)
        #expect(await site.get("/textes/\(short)", as: .ana).text.contains("3 mots."))
        let long = try await write(site, String(repeating: "mot ", count: 1_500), as: .bo)
        #expect(await site.get("/textes/\(long)", as: .bo).text.contains("1\u{202F}500 mots."))
    }

    @Test func `after the last day each visitor is reminded, and the group reads who is missing`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-04-15")!)
        let todo = "votre note d’impression\u{A0}: Caen"
        #expect(!(await site.get("/a-faire", as: .ana).text.contains(todo)))
        site.clock.advance(days: 1)
        #expect(await site.get("/a-faire", as: .ana).text.contains(todo))
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains(todo)))
        _ = try await write(site, "Des mots.", as: .ana)
        _ = await site.post("\(visit)/impressions/partage", as: .ana)
        #expect(!(await site.get("/a-faire", as: .ana).text.contains(todo)))
        let group = await site.get("/programmes/essai/visites", as: .bo).text
        #expect(group.contains("1 sur 5"))
    }
}
