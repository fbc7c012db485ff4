import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// To show once more who one is, before what is sensitive.
struct ProofTests {
    private static let own = ["origin": "http://127.0.0.1"]

    /// The browser of somebody with a password, who came in twenty minutes ago.
    private func rested(_ site: TestSite, _ name: Cast.Name = .ana) async throws -> Client {
        try await site.givePassword(to: name)
        let browser = site.browser(after: await site.signIn(name))
        site.clock.advance(.minutes(20))
        return browser
    }

    @Test func `the sensitive routes say so, and an unlisted one fails here`() {
        let routes = App.features.flatMap(\.routes)
        func names(_ freshness: Route.Freshness) -> Set<String> {
            Set(routes.filter { $0.fresh == freshness }.map { "\($0.method.rawValue) \($0.path)" })
        }
        let always: Set<String> = [
            "GET /compte/adresse", "POST /compte/adresse", "GET /compte/mot-de-passe", "POST /compte/mot-de-passe",
            "GET /compte/second-facteur", "GET /compte/second-facteur/code.svg", "POST /compte/second-facteur/codes",
            "POST /compte/second-facteur/retrait", "GET /administration/second-facteur", "POST /administration/second-facteur",
        ]
        #expect(always.isSubset(of: names(.always)), "\(always.subtracting(names(.always)))")
        let people = "POST /programmes/{programme}/communaute"
        #expect(names(.sometimes) == ["\(people)/invitations", "\(people)/{person}/roles", "\(people)/{person}/departs"])
        #expect(routes.allSatisfy { $0.fresh == .never || ![.anyone, .link, .demonstration].contains($0.ask) })
    }

    @Test func `every sensitive route asks it of an old session, and of nobody just come`() async throws {
        let site = try await TestSite()
        let routes = App.features.flatMap(\.routes).filter { $0.fresh == .always && !$0.path.contains("{") }
        func answer(_ route: Route) async -> Response {
            route.method == .get ? await site.get(route.path, as: .sam) : await site.post(route.path, as: .sam)
        }
        for route in routes { #expect(await answer(route).text.contains("action=\"/compte/confirmation\"") == false, "\(route.path)") }
        site.clock.advance(.minutes(11))
        for route in routes {
            let asked = await answer(route)
            #expect(asked.status == 401 && asked.text.contains("action=\"/compte/confirmation\""), "\(route.path)")
        }
    }

    @Test func `the password opens ten minutes, with another token, and forms of other tabs stay good`() async throws {
        let site = try await TestSite()
        let browser = try await rested(site)
        let token = await browser.token(on: "/compte")
        let asked = await browser.get("/compte/mot-de-passe")
        #expect(asked.status == 401 && asked.text.contains("name=\"next\" value=\"/compte/mot-de-passe\""))
        let wrong = await browser.post("/compte/confirmation", ["password": "faux", "next": "/compte/mot-de-passe"])
        #expect(wrong.status == 422 && wrong.text.contains("id=\"password-error\"") && wrong.text.contains("value=\"/compte/mot-de-passe\""))
        let proven = await browser.post("/compte/confirmation", ["password": TestSite.password, "next": "/compte/mot-de-passe"])
        #expect(proven.status == 303 && proven.header("location") == "/compte/mot-de-passe")
        #expect(await browser.get("/compte").status == 401, "the former token is over")
        let renewed = site.browser(after: proven)
        #expect(await renewed.get("/compte/mot-de-passe").status == 200)
        #expect(await renewed.post("/compte", ["name": "Ana", "language": "fr"], token: token).status == 303)
        site.clock.advance(.minutes(11))
        #expect(await renewed.get("/compte/mot-de-passe").status == 401)
    }

    @Test func `what was typed is kept, but for its secrets`() async throws {
        let site = try await TestSite()
        let browser = try await rested(site)
        let asked = await browser.post("/compte/adresse", pairs: [("email", "ana@nouveau.fr"), ("password", "un secret")], headers: Self.own)
        #expect(asked.status == 401 && asked.text.contains("ana@nouveau.fr") && !asked.text.contains("un secret"))
        let kept = "{\"fields\":[{\"name\":\"email\",\"value\":\"ana@nouveau.fr\"}],\"path\":\"/compte/adresse\"}"
        let back = await browser.post("/compte/confirmation", ["password": TestSite.password, "resume": kept])
        #expect(back.status == 200 && back.text.contains("C’est bien vous") && back.text.contains("action=\"/compte/adresse\""))
        #expect(await site.browser(after: back).post("/compte/adresse", ["email": "ana@nouveau.fr"]).status == 303)
    }

    @Test func `a code does as well, once, and a recovery code too`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        site.clock.advance(.minutes(20))
        let code = equipped.phone.code(at: site.clock.now)
        let proven = await equipped.browser.post("/compte/confirmation", ["password": "", "code": code, "next": "/compte/adresse"])
        #expect(proven.header("location") == "/compte/adresse")
        let browser = site.browser(after: proven)
        #expect(await browser.post("/compte/confirmation", ["code": code]).status == 422)
        #expect(await browser.post("/compte/confirmation", ["recovery": equipped.codes[0]]).status == 303)
    }

