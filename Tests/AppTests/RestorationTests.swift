import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// A backup that takes the place of a site opens nothing that was closed meanwhile, or says that it does.
@Suite struct RestorationTests {
    private func count(_ test: TestSite, _ statement: SQL) async throws -> Int { try await test.site.database.read { try $0.count(statement) } }

    /// A site with somebody invited, a log-in asked for, private links and a calendar.
    private func site() async throws -> TestSite {
        let test = try await TestSite(mailReplies: "notes+*@essai.example")
        let fields = ["name": "Camille", "email": "camille@essai.example", "function": "animation", "role": "facilitator"]
        #expect(await test.post("/programmes/essai/communaute/invitations", fields, as: .nadia).status == 303)
        #expect(await test.post("/connexion/lien", ["email": Cast.email(.bo)], as: .zoe).status < 400)
        #expect(await test.post("/programmes/essai/visites/caen/impressions/adresses", as: .nadia).status == 303)
        #expect(await test.post("/compte/calendrier", as: .ana).status == 303)
        let (visit, guest) = (test.cast.caen.visit, test.cast[.emma])
        try await test.site.amend(as: "test.link", by: .site) { change in
            _ = try change.makeLink(to: visit, for: guest, purpose: "impression", until: change.now + .days(9))
            try change.trace("visit", visit)
        }
        return test
    }

    @Test func `nobody stays logged in, no link lets anybody in, and what opens again is counted`() async throws {
        let test = try await site()
        #expect(await test.get("/compte", as: .ana).status == 200)
        let invited = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE address = 'camille@essai.example'") } ?? ""
        let invitation = try #require(invited.firstMatch(of: #/\/invitation\/[A-Za-z0-9_-]+/#).map { String($0.output) })
        #expect(await test.get(invitation, as: .zoe).status == 200)
        let outcome = try await Restoration.settle(test.site, closesAddresses: false)
        #expect(outcome.sessions > 5 && outcome.invited == ["camille@essai.example"])
        #expect(await test.get("/compte", as: .ana).status == 401)
        #expect(await test.get(invitation, as: .zoe).status == 404)
        #expect(try await count(test, "SELECT COUNT(*) FROM sign_in_link WHERE used_at IS NULL") == 0)
        // Over, not ended by its owner: a telephone keeps what it has not sent.
        #expect(try await count(test, "SELECT COUNT(*) FROM ended_session") == 0)
        let open = Dictionary(uniqueKeysWithValues: outcome.addresses.map { ($0.key, $0.count) })
        #expect(open["events.restored.calendars"] == 1 && (open["notes.restored.addresses"] ?? 0) >= 5 && (open["platform.restored.links"] ?? 0) > 0, "\(open)")
        #expect(try await count(test, "SELECT COUNT(*) FROM calendar_feed") == 1)
        #expect(try await count(test, "SELECT COUNT(*) FROM audit WHERE action = 'site.restored'") == 1)
    }

    @Test func `addresses that open something are closed when it is asked`() async throws {
        let test = try await site()
        let before = try await Restoration.settle(test.site, closesAddresses: true)
        #expect(before.addresses.allSatisfy { $0.count > 0 })
        let after = try await Restoration.settle(test.site, closesAddresses: false)
        #expect(after.sessions == 0 && after.invited.isEmpty && after.addresses.allSatisfy { $0.count == 0 })
    }
}
