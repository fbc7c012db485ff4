import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Evidence

/// The list of excerpts, what they ask of people, the meter of a synthesis, what is checked.
@Suite struct ShelfTests {
    @Test func `each person lists what they may read`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let list = "/programmes/essai/extraits"
        for (name, isThere) in [(Cast.Name.nadia, true), (.ana, true), (.yann, false), (.hugo, false), (.zoe, false), (.paul, false)] {
            #expect(await scene.test.get(list, as: name).text.contains(id) == isThere, "\(name)")
        }
        _ = await scene.record(id)
        #expect(await scene.test.get(list, as: .yann).text.contains(id))
        #expect(await !scene.test.get(list, as: .hugo).text.contains(id))
    }

    @Test func `the list is filtered by state, visit and dimension`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let cast = scene.test.cast
        let list = "/programmes/essai/extraits"
        for (query, isThere) in [
            ("state=pending", true), ("state=given", false), ("visit=\(cast.caen.visit)", true), ("visit=\(cast.lille.visit)", false),
            ("dimension=\(cast.dimensions["cooperation"] ?? "")", true), ("dimension=x", false), ("page=99", true),
        ] {
            #expect(await scene.test.get("\(list)?\(query)", as: .nadia).text.contains(id) == isThere, "\(query)")
        }
    }

    @Test func `a note about two dimensions is on both shelves of the panel, and is cited from the one at hand`() async throws {
        let scene = try await Scene.make()
        let dimensions = scene.test.cast.dimensions
        let (first, second) = (dimensions["cooperation"] ?? "", dimensions["participation"] ?? "")
        func panel(_ shelf: String) async -> String { await scene.test.get("\(scene.editor)?dimension=\(shelf)", as: .nadia).text }
        #expect(await panel(first).contains("data-id=\"\(scene.note)\""))
        #expect(await !panel(second).contains("data-id=\"\(scene.note)\""))
        let move = "/programmes/essai/visites/caen/notes/commune/\(scene.note)"
        _ = await scene.test.post(move, pairs: [("dimension", second), ("dimension", first)], as: .bo)
        for shelf in [first, second] {
            let text = await panel(shelf)
            #expect(text.contains("data-id=\"\(scene.note)\"") && text.contains("data-about_dimension=\"\(shelf)\""))
            #expect(text.contains("about_dimension=\(shelf)"))
        }
        #expect(await !panel("aucune").contains("data-id=\"\(scene.note)\""))
        _ = await scene.test.post(move, as: .bo)
        #expect(await panel("aucune").contains("data-id=\"\(scene.note)\""))
    }

    @Test func `the file is for whoever records consents`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let file = await scene.test.get("/programmes/essai/extraits/export", as: .nadia)
        #expect(file.text.contains(Scene.words))
        #expect(file.text.contains(id))
        #expect(await scene.test.get("/programmes/essai/extraits/export", as: .ana).status == 403)
    }

    @Test func `the notes lead to the excerpts`() async throws {
        let scene = try await Scene.make()
        _ = try await scene.quote()
        let page = await scene.test.get("/programmes/essai/notes", as: .nadia).text
        #expect(page.contains("/programmes/essai/extraits"))
        #expect(page.contains("1 extrait"))
    }

    @Test func `the staff is reminded of the consents to ask`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let ask = "Demander 1 accord pour citer\u{A0}: Caen"
        #expect(await scene.test.get("/a-faire", as: .nadia).text.contains(ask))
        #expect(await !scene.test.get("/a-faire", as: .ana).text.contains(ask))
        _ = await scene.record(id)
        #expect(await !scene.test.get("/a-faire", as: .nadia).text.contains(ask))
    }

    @Test func `the meter counts quotations and takes reasons for blanks`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let cast = scene.test.cast
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains("1 dimension sur 3"))
        let reason = ["dimension": cast.dimensions["participation"] ?? "", "reason": "Pas abordée <ici>."]
        #expect(await scene.test.post("/textes/\(scene.text)/blancs", reason, as: .nadia).status == 303)
        let page = await scene.test.get("/textes/\(scene.text)", as: .nadia).text
        #expect(page.contains("2 dimensions sur 3"))
        #expect(page.contains("Pas abordée &lt;ici&gt;."))
        #expect(await scene.test.post("/textes/\(scene.text)/blancs", reason, as: .ana).status == 403)
        #expect(await scene.test.post("/textes/\(scene.text)/blancs", ["dimension": "x"], as: .nadia).status == 404)
        _ = await scene.withdraw(id)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains("1 dimension sur 3"))
    }

    @Test func `what does not hold is found by the check`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let site = scene.test.site
        #expect(try await site.database.read { try EvidenceMarks.problems($0) } == [])
        try await site.database.write { writer in
            try writer.run("UPDATE excerpt SET words = 'Autre chose' WHERE id = \(id)")
        }
        #expect(try await site.database.read { try EvidenceMarks.problems($0) }.count == 2)
        try await site.database.write { writer in
            try writer.run("UPDATE excerpt SET source_id = 'nowhere' WHERE id = \(id)")
        }
        #expect(try await site.database.read { try EvidenceMarks.problems($0) }.contains { $0.contains("orphan") })
    }

    @Test func `where a quotation comes from is told to anybody without the note`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let before = try await scene.test.site.database.read { try Provenance.of(id, $0) }
        #expect(before.words == nil)
        #expect(before.allowance == .pending)
        _ = await scene.record(id)
        let given = try await scene.test.site.database.read { try Provenance.of(id, $0) }
        #expect(given.words == Scene.words)
        #expect(given.facts(scene.test.site.words(.french)).html.contains("salarié ou salariée"))
        _ = await scene.withdraw(id)
        let gone = try await scene.test.site.database.read { try Provenance.of(id, $0) }
        #expect(gone.words == nil)
        #expect(gone.shownAs == nil)
        #expect(gone.dimension == nil)
        #expect(!gone.facts(scene.test.site.words(.french)).html.contains("salariée"))
    }
}
