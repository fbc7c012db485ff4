import Database
import Formats
import Platform
import TestSupport
import Testing

/// Who did what to a thing, when: readable by its people.
struct HistoryTests {
    private func amend(
        _ site: TestSite, as action: String, by actor: Actor = .site, _ details: [String: String] = [:]
    ) async throws {
        let visit = site.cast.caen.visit
        let programme = site.cast.programme
        try await site.site.amend(as: action, by: actor) { try $0.trace("visit", visit, programme: programme, details) }
    }

    private func nadia(_ site: TestSite) -> Actor {
        Actor(Viewer(personId: site.cast[.nadia], name: "Nadia"))
    }

    @Test func `each line says who, what and when`() async throws {
        let site = try await TestSite()
        try await amend(site, as: "access.widened", by: nadia(site), ["from": "scope", "to": "public"])
        try await amend(site, as: "visit.zzz")
        let page = await site.get("/historique/\(site.cast.caen.visit)", as: .nadia).text
        #expect(page.contains("<strong>Nadia</strong> a ouvert l’accès\u{A0}: le groupe → tout le monde"))
        #expect(page.contains("<strong>Le site</strong> a fait\u{A0}: visit.zzz"))
        #expect(page.contains("datetime=\"2026-03-02T09:00:00Z\""))
    }

    @Test func `details are shown as text`() async throws {
        let site = try await TestSite()
        try await amend(site, as: "access.widened", ["from": "<b>x</b>", "to": "public"])
        let page = await site.get("/historique/\(site.cast.caen.visit)", as: .nadia).text
        #expect(page.contains("&lt;b&gt;x") && !page.contains("<b>x</b>"))
    }

    @Test func `who may not see a thing does not know that it has a history`() async throws {
        let site = try await TestSite()
        try await amend(site, as: "visit.zzz")
        #expect(await site.get("/historique/\(site.cast.caen.visit)", as: .stranger).status == 404)
        #expect(await site.get("/historique/\(site.cast.caen.visit)").status == 401)
        #expect(await site.get("/historique/inconnu").status == 401)
        #expect(await site.get("/historique/inconnu", as: .nadia).status == 404)
        #expect(await site.get("/historique/\(site.cast[.ana])", as: .sam).status == 404)
    }

    @Test func `what is public may be read without its history`() async throws {
        let site = try await TestSite()
        let closed = await site.get("/historique/\(site.cast.programme)", as: .stranger)
        #expect(closed.status == 403 && closed.text.contains("Cette page ne vous est pas ouverte"))
        #expect(await site.get("/historique/\(site.cast.programme)", as: .nadia).status == 200)
    }

    @Test func `a long history has pages, the newest lines first`() async throws {
        let site = try await TestSite()
        for number in 0..<60 {
            try await amend(site, as: "visit.step\(number)")
            site.clock.advance(.seconds(1))
        }
        let address = "/historique/\(site.cast.caen.visit)"
        let first = await site.get(address, as: .nadia).text
        #expect(first.contains("visit.step59") && !first.contains("visit.step9<") && first.contains("Page 1 sur 2"))
        let second = await site.get("\(address)?page=2", as: .nadia).text
        #expect(second.contains("visit.step9<") && second.contains("rel=\"prev\""))
        #expect(await site.get("\(address)?page=99", as: .nadia).text.contains("Page 2 sur 2"))
        #expect(await site.get("\(address)?page=-1", as: .nadia).text.contains("Page 1 sur 2"))
    }

    @Test func `a change without trace is refused, and nothing of it stays`() async throws {
        let site = try await TestSite()
        let visit = site.cast.caen.visit
        await #expect(throws: (any Error).self) {
            try await site.site.amend(as: "visit.silent", by: .site) { change in
                _ = try change.run("UPDATE access SET audience = 'public' WHERE object_id = \(visit)")
            }
        }
        #expect(await site.get("/historique/\(visit)", as: .stranger).status == 404)
    }
}
