import Application
import Database
import TestSupport
import Testing

@testable import Platform

/// The addresses that open something without an account, beside a new password.
struct PrivateAddressTests {
    @Test func `whoever changes their password changes the address of their agenda too, where they have one and ask for it`() async throws {
        let site = try await TestSite()
        #expect(!(await site.get("/compte/mot-de-passe", as: .ana).text.contains("adresse de mon agenda")))
        _ = await site.post("/compte/calendrier", as: .ana)
        func feed() async throws -> String {
            let page = await site.get("/compte/calendrier", as: .ana).text
            return String(page[try #require(page.firstRange(of: "/calendrier/")).lowerBound...].prefix { $0 != "\"" })
        }
        let first = try await feed()
        #expect(await site.get("/compte/mot-de-passe", as: .ana).text.contains("Changer aussi l’adresse de mon agenda"))
        let refused = await site.post("/compte/mot-de-passe", ["password": "court", "address-agenda": "1"], as: .ana)
        #expect(refused.status == 422 && refused.text.contains("value=\"1\" checked"))
        _ = await site.post("/compte/mot-de-passe", ["password": TestSite.password], as: .ana)
        #expect(try await feed() == first)
        let changed = await site.post("/compte/mot-de-passe", ["password": "sept chèvres dans le pré vert", "address-agenda": "1"], as: .ana)
        #expect(changed.header("location") == "/compte?fait=mot-de-passe&adresse=agenda")
        #expect(await site.get("/compte?fait=mot-de-passe&adresse=agenda", as: .ana).text.contains("<a href=\"/compte/calendrier\">L’adresse de votre agenda a changé"))
        #expect(await site.get(first).status == 404)
        #expect(await site.get(try await feed()).status == 200)
    }
}