    @Test func `without a password a link by mail leads back`() async throws {
        let site = try await TestSite()
        site.clock.advance(.minutes(20))
        let page = await site.get("/compte/adresse", as: .bo).text
        #expect(page.contains("formaction=\"/connexion/lien\"") && !page.contains("type=\"password\""))
        #expect(await site.post("/compte/confirmation", as: .bo).status == 422)
        _ = await site.post("/connexion/lien", ["email": Cast.email(.bo), "next": "/compte/adresse"], as: .bo)
        let link = try #require(try await site.linkInMail(to: Cast.email(.bo)))
        let arrived = await site.client(.bo).post(String(link.prefix { $0 != "?" }), ["next": "/compte/adresse"])
        #expect(arrived.header("location") == "/compte/adresse")
        #expect(await site.browser(after: arrived).get("/compte/adresse").status == 200)
    }

    @Test func `a password is not guessed from an open session`() async throws {
        let site = try await TestSite()
        let browser = try await rested(site)
        for _ in 0..<6 { #expect(await browser.post("/compte/confirmation", ["password": "faux"]).status == 422) }
        let waiting = await browser.post("/compte/confirmation", ["password": TestSite.password])
        #expect(waiting.status == 429 && waiting.header("retry-after") == "2")
    }

    @Test func `the role that decides for a programme asks it, the others do not`() async throws {
        let site = try await TestSite()
        site.clock.advance(.minutes(20))
        let path = "/programmes/essai/communaute/\(site.cast[.ana])"
        #expect(await site.post("\(path)/roles", ["role": "researcher"], as: .nadia).status == 303)
        let asked = await site.post("\(path)/roles", pairs: [("role", "coordinator")], as: .nadia, headers: Self.own)
        #expect(asked.status == 401 && asked.text.contains("action=\"/compte/confirmation\"") && asked.text.contains("coordinator"))
        #expect(await site.post("\(path)/departs", ["everything": "1"], as: .nadia).status == 401)
        let invited = ["name": "Zita", "email": "zita@essai.example", "function": "direction", "role": "coordinator"]
        #expect(await site.post("/programmes/essai/communaute/invitations", invited, as: .nadia).status == 401)
        #expect(await site.post("\(path)/roles", ["role": "coordinator"], as: .ana).status == 403, "the right comes first")
    }

    @Test func `a script is told so`() async throws {
        let site = try await TestSite()
        site.clock.advance(.minutes(20))
        let answer = await site.get("/compte/adresse", as: .ana, headers: ["accept": "application/json"])
        #expect(answer.status == 401 && answer.header("content-type")?.hasPrefix("application/json") == true)
    }
}
