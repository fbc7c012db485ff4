import TestSupport
import Testing

@testable import Platform

/// A visitor without account keeps the language chosen in the address, without a cookie.
struct CarriedLanguageTests {
    @Test func `links and forms carry the language that was chosen`() async throws {
        let site = try await TestSite()
        let page = await site.get("/?langue=en")
        #expect(page.text.contains("<html lang=\"en\">"))
        #expect(page.text.contains("href=\"/ressources?langue=en\"") && page.text.contains("href=\"/boite-a-outils?langue=en\""))
        #expect(page.text.contains("action=\"/recherche\"><input type=\"hidden\" name=\"langue\" value=\"en\">"))
        #expect(!page.text.contains("/assets/platform.css?langue"))
        #expect(await site.get("/connexion?langue=en").text.contains("action=\"/connexion?langue=en\""))
        #expect(!(await site.get("/").text.contains("href=\"/ressources?langue")))
    }

    @Test func `who has an account chose once for all`() async throws {
        let site = try await TestSite()
        #expect(!(await site.get("/?langue=en", as: .nadia).text.contains("href=\"/ressources?langue=en\"")))
    }

    @Test(arguments: [
        ("/a", "/a?langue=en"), ("/a?b=c#d", "/a?b=c&langue=en#d"), ("//ailleurs.example", "//ailleurs.example"),
        ("https://ailleurs.example", "https://ailleurs.example"), ("#haut", "#haut"), ("/a?langue=fr", "/a?langue=fr"),
        ("?page=2", "?page=2&langue=en"),
    ])
    func `only the addresses of this site are written again`(_ address: String, _ expected: String) async throws {
        let site = try await TestSite(isEmpty: true)
        let request = Request(.get, "/", query: Fields([("langue", "en")]), site: site.site)
        #expect(CarriedLanguage(request)?.address(address) == expected)
    }
}
