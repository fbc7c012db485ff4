import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// The first time on the site: invited, or alone in front of a new one.
struct InvitationTests {
    private func invite(_ email: String, _ site: TestSite) async throws -> String {
        try await site.site.amend(as: "test.invited", by: .site) { change in
            try Accounts.invite(People.add(name: "Nour Invitée", email: email, in: change), in: change)
        }
    }

    @Test func `an invitation opens an account, with a password or without`() async throws {
        let site = try await TestSite()
        let path = try await invite("nour@essai.example", site)
        #expect(try await site.linkInMail(to: "nour@essai.example") == path)
        for _ in 0..<2 { #expect(await site.get(path).text.contains("Nour Invitée")) }
        let response = await site.stranger.post(path, ["password": TestSite.password])
        #expect(response.status == 303)
        #expect(await site.browser(after: response).get("/compte").text.contains("nour@essai.example"))
        #expect(await site.get(path).status == 404)
        let again = await site.stranger.post(
            "/connexion", ["email": "nour@essai.example", "password": TestSite.password])
        #expect(again.status == 303)
        let other = try await invite("malo@essai.example", site)
        #expect(await site.stranger.post(other).status == 303)
    }

    @Test func `a password refused leaves the invitation good`() async throws {
        let site = try await TestSite()
        let path = try await invite("nour@essai.example", site)
        let refused = await site.stranger.post(path, ["password": "nour invitée essai"])
        #expect(refused.status == 422)
        #expect(refused.text.contains("error-summary"))
        #expect(await site.stranger.post(path, ["password": "court"]).text.contains("trop court : 5 caractères"))
        #expect(await site.stranger.post(path).status == 303)
    }

    @Test func `a password chosen ends every address that let one in`() async throws {
        let site = try await TestSite()
        let (first, second) = (try await invite("nour@essai.example", site), try await invite("nour@essai.example", site))
        #expect(await site.stranger.post(first, ["password": TestSite.password]).status == 303)
        #expect(await site.get(second).status == 404)
        #expect(await site.stranger.post(second, ["password": "un tout autre secret choisi"]).status == 404)
        let third = try await invite("nour@essai.example", site)
        #expect(await site.get(third).status == 404)
    }

    @Test func `an invitation is good for fourteen days`() async throws {
        let site = try await TestSite()
        let path = try await invite("nour@essai.example", site)
        site.clock.advance(days: 13)
        #expect(await site.get(path).status == 200)
        site.clock.advance(days: 1)
        #expect(await site.get(path).status == 404)
        #expect(await site.stranger.post(path).status == 404)
    }

    @Test func `an address already there is the same person`() async throws {
        let site = try await TestSite()
        let ana = try await site.site.amend(as: "test.person", by: .site) { change in
            let id = try People.add(name: "Autre nom", email: " ANA@essai.example", in: change)
            try change.trace("person", id)
            return id
        }
        #expect(ana == site.cast[.ana])
        await #expect(throws: PersonRefusal.badEmail("ana@essai")) {
            try await site.site.amend(as: "test.person", by: .site) { change in
                _ = try People.add(name: "Ana", email: "ana@essai", in: change)
            }
        }
    }

    @Test func `a new site has its first account made once, from the console's address`() async throws {
        let site = try await TestSite(isEmpty: true)
        #expect(try await !Accounts.hasAny(site.site))
        let old = try await Accounts.makeSetupLink(site.site)
        let path = try await Accounts.makeSetupLink(site.site)
        #expect(await site.get(old).status == 404)
        #expect(await site.get(path).text.contains("Créer le compte d’administration"))
        let wrong = await site.stranger.post(path, ["name": "", "email": "a@b.example", "password": TestSite.password])
        #expect(wrong.status == 422)
        #expect(wrong.text.contains("value=\"a@b.example\""))
        let made = await site.stranger.post(
            path, ["name": "Sacha", "email": "a@b.example", "password": TestSite.password])
        #expect(made.status == 303)
        #expect(await site.browser(after: made).get("/compte").text.contains("Sacha"))
        #expect(
            await site.stranger.post(path, ["name": "X", "email": "x@b.example", "password": TestSite.password]).status
                == 404)
        #expect(try await Accounts.hasAny(site.site))
        #expect(try await site.site.database.read { try $0.count("SELECT is_administrator FROM account") } == 1)
    }

    @Test func `a link of one kind does not open another door`() async throws {
        let site = try await TestSite()
        let path = try await invite("nour@essai.example", site)
        let secret = path.split(separator: "/").last.map(String.init) ?? ""
        #expect(await site.get("/connexion/lien/\(secret)").status == 404)
        #expect(await site.get("/installation/\(secret)").status == 404)
    }
}
