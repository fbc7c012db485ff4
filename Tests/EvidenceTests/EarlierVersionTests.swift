import Database
import Formats
import Notes
import Platform
import TestSupport
import Testing

/// What was written before sharing stays its author's, although its version, or its revision, has an address.
@Suite struct EarlierVersionTests {
    private func ask(_ scene: Scene, version: Int, as name: Cast.Name = .nadia) async -> Response {
        await scene.test.get("\(scene.cite)/nouveau?source=block&id=\(scene.note)&version=\(version)", as: name)
    }

    @Test func `the versions of a note before it was shared are neither read nor cited`() async throws {
        let scene = try await Scene.make(isShared: false)
        await scene.write("MOTS-D-AVANT, retirés.", base: 1)
        await scene.write("MOTS-PARTAGÉS ici.", base: 2)
        _ = await scene.test.post("/programmes/essai/visites/caen/notes/\(scene.note)/partage", as: .ana)
        for version in [1, 2] { #expect(await ask(scene, version: version).status == 404, "\(version)") }
        #expect(await scene.send(["version": "2", "words": "MOTS-D-AVANT"]).status == 404)
        #expect(try await scene.count("SELECT COUNT(*) FROM excerpt") == 0)
        #expect(await ask(scene, version: 3).status == 200)

        // Somebody had the third version open while its author wrote the fourth.
        await scene.write("MOTS-PARTAGÉS là.", base: 3)
        #expect(await scene.send(["version": "3", "words": "MOTS-PARTAGÉS ici"]).status == 303)
    }

    @Test func `taking a note back closes what was read of it`() async throws {
        let scene = try await Scene.make()
        let note = "/programmes/essai/visites/caen/notes/\(scene.note)"
        _ = await scene.test.post("\(note)/reprise", as: .ana)
        await scene.write("MOTS-NOUVEAUX.", base: 1)
        _ = await scene.test.post("\(note)/partage", as: .ana)
        #expect(await ask(scene, version: 1).status == 404)
        #expect(await ask(scene, version: 2).status == 200)
    }

    @Test func `an impression opens from the revision that was shared`() async throws {
        let scene = try await Scene.make()
        let (test, visit) = (scene.test, "/programmes/essai/visites/caen")
        let opened = await test.post("\(visit)/impressions", as: .ana)
        let id = try #require(opened.header("location")?.split(separator: "/").dropFirst().first.map(String.init))
        for body in ["MON-SECRET.", "À partager.", "À partager, mieux."] {
            if body.hasSuffix("mieux.") { _ = await test.post("\(visit)/impressions/partage", as: .ana) }
            let head = try await test.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(id)") ?? "" }
            _ = await test.post("/textes/\(id)/sections/impression", ["body": body, "base": head, "act": "revision"], as: .ana)
        }
        let revisions = try await test.site.database.read {
            try $0.texts("SELECT id FROM revision WHERE text_id = \(id) ORDER BY number")
        }
        #expect(revisions.count == 4)
        let list = await test.get("/textes/\(id)/revisions", as: .bo).text
        for (index, revision) in revisions.enumerated() {
            let isOpen = index >= 2
            #expect(list.contains("/revisions/\(revision)\"") == isOpen, "\(index)")
            #expect(await test.get("/textes/\(id)/revisions/\(revision)", as: .bo).status == (isOpen ? 200 : 404), "\(index)")
            #expect(await test.get("/textes/\(id)/revisions/\(revision)", as: .ana).status == 200)
            let cite = "\(scene.cite)/nouveau?source=revision&id=\(revision)"
            #expect(await test.get(cite, as: .nadia).status == (isOpen ? 200 : 404), "\(index)")
        }
        #expect(!list.contains("avec=\(revisions[1])"))
        let compare = "/textes/\(id)/revisions/\(revisions[2])/comparer"
        #expect(await test.get("\(compare)?avec=\(revisions[1])", as: .bo).status == 404)
        #expect(await test.get(compare, as: .bo).status == 404)
        #expect(await test.get(compare, as: .ana).text.contains("MON-SECRET"))
        #expect(await test.get("/textes/\(id)/revisions/\(revisions[3])/comparer", as: .bo).status == 200)
    }
}
