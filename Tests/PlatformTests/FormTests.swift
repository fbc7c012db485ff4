import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// A form is taken from the person it was shown to, and from nobody else; what was typed is never lost.
struct FormTests {
    private static let change = ["name": "Nom changé par un formulaire", "language": "fr"]

    private func nameOfAna(_ site: TestSite) async throws -> String? {
        let ana = site.cast[.ana]
        return try await site.site.database.read { try $0.text("SELECT name FROM person WHERE id = \(ana)") }
    }

    @Test func `without its token, or with another person's, nothing is done`() async throws {
        let site = try await TestSite()
        let other = await site.client(.bo).token(on: "/compte")
        let nobody = await site.client(nil).token(on: "/compte")
        for token in ["", "x", other, nobody] {
            #expect(await site.post("/compte", Self.change, as: .ana, token: token).status == 403)
        }
        #expect(try await nameOfAna(site) == "Ana")
        #expect(await site.post("/compte", Self.change, as: .ana).status == 303)
    }

    @Test(arguments: [
        ["origin": "https://ailleurs.example"], ["origin": "null"], ["sec-fetch-site": "cross-site"],
        ["sec-fetch-site": "same-site"],
    ])
    func `a form from another site is refused even with the token`(_ headers: [String: String]) async throws {
        let site = try await TestSite()
        let pairs = Self.change.map { ($0.key, $0.value) }
        let response = await site.post("/compte", pairs: pairs, as: .ana, headers: headers)
        #expect(response.status == 403)
        #expect(!response.text.contains("Nom changé"))
        #expect(try await nameOfAna(site) == "Ana")
    }

    @Test(arguments: [("http://127.0.0.1", 403), ("https://127.0.0.1", 303), ("https://127.0.0.1:8443", 403), ("127.0.0.1", 403)])
    func `a site served over TLS takes no form of a page that was not`(_ origin: String, _ status: Int) async throws {
        let site = try await TestSite(publicURL: "https://127.0.0.1")
        let pairs = Self.change.map { ($0.key, $0.value) }
        #expect(await site.post("/compte", pairs: pairs, as: .ana, headers: ["origin": origin]).status == status)
    }

    @Test func `whoever came by another way is told the address of the site, and how to work on its machine`() async throws {
        let site = try await TestSite(publicURL: "https://essaim.exemple.org")
        let pairs = Self.change.map { ($0.key, $0.value) }
        let plain = await site.post("/compte", pairs: pairs, as: .ana, headers: ["origin": "http://127.0.0.1"])
        #expect(plain.text.contains("pas ouverte à l’adresse du site") && plain.text.contains("ssh -L"))
        let foreign = await site.post("/compte", pairs: pairs, as: .ana, headers: ["origin": "https://ailleurs.example"])
        #expect(foreign.text.contains("Ce formulaire vient d’un autre site") && !foreign.text.contains("ssh -L"))
        for page in [plain, foreign] { #expect(page.status == 403 && page.text.contains("<a href=\"https://essaim.exemple.org\">")) }
    }

    @Test func `TLS is asked again for this name alone`() async throws {
        #expect(try await TestSite(publicURL: "https://exemple.org").get("/").header("strict-transport-security") == "max-age=63072000")
        #expect(try await TestSite().get("/").header("strict-transport-security") == nil)
    }

    @Test func `a form of an old tab comes back with what was typed`() async throws {
        let site = try await TestSite()
        let pairs = [("name", "Ana\r\n<script>\"é"), ("language", "fr")]
        let own = ["origin": "http://127.0.0.1"]
        let stale = await site.post("/compte", pairs: pairs, as: .ana, token: "ancien", headers: own)
        #expect(stale.status == 403)
        #expect(stale.text.contains("action=\"/compte\"") && stale.text.contains("&lt;script&gt;"))
        #expect(!stale.text.contains("<script>\""))
    }

    @Test func `what was typed comes back after the session ended, through the log-in`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        site.clock.advance(days: 8)
        let own = ["origin": "http://127.0.0.1"]
        let typed = "Deux lignes & des accents « é »"
        let lost = await site.post("/compte", pairs: [("name", typed), ("language", "en")], as: .ana, headers: own)
        #expect(lost.status == 401)
        #expect(lost.text.contains("Votre session a pris fin"))
        let kept = try #require(hidden("resume", in: lost.text))
        #expect(Resumption(kept)?.fields["name"] == typed)
        let wrong = await site.signIn(.ana, "faux", more: ["resume": kept])
        #expect(hidden("resume", in: wrong.text) == kept)
        let back = await site.signIn(.ana, more: ["resume": kept])
        #expect(back.status == 200)
        #expect(back.text.contains("Votre texte n’est pas perdu"))
        let browser = site.browser(after: back)
        let token = try #require(hidden("csrf", in: back.text))
        #expect(await browser.post("/compte", ["name": typed, "language": "en"], token: token).status == 303)
        #expect(try await nameOfAna(site) == typed)
    }

