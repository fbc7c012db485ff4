import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// Coming in with a password or with a link received by mail.
struct SignInTests {
    @Test func `the right password opens a session and goes where one wanted to go`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let asked = await site.get("/compte?x=1")
        #expect(asked.status == 401)
        #expect(asked.text.contains("name=\"next\" value=\"/compte?x=1\""))
        let response = await site.signIn(.ana, more: ["next": "/compte?x=1"])
        #expect(response.status == 303)
        #expect(response.header("location") == "/compte?x=1")
        #expect(await site.browser(after: response).get("/compte").text.contains("Ana"))
    }

    @Test(arguments: ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "compte"])
    func `another site is never where one arrives`(_ next: String) async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        #expect(await site.signIn(.ana, more: ["next": next]).header("location") == "/")
    }

    @Test func `the address may be typed in capitals with spaces around`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let response = await site.stranger.post(
            "/connexion", ["email": "  ANA@Essai.example ", "password": TestSite.password])
        #expect(response.status == 303)
    }

    @Test func `a wrong password and an unknown address get the same answer`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let wrong = await site.signIn(.ana, "une autre phrase bien longue")
        let unknown = await site.stranger.post(
            "/connexion", ["email": "zzz@essai.example", "password": "une autre phrase"])
        #expect(wrong.status == 422 && unknown.status == 422)
        #expect(wrong.text.replacing("ana@", with: "zzz@") == unknown.text)
        #expect(wrong.header("set-cookie") == nil)
        #expect(!wrong.text.contains("une autre phrase"))
    }

    @Test func `a whole room comes in from one network address`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        for _ in 1...30 { #expect(await site.signIn(.ana).status == 303) }
    }

    @Test func `who tries a member's address from elsewhere does not keep the member out for long`() async throws {
        let site = try await TestSite()
        func tries(from address: String) -> Tries {
            Tries(account: "sign-in|ana@essai.example", Request(.post, "/connexion", remoteAddress: address, site: site.site))
        }
        for number in 1...300 { try? tries(from: "192.0.2.\(number % 250)").begin() }
        let wait = #expect(throws: TooSoon.self) { try tries(from: "198.51.100.7").begin() }
        #expect(try #require(wait).seconds <= 30)
        site.clock.advance(.seconds(31))
        #expect(throws: Never.self) { try tries(from: "198.51.100.7").begin() }
    }

    @Test func `where a member came in from before, the tries made elsewhere do not slow them at all`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        #expect(await site.signIn(.ana).status == 303)
        for number in 1...300 {
            let elsewhere = Request(.post, "/connexion", remoteAddress: "192.0.2.\(number % 250)", site: site.site)
            try? Tries(account: "sign-in|ana@essai.example", elsewhere).begin()
            try? Tries(account: "link|ana@essai.example", elsewhere).begin()
        }
        let other = Request(.post, "/connexion", remoteAddress: "198.51.100.7", site: site.site)
        await #expect(throws: TooSoon.self) {
            try await SignIn.person(email: "ana@essai.example", password: TestSite.password, other)
        }
        #expect(await site.signIn(.ana).status == 303)
        #expect(await site.stranger.post("/connexion/lien", ["email": Cast.email(.ana)]).status == 303)
        let kept = try await site.site.database.read { try $0.texts("SELECT network_hash FROM known_network") }
        #expect(kept.count == 1 && !kept[0].contains("127.0"))
        site.clock.advance(days: 91)
        try await site.givePassword(to: .bo)
        _ = await site.signIn(.bo)
        let rest = try await site.site.database.read { try $0.texts("SELECT person_id FROM known_network") }
        #expect(rest == [site.cast[.bo]])
    }

    @Test func `an IPv6 subscriber is one network`() {
        #expect(Tries.network(of: "2001:db8:1:2:3:4:5:6") == Tries.network(of: "2001:db8:1:2::9"))
        #expect(Tries.network(of: "2001:db8:1:3::9") != Tries.network(of: "2001:db8:1:2::9"))
        #expect(Tries.network(of: "192.0.2.1") == "192.0.2.1")
    }

    @Test func `an account without password has none that opens it`() async throws {
        let site = try await TestSite()
        #expect(await site.signIn(.ana, "").status == 422)
        #expect(await site.signIn(.ana, String(repeating: "a", count: 5_000)).status == 422)
    }

    @Test func `a closed account lets nobody in, and its sessions are over`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let ana = site.cast[.ana]
        let now = site.clock.now
        _ = try await site.site.database.write {
            try $0.run("UPDATE account SET closed_at = \(now) WHERE person_id = \(ana)")
        }
        #expect(await site.signIn(.ana).status == 422)
        #expect(await site.get("/compte", as: .ana).status == 401)
    }

    @Test func `after six wrong tries one waits, and the page says how long`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        for _ in 0..<6 { #expect(await site.signIn(.ana, "faux").status == 422) }
        let waiting = await site.signIn(.ana)
        #expect(waiting.status == 429)
        #expect(waiting.header("retry-after") == "2")
        #expect(waiting.text.contains("Attendez 2 secondes"))
        #expect(waiting.text.contains("value=\"ana@essai.example\""))
        site.clock.advance(.seconds(3))
        #expect(await site.signIn(.ana).status == 303)
        #expect(await site.signIn(.ana, "faux").status == 422)
    }

    @Test func `unknown addresses from one place wait too`() async throws {
        let site = try await TestSite()
        for number in 0..<20 {
            let response = await site.stranger.post(
                "/connexion", ["email": "x\(number)@essai.example", "password": "x"])
            #expect(response.status == 422)
        }
        #expect(await site.stranger.post("/connexion", ["email": "y@essai.example", "password": "x"]).status == 429)
    }

    @Test func `a link by mail lets in once, and looking at it uses nothing up`() async throws {
        let site = try await TestSite()
        let asked = await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo), "next": "/compte"])
        #expect(asked.header("location") == "/connexion/envoi")
        #expect(await site.get("/connexion/envoi").text.contains("Regardez vos courriels"))
        let link = try #require(try await site.linkInMail(to: Cast.email(.bo)))
        for _ in 0..<2 { #expect(await site.get(link).text.contains("Bonjour Bo")) }
        let path = String(link.prefix { $0 != "?" })
        let response = await site.stranger.post(path, ["next": "/compte"])
        #expect(response.header("location") == "/compte")
        #expect(await site.browser(after: response).get("/compte").status == 200)
        #expect(await site.get(link).status == 404)
        #expect(await site.stranger.post(path).status == 404)
    }

    @Test func `a link by mail is over after twenty minutes`() async throws {
        let site = try await TestSite()
        _ = await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo)])
        let link = try #require(try await site.linkInMail(to: Cast.email(.bo)))
        site.clock.advance(.minutes(19))
        #expect(await site.get(link).status == 200)
        site.clock.advance(.minutes(2))
        #expect(await site.stranger.post(link).status == 404)
    }

    @Test func `a link asked for an unknown address answers alike and writes to nobody`() async throws {
        let site = try await TestSite()
        let before = try await site.countMails()
        let unknown = await site.stranger.post("/connexion/lien", ["email": "zzz@essai.example"])
        let known = await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo)])
        #expect(unknown.status == known.status && unknown.header("location") == known.header("location"))
        #expect(try await site.countMails() == before + 1)
    }

    @Test func `links are not asked for without end`() async throws {
        let site = try await TestSite()
        for _ in 0..<6 {
            #expect(await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo)]).status == 303)
        }
        #expect(await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo)]).status == 429)
        #expect(await site.stranger.post("/connexion/lien", ["email": "pas une adresse"]).status == 422)
    }

    @Test func `a person known without account is not written to`() async throws {
        let site = try await TestSite()
        try await site.site.amend(as: "test.person", by: .site) { change in
            let id = try People.add(name: "Quelqu’une", email: "q@essai.example", in: change)
            try change.trace("person", id)
        }
        let before = try await site.countMails()
        _ = await site.stranger.post("/connexion/lien", ["email": "q@essai.example"])
        #expect(try await site.countMails() == before)
    }
}
