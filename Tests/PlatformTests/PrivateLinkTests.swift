import Application
import Database
import Formats
import Logging
import TestSupport
import Testing

@testable import Platform

/// A link for somebody without account: one thing, one purpose, until a date.
struct PrivateLinkTests {
    /// The site of the tests with one page behind a private link.
    private func guestSite(_ test: TestSite) async throws -> Dispatcher {
        var feature = Feature("Guests")
        feature.routes = [
            .get("/essai-lien/{secret}", asks: .link, for: "tests") { request in
                let link = try #require(request.link)
                let thing = request.query["chose"] ?? link.objectId
                return try await request.site.database.read { reader in
                    try reader.see(thing, request)
                    let title = "\(link.purpose) \(request.viewer.name ?? "")"
                    return .page(Page(title, shape: .narrow, "<h1>\(title)</h1>"))
                }
            },
            .post("/essai-lien/{secret}", asks: .link, for: "tests") { request in .redirect("/essai-lien/\(request["secret"])") },
        ]
        let site = test.site
        let clock = test.clock
        return Dispatcher(
            try await Site(
                database: site.database, configuration: site.configuration, share: site.share,
                features: site.features + [feature], log: site.log, clock: { clock.now }))
    }

    private func makeLink(_ test: TestSite, days: Int = 10) async throws -> String {
        let cast = test.cast
        return try await test.site.amend(as: "test.link", by: .site) { change in
            try change.trace("visit", cast.caen.visit)
            return try change.makeLink(
                to: cast.caen.visit, for: cast[.yann], purpose: "fiche", until: change.now + .days(days))
        }
    }

    @Test func `it opens its thing and nothing else`() async throws {
        let test = try await TestSite()
        let guest = Client(try await guestSite(test), cookie: nil)
        let path = "/essai-lien/\(try await makeLink(test))"
        for _ in 0..<3 { #expect(await guest.get(path).text.contains("<h1>fiche Yann</h1>")) }
        #expect(await guest.get("\(path)?chose=\(test.cast.lille.visit)").status == 404)
        #expect(await guest.get("\(path)?chose=\(test.cast.programme)").status == 200)
        #expect(await guest.get("/historique/\(test.cast.caen.visit)").status == 401)
        #expect(await guest.get("/compte").status == 401)
    }

    @Test func `unknown, over and revoked answer alike`() async throws {
        let test = try await TestSite()
        let guest = Client(try await guestSite(test), cookie: nil)
        let revoked = "/essai-lien/\(try await makeLink(test))"
        let cast = test.cast
        try await test.site.amend(as: "test.revoked", by: .site) { change in
            try change.revokeLinks(to: cast.caen.visit, for: cast[.yann])
            try change.trace("visit", cast.caen.visit)
        }
        let over = "/essai-lien/\(try await makeLink(test, days: 1))"
        #expect(await guest.get(over).status == 200)
        test.clock.advance(days: 1)
        for path in [revoked, over, "/essai-lien/\(Secrets.token())", "/essai-lien/x"] {
            let response = await guest.get(path)
            #expect(response.status == 404)
            #expect(response.text.contains("Ce lien ne s’ouvre plus"))
        }
    }

    @Test func `its forms have a token of their own`() async throws {
        let test = try await TestSite()
        let dispatcher = try await guestSite(test)
        let path = "/essai-lien/\(try await makeLink(test))"
        let guest = Client(dispatcher, cookie: nil)
        #expect(await guest.post(path, token: await guest.token(on: "/connexion")).status == 403)
        #expect(await guest.post(path).status == 303)
        let other = try await makeLink(test)
        #expect(await guest.post("/essai-lien/\(other)", token: await guest.token(on: path)).status == 403)
    }

    @Test func `the secret itself is kept nowhere`() async throws {
        let test = try await TestSite()
        let secret = try await makeLink(test)
        let kept = try await test.site.database.read { try $0.texts("SELECT secret_hash FROM private_link") }
        #expect(kept == [Secrets.sha256(secret)])
    }
}