    @Test func `a form sent twice is taken once, and leads to the same page`() async throws {
        let site = try await TestSite()
        let page = await site.get("/programmes/essai/visites/nouvelle", as: .nadia).text
        let tokens = page.matches(of: #/name="csrf" value="([^"]+)"/#).map { String($0.output.1) }
        let token = try #require(tokens.first { $0.contains(".") })
        let fields = ["name": "Visite envoyée deux fois", "place": "Ici"]
        let first = await site.post("/programmes/essai/visites", fields, as: .nadia, token: token)
        let second = await site.post("/programmes/essai/visites", fields, as: .nadia, token: token)
        #expect(first.status == 303 && second.status == 303)
        #expect(first.header("location") == second.header("location"))
        func count() async throws -> Int {
            try await site.site.database.read { try $0.count("SELECT count(*) FROM visit WHERE name LIKE 'Visite envoyée%'") }
        }
        #expect(try await count() == 1)
        // Other words from the same page are another form: somebody came back and corrected.
        let third = await site.post(
            "/programmes/essai/visites", ["name": "Visite envoyée deux fois, corrigée"], as: .nadia, token: token)
        #expect(third.status == 303)
        #expect(try await count() == 2)
    }

    @Test func `two sendings at the same moment are one`() async throws {
        let site = try await TestSite()
        let page = await site.get("/programmes/essai/visites/nouvelle", as: .nadia).text
        let token = try #require(page.matches(of: #/name="csrf" value="([^"]+\.[^"]+)"/#).first.map { String($0.output.1) })
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    await site.post("/programmes/essai/visites", ["name": "Six fois", "place": ""], as: .nadia, token: token).status
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.allSatisfy { $0 == 303 })
        #expect(try await site.site.database.read { try $0.count("SELECT count(*) FROM visit WHERE name = 'Six fois'") } == 1)
    }

    @Test func `what was typed behind a private link that ended is shown, to be copied`() async throws {
        let site = try await TestSite()
        let response = await site.post(
            "/fiche/\(Secrets.token())/sections/ecosystem", pairs: [("body", "Un paragraphe entier.")],
            headers: ["origin": "http://127.0.0.1"])
        #expect(response.status == 404)
        #expect(response.text.contains("Un paragraphe entier."))
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1000000000", "0", "-1", "x"])
    func `a page that no list has breaks nothing`(_ page: String) async throws {
        let site = try await TestSite()
        for path in ["/programmes/essai/textes", "/programmes/essai/extraits", "/programmes/essai/notes", "/ressources", "/recherche", "/courriels"] {
            #expect(await site.get("\(path)?page=\(page)", as: .nadia).status == 200, "\(path)")
        }
    }

    @Test(arguments: ["/\n/ailleurs.example", "/\t/ailleurs.example", "/\u{2028}/ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "ailleurs"])
    func `a redirection stays here, however it is written`(_ path: String) {
        #expect(Response.redirect(path).header("location") == "/")
    }

    @Test func `large bodies on their way in have a ceiling, in all and by address`() {
        let budget = BodyBudget()
        #expect(budget.take(BodyBudget.byAddress, for: "a"))
        #expect(!budget.take(1 << 20, for: "a"))
        #expect(budget.take(BodyBudget.small, for: "a"))
        #expect(budget.take(BodyBudget.byAddress, for: "b") && budget.take(BodyBudget.byAddress, for: "c"))
        #expect(!budget.take(1 << 20, for: "d"))
        budget.giveBack(BodyBudget.byAddress, for: "a")
        #expect(budget.take(1 << 20, for: "d"))
    }

    @Test func `a password is never part of what is kept`() async throws {
        let site = try await TestSite()
        let pairs = [("recovery", "ancien secret à moi"), ("code", "autre secret à moi"), ("password", "nouveau secret à moi")]
        let response = await site.post(
            "/compte/mot-de-passe", pairs: pairs, headers: ["origin": "http://127.0.0.1"])
        #expect(response.status == 401)
        #expect(!response.text.contains("secret à moi"))
    }

    @Test func `a kept form only goes to this site`() {
        #expect(Resumption("{\"path\":\"//ailleurs.example\",\"fields\":[]}") == nil)
        #expect(Resumption("{\"path\":\"https://ailleurs.example\",\"fields\":[]}") == nil)
        #expect(Resumption("{\"path\":\"/\\\\ailleurs.example\",\"fields\":[]}") == nil)
        #expect(Resumption("pas du JSON") == nil)
        #expect(Resumption("{\"path\":\"/compte\",\"fields\":[]}") != nil)
    }

    @Test func `a script gets an answer, never the log-in page`() async throws {
        let site = try await TestSite()
        let response = await site.get("/compte", headers: ["accept": "application/json"])
        #expect(response.status == 401)
        #expect(response.header("content-type")?.hasPrefix("application/json") == true)
    }

    /// The value of a hidden field of a page, read as a browser reads it.
    private func hidden(_ name: String, in page: String) -> String? {
        guard let start = page.firstRange(of: "<input type=\"hidden\" name=\"\(name)\" value=\"") else { return nil }
        let value = String(page[start.upperBound...].prefix { $0 != "\"" })
        return [
            ("&#10;", "\n"), ("&quot;", "\""), ("&#34;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"),
            ("&amp;", "&"),
        ]
        .reduce(value) { $0.replacing($1.0, with: $1.1) }
    }
}
