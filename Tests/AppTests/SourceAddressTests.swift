import Foundation
import Platform
import TestSupport
import Testing

@testable import Application

@Suite struct SourceAddressTests {
    private func configuration(_ environment: [String: String]) throws -> Configuration {
        let folder = FileManager.default.temporaryDirectory.appending(path: "essaim-settings-\(UUID().uuidString)")
        return try Settings().configuration(in: DataFolder(folder.path), environment: environment)
    }

    @Test func `the address of the source code is set by who runs the site`() throws {
        #expect(try configuration([:]).source == nil)
        #expect(try configuration(["ESSAIM_SOURCE": "https://forge.example/essaim"]).source == "https://forge.example/essaim")
        #expect(throws: Failure.self) { try configuration(["ESSAIM_SOURCE": "javascript:alert(1)"]) }
    }

    @Test func `the page about the site says where its source code is, or whom to ask`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/a-propos").text.contains("demandez-le à la structure qui le tient"))
        let linked = try await TestSite(source: "https://forge.example/essaim")
        #expect(await linked.get("/a-propos").text.contains("<a href=\"https://forge.example/essaim\">"))
    }

    @Test(arguments: [
        ("faille@essai.example", "mailto:faille@essai.example"), ("mailto:faille@essai.example", "mailto:faille@essai.example"),
        ("https://essai.example/faille", "https://essai.example/faille"),
    ])
    func `where a flaw is reported is set by who runs the site`(_ typed: String, _ contact: String) async throws {
        #expect(try configuration(["ESSAIM_SECURITY": typed]).security == contact)
        let site = try await TestSite(publicURL: "https://essai.example", security: contact)
        let file = await site.get("/.well-known/security.txt")
        #expect(file.header("content-type") == "text/plain; charset=utf-8")
        #expect(
            file.text == """
                Contact: \(contact)
                Expires: 2026-05-31T09:00:00Z
                Preferred-Languages: fr, en
                Canonical: https://essai.example/.well-known/security.txt
                Policy: https://essai.example/a-propos#securite

                """)
        #expect(await site.get("/a-propos").text.contains("<h2 id=\"securite\">Signaler une faille</h2>"))
        #expect(await site.get("/a-propos").text.contains("<a href=\"\(contact)\">"))
    }

    @Test func `nothing is said of flaws when nobody takes care of them`() async throws {
        #expect(try configuration([:]).security == nil)
        for wrong in ["javascript:alert(1)", "http://essai.example", "a b@essai.example"] {
            #expect(throws: Failure.self) { try configuration(["ESSAIM_SECURITY": wrong]) }
        }
        #expect(await (try TestSite(security: nil)).get("/.well-known/security.txt").status == 404)
    }

    @Test func `the home page has a large search with its label`() async throws {
        let site = try await TestSite()
        let page = await site.get("/").text
        #expect(page.contains("<label for=\"hero\">Que cherchez-vous") && page.contains("<input id=\"hero\" name=\"q\" type=\"search\""))
        #expect(page.contains(">Territoires</a>") && !page.contains("Carte et territoires"))
    }
}
