import Database
import Formats
import Platform
import TestSupport
import Testing

/// An excerpt made by mistake is taken off while nothing was built on it.
@Suite struct RemovalTests {
    private func cite(_ scene: Scene) async -> String {
        let location = await scene.send().header("location") ?? ""
        return String(location.dropFirst("/extraits/".count).prefix { $0 != "?" })
    }

    @Test func `an excerpt that nothing quotes is deleted, and its note is free again`() async throws {
        let scene = try await Scene.make()
        let id = await cite(scene)
        #expect(await scene.test.get("/a-faire", as: .nadia).text.contains("1 accord pour citer"))
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("Supprimer cet extrait (erreur de saisie)"))
        let address = "/extraits/\(id)/suppression"
        #expect(await scene.test.post(address, ["mistake": "1"], as: .ana).status == 403)
        #expect(await scene.test.post(address, ["mistake": "1"], as: .yann).status == 404)
        #expect(await scene.test.post(address, as: .nadia).status == 422)
        let answer = await scene.test.post(address, ["mistake": "1"], as: .nadia)
        #expect(answer.header("location") == "/programmes/essai/extraits?fait=removed")
        #expect(await scene.test.get("/programmes/essai/extraits?fait=removed", as: .nadia).text.contains("L’extrait est supprimé"))
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).status == 404)
        #expect(await !scene.test.get("/a-faire", as: .nadia).text.contains("pour citer"))
        #expect(try await scene.count("SELECT COUNT(*) FROM access WHERE object_id = \(id)") == 0)
        #expect(try await scene.traces(id).last == "excerpt.removed")
        #expect(await scene.test.post("/programmes/essai/visites/caen/notes/\(scene.note)/reprise", as: .ana).status == 303)
    }

    @Test func `one that a revision quotes, or that somebody answered about, stays`() async throws {
        let scene = try await Scene.make()
        let quoted = try await scene.quote()
        try await scene.revise("Sans citation.")
        #expect(await scene.test.post("/extraits/\(quoted)/suppression", ["mistake": "1"], as: .nadia).status == 422)
        #expect(await !scene.test.get("/extraits/\(quoted)", as: .nadia).text.contains("erreur de saisie)"))

        let other = try await Scene.make()
        let answered = await cite(other)
        _ = await other.record(answered)
        #expect(await other.test.post("/extraits/\(answered)/suppression", ["mistake": "1"], as: .nadia).status == 422)
    }

    @Test func `a text that quotes an excerpt twice names it once in its page`() async throws {
        let scene = try await Scene.make()
        let id = await cite(scene)
        try await scene.revise("[[citation:\(id)]]\n\nEncore.\n\n[[citation:\(id)]]")
        let page = await scene.test.get("/textes/\(scene.text)", as: .nadia).text
        #expect(page.split(separator: "<figure class=\"quotation\"").count == 3)
        #expect(page.split(separator: "id=\"citation-\(id)\"").count == 2)
    }

    @Test func `an answer that is recorded is not offered again by the browser`() async throws {
        let scene = try await Scene.make()
        let id = await cite(scene)
        let saved = await scene.record(id)
        let page = await scene.test.get(saved.header("location") ?? "", as: .nadia).text
        #expect(page.contains("name=\"kept\" content=\"extrait-\(id)-accord\""))
    }
}
