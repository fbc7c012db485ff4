import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// Sessions: opened with a new token, ended in the database, by rest, by age, by their owner.
struct SessionTests {
    @Test func `a token brought from elsewhere is never the one of a session`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let planted = Secrets.token()
        let response = await Client(site.dispatcher, cookie: planted)
            .post("/connexion", ["email": Cast.email(.ana), "password": TestSite.password])
        let token = try #require(TestSite.cookie(of: response))
        #expect(token != planted && token.utf8.count == 43)
        #expect(await Client(site.dispatcher, cookie: planted).get("/compte").status == 401)
    }

    @Test func `coming in again ends the session one had in this browser`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let first = site.browser(after: await site.signIn(.ana))
        let second = site.browser(
            after: await first.post("/connexion", ["email": Cast.email(.ana), "password": TestSite.password]))
        #expect(await first.get("/compte").status == 401)
        #expect(await second.get("/compte").status == 200)
    }

    @Test func `signing out ends the session on the server`() async throws {
        let site = try await TestSite()
        let response = await site.post("/deconnexion", as: .ana)
        #expect(response.status == 303)
        #expect(response.header("set-cookie")?.contains("Max-Age=0") == true)
        #expect(await site.get("/compte", as: .ana).status == 401)
        #expect(await site.post("/deconnexion", as: .ana).header("location") == "/")
        #expect(await site.get("/deconnexion", as: .bo).status == 405)
        #expect(await site.get("/compte", as: .bo).status == 200)
    }

    @Test func `a week without visit ends a session, a visit prolongs it`() async throws {
        let site = try await TestSite()
        site.clock.advance(days: 6)
        #expect(await site.get("/compte", as: .ana).status == 200)
        site.clock.advance(days: 6)
        #expect(await site.get("/compte", as: .ana).status == 200)
        #expect(await site.get("/compte", as: .bo).status == 401)
    }

    @Test func `thirty days end a session in any case`() async throws {
        let site = try await TestSite()
        for _ in 0..<5 {
            site.clock.advance(days: 6)
            _ = await site.get("/compte", as: .ana)
        }
        #expect(await site.get("/compte", as: .ana).status == 401)
    }

    @Test func `the cookie is out of reach of scripts, and kept to https when there is https`() async throws {
        let plain = try await TestSite()
        try await plain.givePassword(to: .ana)
        let cookie = try #require(await plain.signIn(.ana).header("set-cookie"))
        #expect(cookie.hasPrefix("essaim="))
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains("; \(flag)")) }
        #expect(!cookie.contains("Secure"))
        let secure = try await TestSite(publicURL: "https://essaim.example")
        try await secure.givePassword(to: .ana)
        let response = await secure.signIn(.ana)
        let safe = try #require(response.header("set-cookie"))
        #expect(safe.hasPrefix("__Host-essaim=") && safe.contains("; Secure") && !safe.contains("Domain"))
        #expect(response.header("strict-transport-security") != nil)
    }

    @Test func `only the hash of a token is kept`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let token = try #require(TestSite.cookie(of: await site.signIn(.ana)))
        let kept = try await site.site.database.read { try $0.texts("SELECT token_hash FROM session") }
        #expect(kept.contains(Secrets.sha256(token)) && !kept.contains(token))
    }

    @Test func `one's page names the open sessions and ends one, or all the others`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let fields = [("email", Cast.email(.ana)), ("password", TestSite.password)]
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        let other = site.browser(
            after: await site.stranger.post("/connexion", pairs: fields, headers: ["user-agent": agent]))
        let third = site.browser(after: await site.signIn(.ana))
        let page = await site.get("/compte", as: .ana).text
        #expect(page.contains("Firefox, Linux"))
        let name = try await firefoxSession(site)
        #expect(page.contains("/compte/sessions/\(name)/cloture"))
        #expect(await site.post("/compte/sessions/\(name)/cloture", as: .bo).status == 404)
        #expect(await site.post("/compte/sessions/\(name)/cloture", as: .ana).status == 303)
        #expect(await other.get("/compte").status == 401)
        #expect(await third.get("/compte").status == 200)
        #expect(await site.post("/compte/sessions/cloture", as: .ana).status == 303)
        #expect(await third.get("/compte").status == 401)
        #expect(await site.get("/compte", as: .ana).status == 200)
    }

    private func firefoxSession(_ site: TestSite) async throws -> String {
        try await site.site.database.read { reader in
            let hash = try reader.text("SELECT token_hash FROM session WHERE device LIKE 'Mozilla%'") ?? ""
            return String(Secrets.sha256(hash).prefix(20))
        }
    }

    @Test(arguments: [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge", "Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari", "iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome", "Android"),
    ])
    func `a device is named as its owner would`(_ agent: String, _ browser: String, _ system: String) {
        #expect(Device(agent).browser == browser && Device(agent).system == system)
    }

    @Test func `a device that says nothing is unknown`() {
        #expect(Device("").browser == nil && Device("curl/8").system == nil)
    }
}
