import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Grids

/// A grid proposed by the researcher, commented by members, through the pages.
struct GridProposalTests {
    private let grid = "/programmes/essai/grille"

    /// Begins the draft and adds a question; answers its identifier.
    private func ask(_ site: TestSite, _ text: String = "Qui coopère ?") async throws -> String {
        _ = await site.post("\(grid)/brouillon", as: .iris)
        let dimension = try #require(site.cast.dimensions["cooperation"])
        let fields = ["text": text, "probes": "- Avec qui ?\n\nSur quoi ?", "dimension": dimension]
        #expect(await site.post("\(grid)/brouillon/questions/nouvelle", fields, as: .iris).status == 303)
        return try #require(try await draft(site).content.questions.last).id
    }

    private func draft(_ site: TestSite) async throws -> GridDraft {
        let programme = site.cast.programme
        let draft = try await site.site.database.read { reader in
            try Grids.core(programme, reader).flatMap { try Grids.draft($0.id, reader) }
        }
        return try #require(draft)
    }

    @Test func `a draft changes nothing of the grid in use`() async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        #expect(try await draft(site).content.question(id)?.probes == ["Avec qui ?", "Sur quoi ?"])
        #expect(await site.get("\(grid)/brouillon", as: .ana).text.contains("Qui coopère ?"))
        #expect(!(await site.get(grid).text.contains("Qui coopère ?")))
        let programme = site.cast.programme
        #expect(try await site.site.database.read { try Grids.questions(programme, $0).isEmpty })
    }

    @Test(arguments: [Cast.Name.ana, .nadia, .hugo, .maud])
    func `nobody but the researcher writes a question, whatever the page`(_ name: Cast.Name) async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        let before = try await draft(site)
        for path in ["questions/\(id)", "questions/nouvelle", "\(id)/retrait", "\(id)/descente", "reprise", "dimensions/nouvelle"] {
            #expect(await site.post("\(grid)/brouillon/\(path)", ["text": "Autre ?", "name": "X", "dimension": "x", "act": "take", "content": "[]"], as: name).status == 403)
        }
        #expect(await site.post("\(grid)/versions", as: name).status == 403)
        #expect(try await draft(site) == before)
    }

    @Test func `a page left open does not overwrite what was changed meanwhile`() async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        let page = await site.get("\(grid)/brouillon/questions/\(id)", as: .iris).text
        let base = try #require(page.firstMatch(of: /name="base" value="([0-9a-f]+)"/)).output.1
        let dimension = try #require(site.cast.dimensions["cooperation"])
        let fields = ["text": "Qui décide ?", "probes": "", "dimension": dimension, "base": String(base)]
        #expect(await site.post("\(grid)/brouillon/questions/\(id)", fields, as: .iris).status == 303)
        let late = await site.post("\(grid)/brouillon/questions/\(id)", fields.merging(["text": "Qui paie ?"]) { $1 }, as: .iris)
        #expect(late.status == 422 && late.text.contains("Qui paie ?") && late.text.contains("Qui décide ?"))
        #expect(try await draft(site).content.question(id)?.text == "Qui décide ?")
    }

    @Test func `members comment, each takes back their own, the researcher answers`() async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        let page = "\(grid)/questions/\(id)"
        #expect(await site.post("\(page)/commentaires", ["body": " "], as: .ana).status == 422)
        #expect(await site.post("\(page)/commentaires", ["body": "Trop <large>."], as: .ana).status == 303)
        #expect(await site.get(page, as: .bo).text.contains("Trop &lt;large&gt;."))
        #expect(await site.get("/a-faire", as: .iris).text.contains("1 commentaire sur la grille"))
        let comment = try await site.site.database.read { try $0.text("SELECT id FROM grid_comment") ?? "" }
        #expect(await site.post("\(grid)/commentaires/\(comment)/retrait", as: .bo).status == 403)
        #expect(await site.post("\(grid)/commentaires/\(comment)/suite", ["reply": "Resserrée."], as: .iris).status == 303)
        #expect(await site.get(page, as: .ana).text.contains("Resserrée."))
        #expect(!(await site.get("/a-faire", as: .iris).text.contains("commentaire sur la grille")))
        #expect(await site.post("\(grid)/commentaires/\(comment)/retrait", as: .ana).status == 303)
        #expect(!(await site.get(page, as: .bo).text.contains("Trop &lt;large&gt;.")))
        #expect(await site.post("\(grid)/questions/inconnue/commentaires", ["body": "Ici ?"], as: .ana).status == 404)
    }

    @Test func `an outline is read, shown, then taken; what is known stays itself`() async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        let typed = "Dimension cooperation\n- Qui coopère ?\n  - Depuis quand ?\n- Qui paie ?\nNouvelle\n- Quoi ?"
        let preview = await site.post("\(grid)/brouillon/reprise", ["text": typed], as: .iris)
        #expect(preview.status == 200 && preview.text.contains("2 dimensions et 3 questions"))
        #expect(try await draft(site).content.questions.map(\.id) == [id])
        let content = try #require(preview.text.firstMatch(of: /name="content" value="([^"]*)"/)).output.1
        let json = String(content).replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        #expect(await site.post("\(grid)/brouillon/reprise", ["act": "take", "content": json], as: .iris).status == 303)
        let draft = try await draft(site)
        #expect(draft.content.questions.map(\.text) == ["Qui coopère ?", "Qui paie ?", "Quoi ?"] && draft.content.questions[0].id == id)
        #expect(draft.content.question(id)?.probes == ["Depuis quand ?"])
        #expect(draft.content.dimensions[0].id == site.cast.dimensions["cooperation"] && draft.removed.count == 2)
    }

    @Test func `a faulty outline says its lines and takes nothing`() async throws {
        let site = try await TestSite()
        _ = try await ask(site)
        let answer = await site.post("\(grid)/brouillon/reprise", ["text": "Qui ?\n# A\n- Quoi ?"], as: .iris)
        #expect(answer.status == 422 && answer.text.contains("Ligne 1\u{A0}:") && !answer.text.contains("name=\"content\""))
        let forged = await site.post("\(grid)/brouillon/reprise", ["act": "take", "content": "[{\"name\":\"\"}]"], as: .iris)
        #expect(forged.status == 422)
        let file = ["file": UploadedFile(name: "grille.xlsx", bytes: Array("PK abîmé".utf8))]
        #expect(await site.post("\(grid)/brouillon/reprise", [:], files: file, as: .iris).text.contains("Ce classeur est abîmé"))
    }

    @Test func `a programme without grid starts from the five dimensions of the dossier`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": "format: essaim-programme/1\ntitre: Vide\nslug: vide\n"], as: .nadia)
        let (iris, nadia) = (site.cast[.iris], site.cast[.nadia])
        try await site.site.amend(as: "test.joined", by: .site) { change in
            let programme = try change.text("SELECT id FROM programme WHERE slug = 'vide'") ?? ""
            try change.join(iris, scope: programme, as: .researcher)
            try change.trace("person", nadia)
        }
        #expect(await site.get("/programmes/vide/grille", as: .iris).text.contains("Partir de cinq dimensions"))
        #expect(await site.post("/programmes/vide/grille/brouillon", ["from": "examples"], as: .iris).status == 303)
        let page = await site.get("/programmes/vide/grille/brouillon", as: .iris).text
        #expect(page.contains("Posture et ressources de l’accompagnement") && page.contains("Effets sur la transition écologique"))
        #expect(page.contains("n’a pas encore de question"))
        // Begun twice, it is one draft.
        #expect(await site.post("/programmes/vide/grille/brouillon", ["from": "nothing"], as: .iris).status == 303)
        #expect(await site.get("/programmes/vide/grille/brouillon", as: .iris).text.contains("Posture et ressources"))
    }

    @Test func `a grid emptied says so, and makes no version`() async throws {
        let site = try await TestSite()
        let id = try await ask(site)
        _ = await site.post("\(grid)/brouillon/\(id)/retrait", as: .iris)
        let refused = await site.post("\(grid)/versions", as: .iris)
        #expect(refused.status == 422 && refused.text.contains("Cette grille n’a aucune question"))
        #expect(await site.post("\(grid)/brouillon/\(id)/retour", as: .iris).status == 303)
        #expect(try await draft(site).content.question(id) != nil)
    }
}
