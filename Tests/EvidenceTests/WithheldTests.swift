import Database
import Platform
import TestSupport
import Testing

@testable import Evidence

/// Words taken back do not come back by another quotation of the same note.
@Suite struct WithheldTests {
    private func cited(_ answer: Response) -> String {
        String((answer.header("location") ?? "").dropFirst("/extraits/".count).prefix { $0 != "?" })
    }

    @Test func `a stretch that touches words taken back is not cited again, in whatever version`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.withdraw(id)
        for words in [Scene.words, "ensemble 🐝, même", "décide"] {
            let again = await scene.send(["words": words, "occurrence": "1"])
            #expect(again.status == 422, "\(words)")
            #expect(again.text.contains("retiré ou refusé"))
        }
        await scene.write("Bon. \(Scene.said)", base: 1)
        #expect(await scene.send(["version": "2"]).status == 422)
        #expect(await scene.send(["words": "On décide tard."]).status == 303)
    }

    @Test func `a refusal withholds the words too, a cancelled one does not`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.record(id, ["answer": "no"])
        #expect(await scene.send(["shown_as": "quelqu’un"]).status == 422)
        let consent = try await scene.test.site.database.read { try $0.text("SELECT id FROM consent") ?? "" }
        _ = await scene.test.post(
            "/extraits/\(id)/annulation", ["consent": consent, "reason": "Mauvais extrait.", "confirmed": "1"], as: .nadia)
        #expect(await scene.send(["shown_as": "quelqu’un"]).status == 303)
    }

    @Test func `the notes beside the editor hold a mark in their place, except for their author`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        #expect(await scene.test.get(scene.editor, as: .nadia).text.contains(Scene.said))
        _ = await scene.withdraw(id)
        let query = "source=block&id=\(scene.note)&version=1"
        for page in [scene.editor, "/textes/\(scene.text)/extraits/nouveau?\(query)"] {
            let text = await scene.test.get(page, as: .nadia).text
            #expect(!text.contains(Scene.words), "\(page)")
            #expect(text.contains("<span class=\"withheld\">Propos retiré</span>, même quand"), "\(page)")
        }
        #expect(await scene.test.get("/programmes/essai/visites/caen/notes", as: .ana).text.contains(Scene.said))
    }

    @Test func `other excerpts of the same words leave with them, said beforehand`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let other = cited(await scene.send(["words": "ensemble 🐝, même quand c’est long."]))
        let apart = cited(await scene.send(["words": "On décide tard."]))
        for excerpt in [id, other, apart] { _ = await scene.record(excerpt) }
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("1 autre extrait de la même note"))
        _ = await scene.withdraw(id)
        #expect(try await scene.read(other).withdrawnAt != nil)
        #expect(try await scene.read(apart).withdrawnAt == nil)
        #expect(await !scene.test.get("/extraits/\(other)", as: .nadia).text.contains("ensemble 🐝"))
        #expect(try await scene.traces(other).last == "excerpt.withdrawn")
    }
}
