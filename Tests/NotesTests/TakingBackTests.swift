import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// What was shared is taken back, what was withdrawn is put back, and notes stay their author's who left the group.
@Suite struct TakingBackTests {
    private let visit = "/programmes/essai/visites/caen"
    private let notes = "/programmes/essai/visites/caen/notes"
    private let note = "0190a0f0-1111-4222-8333-444455556666"

    private func write(_ test: TestSite, _ text: String, base: Int = 0, as name: Cast.Name = .ana) async -> Response {
        await test.post(
            notes, ["id": note, "base": String(base), "sequence": String(base + 1), "text": text, "manner": "verbatim"], as: name)
    }

    @Test func `a note shared is taken back until words of it are cited`() async throws {
        let test = try await TestSite()
        _ = await write(test, "MOTS-PARTAGÉS ici.")
        _ = await test.post("\(notes)/\(note)/partage", as: .ana)
        #expect(await test.get(notes, as: .bo).text.contains("MOTS-PARTAGÉS"))
        #expect(await test.post("\(notes)/\(note)/reprise", as: .bo).status == 403)
        #expect(await test.post("\(notes)/\(note)/reprise", as: .ana).status == 303)
        #expect(await !test.get(notes, as: .bo).text.contains("MOTS-PARTAGÉS"))
        #expect(await test.get(notes, as: .ana).text.contains("MOTS-PARTAGÉS"))

        _ = await test.post("\(notes)/\(note)/partage", as: .ana)
        let answer = await test.post("\(visit)/textes", ["kind": "synthesis"], as: .nadia)
        let text = String((answer.header("location") ?? "").split(separator: "?").first?.split(separator: "/").last ?? "")
        let cited = await test.post(
            "/textes/\(text)/extraits",
            ["source": "block", "id": note, "version": "1", "words": "MOTS-PARTAGÉS", "attribution": "none"], as: .nadia)
        #expect(cited.status == 303)
        let refused = await test.post("\(notes)/\(note)/reprise", as: .ana)
        #expect(refused.status == 422)
        #expect(refused.text.contains("sont cités dans un texte"))
        #expect(await test.get(notes, as: .bo).text.contains("MOTS-PARTAGÉS"))
    }

    @Test func `an impression shared is taken back`() async throws {
        let test = try await TestSite()
        let opened = await test.post("\(visit)/impressions", as: .ana)
        let id = try #require(opened.header("location")?.split(separator: "/").dropFirst().first.map(String.init))
        let head = try await test.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(id)") ?? "" }
        _ = await test.post("/textes/\(id)/sections/impression", ["body": "Oui.", "base": head, "act": "revision"], as: .ana)
        _ = await test.post("\(visit)/impressions/partage", as: .ana)
        #expect(await test.get("/textes/\(id)", as: .bo).status == 200)
        #expect(await test.get(visit, as: .ana).text.contains("Reprendre pour moi"))
        #expect(await test.post("\(visit)/impressions/reprise", as: .ana).status == 303)
        #expect(await test.get("/textes/\(id)", as: .bo).status == 404)
        #expect(await test.get("/textes/\(id)", as: .ana).status == 200)
    }

    @Test func `withdrawn notes are listed for their author alone, who puts them back`() async throws {
        let test = try await TestSite()
        _ = await write(test, "MOTS-RETIRÉS ici.")
        _ = await test.post("\(notes)/\(note)/partage", as: .ana)
        _ = await test.post("\(notes)/\(note)/retrait", as: .ana)
        let mine = await test.get(notes, as: .ana).text
        #expect(mine.contains("1 note que vous avez retirée") && mine.contains("MOTS-RETIRÉS"))
        #expect(await !test.get(notes, as: .bo).text.contains("MOTS-RETIRÉS"))
        #expect(await test.post("\(notes)/\(note)/retour", as: .ana).status == 303)
        #expect(await test.get(notes, as: .bo).text.contains("MOTS-RETIRÉS"))
    }

    @Test func `who left the group reads, corrects and exports their own notes`() async throws {
        let test = try await TestSite()
        _ = await write(test, "MES-MOTS ici.")
        _ = await test.post(notes, ["id": Identifier.new(at: test.site.now()), "text": "MOTS-DE-BO", "manner": "verbatim"], as: .bo)
        try await test.site.amend(as: "test.left", by: .site) { change in
            for scope in [test.cast.caen.delegation, test.cast.caen.circle] {
                try change.leave(test.cast[.ana], scope: scope, as: .visitor)
                try change.leave(test.cast[.chloe], scope: scope, as: .visitor)
            }
            try change.trace("visit", test.cast.caen.visit)
        }
        let page = await test.get(notes, as: .ana)
        #expect(page.status == 200)
        #expect(page.text.contains("MES-MOTS") && !page.text.contains("MOTS-DE-BO"))
        #expect(page.text.contains("Vos notes restent à vous"))
        #expect(await test.get("\(notes)/export", as: .ana).text.contains("MES-MOTS"))
        #expect(await write(test, "MES-MOTS corrigés.", base: 1).status == 303)
        #expect(await test.get(notes, as: .ana).text.contains("MES-MOTS corrigés."))
        #expect(await test.get(notes, as: .chloe).status == 404)
    }
}
