import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct EditingTests {
    @Test func `a revision is made on purpose, traced, shown and found`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        let answer = try await test.write("La coopération avance.", in: id, ["summary": "Premier jet"])
        #expect(answer.status == 303 && answer.header("location") == "/textes/\(id)?fait=revised#support_structure")
        let head = try await test.head(id)
        #expect(head.number == 2 && head.summary == "Premier jet" && head.authorId == test.cast[.nadia])
        #expect(try await test.traces(id) == ["text.revised", "text.revised"])
        let page = await test.get("/textes/\(id)", as: .ana).text
        for words in ["La coopération avance.", head.hash, "Révision 2, par Nadia", "sans la structure"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(await test.get("/textes/\(id)/revisions", as: .ana).text.contains("Premier jet"))
        #expect(await test.get("/textes/\(id)/revisions/\(head.id)/comparer", as: .ana).text.contains("La coopération avance."))
    }

    @Test func `opening again finds the same text`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        #expect(await test.open(.synthesis, as: .iris) == id)
        #expect(await test.post("\(test.visit)/textes", ["kind": "synthesis"], as: .ana).status == 403)
        #expect(await test.post("\(test.visit)/textes", ["kind": "impression"], as: .nadia).status == 404)
    }

    @Test func `two people in different paragraphs of one section: both are saved together, and told`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        _ = try await test.write("Début.\n\nMilieu.\n\nFin.", in: id)
        let base = try await test.head(id).id
        _ = try await test.write("Début d’Iris.\n\nMilieu.\n\nFin.", in: id, as: .iris)
        let address = "/textes/\(id)/sections/support_structure"
        #expect(await test.post("\(address)/brouillon", ["body": "Début.\n\nMilieu.\n\nFin de Nadia.", "base": base], as: .nadia).status == 200)
        let answer = try await test.write("Début.\n\nMilieu.\n\nFin de Nadia.", in: id, from: base)
        #expect(answer.status == 303 && answer.header("location")?.contains("fait=joined") == true)
        #expect(await test.get(answer.header("location") ?? "", as: .nadia).text.contains("vos paragraphes et ceux enregistrés entre-temps"))
        let head = try await test.head(id)
        #expect(head.section("support_structure")?.body == "Début d’Iris.\n\nMilieu.\n\nFin de Nadia.")
        #expect(head.number == 4 && head.summary == "Réunie avec la révision 3, enregistrée entre-temps")
        // Sent again from the same revision: it is in already.
        let again = try await test.write("Début.\n\nMilieu.\n\nFin de Nadia.", in: id, from: base)
        #expect(again.header("location")?.contains("fait=unchanged") == true)
        #expect(try await test.head(id).number == 4)
    }

    @Test func `two people in one paragraph: one is saved, the other told, both shown, nothing lost`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        _ = try await test.write("Début.\n\nMilieu.\n\nFin.", in: id)
        let base = try await test.head(id).id
        _ = try await test.write("Début d’Iris.\n\nMilieu.\n\nFin.", in: id, as: .iris)
        let answer = try await test.write("Début de Nadia.\n\nMilieu.\n\nFin de Nadia.", in: id, from: base)
        #expect(answer.status == 409)
        #expect(!answer.text.contains("data-key=\"\(id)-support_structure\""), "no older words of the browser are offered over a merge")
        for words in [
            "Début de Nadia.\n\nDébut d’Iris.\n\nMilieu.\n\nFin de Nadia.", "La version enregistrée par Iris", "Votre version", "Enregistrer la fusion",
            "Iris et vous avez récrit le même paragraphe",
        ] {
            #expect(answer.text.contains(words), "\(words)")
        }
        #expect(try await test.head(id).section("support_structure")?.body == "Début d’Iris.\n\nMilieu.\n\nFin.")
        // One's own text waits in the draft, and is told apart again.
        let editor = await test.get("/textes/\(id)/sections/support_structure/modifier", as: .nadia).text
        #expect(editor.contains("Fin de Nadia.") && editor.contains("value=\"\(base)\""))
        let merged = try await test.write("Début d’Iris.\n\nMilieu.\n\nFin de Nadia.", in: id, ["act": "merge"])
        #expect(merged.header("location")?.contains("fait=merged") == true)
        #expect(try await test.head(id).section("support_structure")?.body.contains("Nadia") == true)
        #expect(!(await test.get("/textes/\(id)/sections/support_structure/modifier", as: .nadia).text.contains("Abandonner")))
    }

    @Test func `a section that nobody touched is saved on top of the others' work`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        let base = try await test.head(id).id
        _ = try await test.write("Celle d’Iris.", in: id, section: "initiative", as: .iris)
        #expect(try await test.write("Celle de Nadia.", in: id, from: base).status == 303)
        let head = try await test.head(id)
        #expect(head.section("initiative")?.body == "Celle d’Iris." && head.section("support_structure")?.body == "Celle de Nadia.")
    }

    @Test func `a draft is kept, offered to its author and never shown to another`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        let base = try await test.head(id).id
        let address = "/textes/\(id)/sections/initiative"
        let saved = await test.post("\(address)/brouillon", ["body": "Un secret en cours.", "base": base], as: .nadia)
        #expect(saved.status == 200 && saved.text == "{\"base\":\"\(base)\"}")
        #expect(await test.get("\(address)/modifier", as: .nadia).text.contains("Un secret en cours."))
        let other = await test.get("\(address)/modifier", as: .iris).text
        #expect(!other.contains("Un secret") && other.contains("Nadia modifie cette section"))
        #expect(!(await test.get("/textes/\(id)", as: .iris).text.contains("Un secret")))
        test.clock.advance(.minutes(6))
        #expect(!(await test.get("\(address)/modifier", as: .iris).text.contains("Nadia modifie")))
        #expect(!(try await test.traces(id).contains("draft.kept")))
        #expect(await test.post("\(address)/abandon", as: .nadia).status == 303)
        #expect(!(await test.get("\(address)/modifier", as: .nadia).text.contains("Un secret")))
    }

    @Test func `without script the same form keeps a draft`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        let answer = try await test.write("À suivre.", in: id, ["act": "draft"])
        #expect(answer.header("location")?.contains("fait=drafted") == true)
        #expect(try await test.head(id).number == 1)
    }

    @Test func `the autosave is told of a conflict and keeps the words all the same`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let base = try await test.head(id).id
        _ = try await test.write("D’Iris.", in: id, as: .iris)
        let address = "/textes/\(id)/sections/support_structure"
        #expect(await test.post("\(address)/brouillon", ["body": "De Nadia.", "base": base], as: .nadia).status == 409)
        #expect(await test.get("\(address)/modifier", as: .nadia).text.contains("De Nadia."))
    }

    @Test func `what cannot be saved comes back as it was typed`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let empty = try await test.write(" \n ", in: id)
        #expect(empty.status == 422 && empty.text.contains("La section est vide"))
        let long = try await test.write(String(repeating: "é", count: Section.limit + 1), in: id, ["summary": "Un pavé"])
        #expect(long.status == 422 && long.text.contains("trop long") && long.text.contains("Un pavé"))
        let odd = try await test.write("A\u{0}B\r\nC <script>alert(1)</script> e\u{301}", in: id)
        #expect(odd.status == 303)
        #expect(try await test.head(id).section("support_structure")?.body == "AB\nC <script>alert(1)</script> é")
        #expect(!(await test.get("/textes/\(id)", as: .nadia).text.contains("<script>alert")))
        let same = try await test.write("AB\nC <script>alert(1)</script> é", in: id)
        #expect(same.header("location")?.contains("fait=unchanged") == true)
    }

    @Test func `the title changes by a revision, and is never empty`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        #expect(await test.post("/textes/\(id)/titre", ["title": "Caen, le récit"], as: .nadia).status == 303)
        #expect(try await test.head(id).title == "Caen, le récit")
        #expect(await test.post("/textes/\(id)/titre", ["title": " "], as: .nadia).status == 422)
    }
}
