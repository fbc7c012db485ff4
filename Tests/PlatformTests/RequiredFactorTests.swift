import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// On a real site: coordinators and administrators put a second factor in place before anything else.
struct RequiredFactorTests {
    private static let own = ["origin": "http://127.0.0.1"]

    @Test(arguments: [Cast.Name.hugo, .sam])
    func `without a factor nothing opens but one's account, and one arrives where one was going`(_ name: Cast.Name) async throws {
        let site = try await TestSite(requiresFactor: true)
        try await site.givePassword(to: name)
        let browser = site.browser(after: await site.signIn(name))
        for path in ["/", "/a-faire", "/programmes/essai", "/ressources", "/recherche?q=x"] {
            let answer = await browser.get(path)
            #expect(answer.status == 303 && answer.header("location") == "\(TestSite.path)?next=\(URLForm.encode(path))", "\(path)")
        }
        #expect(await browser.get("/compte").status == 200)
        #expect(await browser.get("/connexion").status == 200)
        let api = await browser.get("/api/v1/visites/\(site.cast.caen.visit)/blocs")
        #expect(api.status == 401 && api.header("content-type")?.hasPrefix("application/json") == true)
        let page = await browser.get("\(TestSite.path)?next=%2Fprogrammes%2Fessai").text
        #expect(page.contains("demande la double authentification") && page.contains("name=\"next\" value=\"/programmes/essai\""))
        let equipped = try #require(await site.equip(browser, more: ["next": "/programmes/essai"]))
        #expect(equipped.answer.text.contains("<a class=\"button\" href=\"/programmes/essai\">"))
        #expect(await equipped.browser.get("/programmes/essai").status == 200)
        let removal = await equipped.browser.post("\(TestSite.path)/retrait")
        #expect(removal.status == 422 && removal.text.contains("elle ne se retire pas"))
        #expect(await equipped.browser.post("/deconnexion").status == 303)
    }

    @Test func `whoever is named coordinator elsewhere goes on with what they do, and the role waits`() async throws {
        let site = try await TestSite(requiresFactor: true)
        try await site.givePassword(to: .ana)
        let browser = site.browser(after: await site.signIn(.ana))
        let (ana, programme) = (site.cast[.ana], site.cast.programme)
        try await site.site.database.write {
            try $0.run("INSERT INTO membership (person_id, scope_id, role, since) VALUES (\(ana), \(programme), 'coordinator', 1)")
        }
        #expect(await browser.get("/programmes/essai/visites/caen").status == 200)
        #expect(await browser.get("/programmes/essai/reglages").status == 403)
        #expect(await browser.get("/a-faire").text.contains("votre rôle de coordination"))
        #expect(await browser.get("/api/v1/visites/\(site.cast.caen.visit)/blocs").status == 200)
        let equipped = try #require(await site.equip(browser))
        #expect(await equipped.browser.get("/programmes/essai/reglages").status == 200)
        #expect(!(await equipped.browser.get("/a-faire").text.contains("votre rôle de coordination")))
    }

    @Test func `a form sent before is kept until the factor is there`() async throws {
        let site = try await TestSite(requiresFactor: true)
        try await site.givePassword(to: .hugo)
        let browser = site.browser(after: await site.signIn(.hugo))
        let pairs = [("name", "Une visite & sa suite"), ("place", "Ici")]
        let asked = await browser.post("/programmes/essai/visites", pairs: pairs, headers: Self.own)
        #expect(asked.status == 401 && asked.text.contains("name=\"resume\"") && asked.text.contains("Une visite &amp; sa suite"))
        let kept = "{\"fields\":[{\"name\":\"name\",\"value\":\"Une visite & sa suite\"}],\"path\":\"/programmes/essai/visites\"}"
        let equipped = try #require(await site.equip(browser, more: ["resume": kept]))
        #expect(equipped.answer.text.contains("action=\"/programmes/essai/visites\"") && equipped.codes.count == 10)
        let token = String(equipped.answer.text.split(separator: "action=\"/programmes/essai/visites\"")[1].split(separator: "value=\"")[1].prefix { $0 != "\"" })
        let sent = await equipped.browser.post("/programmes/essai/visites", ["name": "Une visite & sa suite", "place": "Ici"], token: token)
        #expect(sent.status == 303)
    }

    @Test func `a session of long ago shows who it is before a key is shown`() async throws {
        let site = try await TestSite(requiresFactor: true)
        try await site.givePassword(to: .hugo)
        let browser = site.browser(after: await site.signIn(.hugo))
        site.clock.advance(.hours(2))
        let page = await browser.get(TestSite.path)
        #expect(page.status == 401 && Authenticator(page: page.text) == nil)
        #expect(await browser.get("\(TestSite.path)/code.svg").status == 401)
        let kept = await browser.post("/programmes/essai/visites", pairs: [("name", "x")], headers: Self.own)
        #expect(kept.status == 401 && kept.text.contains("action=\"/compte/confirmation\""))
    }

    @Test func `nobody else is asked, and it is offered to all`() async throws {
        let site = try await TestSite(requiresFactor: true)
        for name in Cast.Name.allCases where ![.hugo, .sam].contains(name) {
            #expect(await site.get("/a-faire", as: name).status == 200, "\(name)")
        }
        #expect(await site.get("/compte", as: .ana).text.contains("la propose aux autres"))
        let offered = try await TestSite()
        #expect(await offered.get("/a-faire", as: .hugo).status == 200)
        #expect(await offered.get("/compte", as: .hugo).text.contains("sans la demander à personne"))
    }

    @Test func `a role given meanwhile asks for it at the next page`() async throws {
        let site = try await TestSite(requiresFactor: true)
        #expect(await site.get("/a-faire", as: .stranger).status == 200)
        let (stranger, programme) = (site.cast[.stranger], site.cast.programme)
        try await site.site.amend(as: "test.role", by: .site) { change in
            try change.join(stranger, scope: programme, as: .coordinator)
            try change.trace("person", stranger)
        }
        #expect(await site.get("/a-faire", as: .stranger).status == 303)
    }

    @Test func `the first administrator begins with it`() async throws {
        let site = try await TestSite(isEmpty: true, requiresFactor: true)
        let path = try await Accounts.makeSetupLink(site.site)
        let made = await site.stranger.post(path, ["name": "Sacha", "email": "a@b.example", "password": TestSite.password])
        let browser = site.browser(after: made)
        #expect(await browser.get("/a-faire").header("location")?.hasPrefix(TestSite.path) == true)
        #expect(await site.equip(browser) != nil)
    }
}
