import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// One's own account.
struct AccountTests {
    private static let next = "un verger et trois échelles"

    @Test func `name and language change together, and every page follows`() async throws {
        let site = try await TestSite()
        let response = await site.post("/compte", ["name": "Ana-Lía", "language": "en"], as: .ana)
        #expect(response.status == 303)
        let page = await site.get("/compte?fait=compte", as: .ana).text
        #expect(page.contains("<html lang=\"en\">") && page.contains("Ana-Lía") && page.contains("notice success"))
        let empty = await site.post("/compte", ["name": " ", "language": "en"], as: .ana)
        #expect(empty.status == 422)
        #expect(empty.text.contains("id=\"name-error\""))
        #expect(await site.post("/compte", ["name": "A", "language": "de"], as: .ana).status == 422)
    }

    @Test func `a password changes, and closes the other sessions`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let other = site.browser(after: await site.signIn(.ana))
        #expect(await site.get("/compte/mot-de-passe", as: .ana).text.contains("name=\"password\""))
        let wrong = await site.post("/compte/mot-de-passe", ["password": "court"], as: .ana)
        #expect(wrong.status == 422)
        #expect(wrong.text.contains("id=\"password-error\"") && !wrong.text.contains("court\""))
        #expect(await site.post("/compte/mot-de-passe", ["password": Self.next], as: .ana).status == 303)
        #expect(await other.get("/compte").status == 401)
        #expect(await site.get("/compte", as: .ana).status == 200)
        #expect(await site.signIn(.ana).status == 422)
        #expect(await site.signIn(.ana, Self.next).status == 303)
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("vient d’être changé") == true)
    }

    @Test func `somebody without password chooses one`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/compte", as: .bo).text.contains("Vous entrez avec un lien"))
        #expect(await site.post("/compte/mot-de-passe", ["password": "bo@essai.example"], as: .bo).status == 422)
        #expect(await site.post("/compte/mot-de-passe", ["password": Self.next], as: .bo).status == 303)
        #expect(await site.signIn(.bo, Self.next).status == 303)
    }

    @Test func `the footer's language is kept for who has an account, in the address for others`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/compte", as: .ana).text.contains("action=\"/langue/en\""))
        let changed = await site.post("/langue/en", ["next": "/a-faire"], as: .ana)
        #expect(changed.header("location") == "/a-faire")
        #expect(await site.get("/a-faire", as: .ana).text.contains("Nothing is waiting for you"))
        #expect(await site.post("/langue/de", as: .ana).status == 404)
        #expect(await site.get("/langue/en").status == 405)
        let visitor = await site.get("/a-propos?x=1").text
        #expect(visitor.contains("href=\"/a-propos?x=1&amp;langue=en\""))
        #expect(await site.get("/a-propos?langue=en").text.contains("<html lang=\"en\">"))
        #expect(
            await site.get("/a-propos", headers: ["accept-language": "de, en;q=0.8, fr;q=0.2"]).text.contains(
                "lang=\"en\""))
    }

    @Test func `the link to the other language never leaves the site`() async throws {
        let site = try await TestSite()
        let page = await site.get("//ailleurs.example/x").text
        #expect(page.contains("href=\"/ailleurs.example/x?langue=en\""))
    }
}
