import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Library

/// What becomes of a published quotation when its consent or its presentation changes.
@Suite struct ConsentAgainTests {
    private let path = "/ressources/colombelles"

    private func published() async throws -> Scene {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["slug": "colombelles"])
        return scene
    }

    private func record(_ scene: Scene, _ changes: [String: String] = [:]) async -> Response {
        let fields = [
            "answer": "yes", "purpose": "quote", "asked_how": "oral", "collected_by": scene.test.cast[.iris],
            "collected_on": "01/03/2026", "proof": "Redit.", "warned": "1",
        ]
        return await scene.test.post("/extraits/\(scene.excerpt)/accords", fields.merging(changes) { _, new in new }, as: .nadia)
    }

    private func read(_ scene: Scene) async -> [String] {
        var pages: [String] = []
        for address in [path, "\(path)/sources/\(scene.excerpt)", "\(path)/source.md"] { pages.append(await scene.test.get(address).text) }
        return pages
    }

    @Test func `another presentation closes the words until the person agrees, then opens them everywhere again`() async throws {
        let scene = try await published()
        #expect(await read(scene).allSatisfy { $0.contains("On décide ensemble") })
        _ = await scene.test.post(
            "/extraits/\(scene.excerpt)/attribution", ["attribution": "function", "shown_as": "Quelqu’un"], as: .nadia)
        #expect(await read(scene).allSatisfy { !$0.contains("On décide ensemble") })
        #expect(await record(scene).status == 303)
        for page in await read(scene) {
            #expect(page.contains("On décide ensemble"))
            #expect(page.contains("Quelqu’un"))
            #expect(!page.contains("en attente"))
        }
    }

    @Test func `a withdrawal takes its dimension from what the page covers, a new yes gives it back`() async throws {
        let scene = try await published()
        let covered: SQL = "SELECT COUNT(*) FROM publication_dimension"
        func count() async throws -> Int { try await scene.test.site.database.read { try $0.count(covered) } }
        #expect(try await count() == 1)
        #expect(await scene.test.get("/ressources").text.contains("Dimension cooperation"))
        _ = await scene.test.post("/extraits/\(scene.excerpt)/retrait", ["confirmed": "1"], as: .nadia)
        #expect(try await count() == 0)
        #expect(await !scene.test.get("/ressources").text.contains("Dimension cooperation"))
        _ = await record(scene)
        #expect(try await count() == 1)
        #expect(await read(scene).allSatisfy { $0.contains("On décide ensemble") })
    }

    @Test func `a yes cancelled after publication takes the words from the page and tells those who validated`() async throws {
        let scene = try await published()
        let consent = try await scene.test.site.database.read { try $0.text("SELECT id FROM consent") ?? "" }
        let before = try await scene.test.site.database.read { try $0.count("SELECT COUNT(*) FROM mail") }
        _ = await scene.test.post(
            "/extraits/\(scene.excerpt)/annulation", ["consent": consent, "reason": "Erreur.", "confirmed": "1"], as: .nadia)
        #expect(await read(scene).allSatisfy { !$0.contains("On décide ensemble") })
        #expect(try await scene.test.site.database.read { try $0.count("SELECT COUNT(*) FROM mail") } == before + 6)
    }

    @Test func `readers who have the words by the publication alone are led to its page`() async throws {
        let scene = try await published()
        let source = "\(path)/sources/\(scene.excerpt)"
        for name in [Cast.Name?.none, .stranger] {
            let answer = await scene.test.get("/extraits/\(scene.excerpt)", as: name)
            #expect(answer.status == 303)
            #expect(answer.header("location") == source)
        }
        let inside = await scene.test.get("/extraits/\(scene.excerpt)", as: .ana).text
        #expect(inside.contains("Visible par tout le monde"))
        #expect(await scene.test.get("/recherche?q=ensemble").text.contains(source))
        #expect(await scene.test.get(path).text.contains("id=\"citation-\(scene.excerpt)\""))
    }

    @Test func `the kind of meeting is kept from readers when it points at the person`() async throws {
        let scene = try await published()
        let source = "\(path)/sources/\(scene.excerpt)"
        #expect(await scene.test.get(source).text.contains("salarié ou salariée"))
        let hidden = await scene.test.post("/extraits/\(scene.excerpt)/provenance", ["encounter": "hidden"], as: .nadia)
        #expect(hidden.status == 303)
        #expect(await !scene.test.get(source).text.contains("salarié ou salariée"))
        #expect(await scene.test.get(source).text.contains("On décide ensemble"))
        // The person agreed without it.
        let said = await scene.test.post("/extraits/\(scene.excerpt)/provenance", ["encounter": "said"], as: .nadia)
        #expect(said.status == 422)
        #expect(await !scene.test.get(source).text.contains("salarié ou salariée"))
    }

    @Test func `taken back, the publication closes the words, and a later yes does not open them`() async throws {
        let scene = try await published()
        _ = await scene.test.post(
            "/extraits/\(scene.excerpt)/attribution", ["attribution": "none"], as: .nadia)
        let taken = await scene.test.post("/textes/\(scene.text)/publication/retrait", ["withdrawal": "Erreur."], as: .nadia)
        #expect(taken.status == 303)
        _ = await record(scene)
        #expect(await scene.test.get("/extraits/\(scene.excerpt)").status == 404)
        #expect(await scene.test.get("/extraits/\(scene.excerpt)", as: .yann).status == 200)
    }
}
