import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct RevisionTests {
    @Test func `a title is a change like another, unless said of form; whoever was asked is told of each revision`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let before = try await test.mails(to: .ana).count
        #expect(await test.post("/textes/\(id)/titre", ["title": "Tout autre"], as: .nadia).status == 303)
        #expect(try await test.validation(id)?.hasChanged == true)
        #expect(try await test.mails(to: .ana).count == before + 1)
        #expect(try await test.mails(to: .ana).last?.contains("vient d’être enregistrée") == true)
        #expect(await test.post("/textes/\(id)/titre", ["title": "Tout autre.", "form_only": "1"], as: .nadia).status == 303)
        #expect(try await test.head(id).isFormOnly)
        #expect(try await test.mails(to: .ana).last?.contains("correction de forme") == true)
    }

    @Test func `a quotation that comes or goes is no correction of form`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let quoted = "L’ARDES accompagne.\n\n[[citation:01980000-0000-7000-8000-000000000001]]"
        let refused = try await test.write(quoted, in: id, ["form_only": "1"])
        #expect(refused.status == 422 && refused.text.contains("ce n’est pas une correction de forme"))
        #expect(try await test.write(quoted, in: id).status == 303)
        _ = try await test.write("L’ARDES accompagne.", in: id)
        let head = try await test.head(id)
        let page = await test.get("/textes/\(id)/revisions/\(head.id)/comparer", as: .nadia).text
        #expect(page.contains("[citation 1]") && !page.contains("[[citation:"))
    }

    @Test func `a section is emptied when that is meant`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let asked = try await test.write("", in: id)
        #expect(asked.status == 422 && asked.text.contains("name=\"empty\""))
        #expect(try await test.write("", in: id, ["empty": "1"]).status == 303)
        #expect(try await test.head(id).section("support_structure")?.body.isEmpty == true)
    }

    @Test func `going back to a revision makes another, and loses none`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let old = try await test.head(id)
        _ = try await test.write("Autre chose.", in: id)
        let head = try await test.head(id)
        let path = "/textes/\(id)/revisions/\(old.id)"
        let page = await test.get(path, as: .nadia).text
        #expect(page.contains("Revenir à la révision \(old.number)") && page.contains("Texte source"))
        #expect(!(await test.get(path, as: .ana).text.contains("Revenir à la révision")))
        #expect(await test.post("\(path)/retour", ["base": head.id], as: .ana).status == 403)
        #expect(await test.post("\(path)/retour", ["base": old.id], as: .nadia).status == 422, "somebody wrote meanwhile")
        #expect(await test.post("\(path)/retour", ["base": head.id], as: .nadia).status == 303)
        let back = try await test.head(id)
        #expect(back.number == head.number + 1 && back.sections == old.sections && back.parentId == head.id)
    }

    @Test func `a synthesis takes the looks that the file of the programme gives`() async throws {
        let test = try await TestSite()
        let file = """
            format: essaim-programme/1
            titre: Essai
            slug: essai
            regards:
              - id: gestes
                titre: Les gestes
                aide: Ce que font les mains.
              - id: paroles
                titre: Les paroles
            """
        let programme = test.cast.programme
        try await test.site.database.write { writer in
            try writer.run("INSERT INTO programme_part (programme_id, name, content) VALUES (\(programme), 'file', \(file))")
        }
        let id = await test.open(.synthesis)
        #expect(try await test.head(id).sections.map(\.title) == ["Les gestes", "Les paroles"])
        #expect(await test.get("/textes/\(id)/sections/gestes/modifier", as: .nadia).text.contains("Ce que font les mains."))
    }

    @Test func `who is sent a sheet without account reads what was sent, and is told of a newer one`() async throws {
        let test = try await TestSite()
        try await test.closeAccount(.ana)
        let id = await test.open(.sheet)
        _ = try await test.write("Nous, avant.", in: id, section: "ecosystem", as: .yann)
        _ = await test.post("/textes/\(id)/envois", ["incomplete": "1"], as: .nadia)
        let link = try await test.link(to: .ana, "/fiche")
        _ = try await test.write("Nous, après.", in: id, section: "ecosystem", as: .yann)
        let page = await test.get(link)
        #expect(page.status == 200 && page.text.contains("Nous, avant.") && !page.text.contains("Nous, après."))
        #expect(page.text.contains("Une version plus récente existe"))
    }
}
