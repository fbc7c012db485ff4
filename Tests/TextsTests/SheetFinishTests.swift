import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// « Notre fiche est finie »: said by the host, undone by the host, told once.
@Suite struct SheetFinishTests {
    private let board = "/programmes/essai/avancement"

    private func told(_ test: TestSite) async throws -> Int {
        try await test.mails(to: .nadia).count { $0.contains("fiche de présentation de la visite") && $0.contains("est terminée") }
    }

    @Test func `the host says it, the officer is told once and sends, the host takes it back`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet, as: .yann)
        #expect(await !test.get("/textes/\(id)", as: .yann).text.contains("/fin\""), "nothing is written")
        #expect(await test.post("/textes/\(id)/fin", as: .yann).status == 422)
        _ = try await test.write("Nous.", in: id, section: "ecosystem", as: .yann)
        #expect(await test.get("/a-faire", as: .yann).text.contains("Finir la fiche"))
        let half = await test.get("/textes/\(id)", as: .yann).text
        #expect(half.contains("action=\"/textes/\(id)/fin\"") && half.contains("name=\"unwritten\"") && half.contains("Notre fiche est finie"))
        let refused = await test.post("/textes/\(id)/fin", as: .yann)
        #expect(refused.status == 422 && refused.text.contains("confirmez que vous la laissez ainsi"))
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Envoyer la fiche") == false)
        #expect(await test.post("/textes/\(id)/fin", ["unwritten": "1"], as: .yann).status == 303)
        #expect(await test.post("/textes/\(id)/fin", ["unwritten": "1"], as: .yann).status == 303)
        #expect(try await told(test) == 1)
        #expect(try await test.mails(to: .nadia).last?.contains("Sections laissées vides") == true)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Envoyer la fiche"))
        #expect(await !test.get("/a-faire", as: .yann).text.contains("Finir la fiche"))
        for page in ["/textes/\(id)", test.visit] { #expect(await test.get(page, as: .nadia).text.contains("Terminée par la structure"), "\(page)") }
        let progress = await test.get(board, as: .nadia).text
        #expect(progress.contains("elle reste à envoyer au groupe de visite") && progress.contains("À Nadia de jouer"))
        #expect(await test.get(test.visit, as: .nadia).text.contains("terminée par la structure, 1 section sur 2"))
        let own = await test.get("/textes/\(id)", as: .yann).text
        #expect(own.contains("Yann a dit que la fiche était terminée à la révision 2") && own.contains("Reprendre l’écriture"))
        #expect(await test.post("/textes/\(id)/fin/retrait", as: .yann).status == 303)
        #expect(await test.get("/textes/\(id)", as: .nadia).text.contains("Terminée par la structure") == false)
        #expect(await test.post("/textes/\(id)/fin", ["unwritten": "1"], as: .yann).status == 303)
        #expect(try await told(test) == 1, "the same words are no news")
        _ = await test.post("/textes/\(id)/fin/retrait", as: .yann)
        _ = try await test.write("Notre initiative.", in: id, section: "flagship", as: .yann)
        let whole = await test.get("/textes/\(id)", as: .yann).text
        #expect(whole.contains("Chaque section de votre fiche est écrite.") && whole.contains("Quand vous l’aurez dit, l’équipe du programme saura que la fiche est prête"))
        #expect(!whole.contains("pas encore envoyée"), "nobody but the officer sends it")
        #expect(await test.post("/textes/\(id)/fin", as: .yann).status == 303, "nothing is empty any more")
        #expect(try await told(test) == 2)
        _ = try await test.write("Notre belle initiative.", in: id, section: "flagship", as: .yann)
        #expect(await test.get("/textes/\(id)", as: .nadia).text.contains("La fiche a été modifiée depuis."))
        #expect(await test.get("/historique/\(id)", as: .nadia).text.contains("a dit que la fiche était terminée"))
    }

    @Test func `behind a private link too, and nobody in the name of the host`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let link = try await test.link(to: .yann, "/fiche")
        try await test.closeAccount(.yann)
        for section in TextKind.sheet.sections {
            _ = await test.post("\(link)/sections/\(section)", ["body": "Nous.", "base": try await test.head(id).id, "act": "revision"])
        }
        #expect(await test.get(link).text.contains("action=\"\(link)/fin\""))
        #expect(await !test.get("/textes/\(id)", as: .nadia).text.contains("Notre fiche est finie"))
        #expect(await test.post("/textes/\(id)/fin", as: .nadia).status == 403)
        let done = await test.post("\(link)/fin")
        #expect(done.status == 303)
        #expect(await test.get(done.header("location") ?? "").text.contains("la fiche est terminée"))
        #expect(try await told(test) == 1)
        #expect(await test.post("\(link)/fin/retrait").status == 303)
        #expect(await test.get(link).text.contains("Notre fiche est finie"))
        _ = await test.post("\(test.visit)/annulation", ["cancellation": "Fermé."], as: .nadia)
        #expect(await !test.get(link).text.contains("Notre fiche est finie"))
        #expect(await test.post("\(link)/fin").text.contains("la fiche n’est plus attendue"))
    }

    @Test func `a reminder of a finished sheet goes to who must send it`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet, as: .yann)
        for section in TextKind.sheet.sections { _ = try await test.write("Nous.", in: id, section: section, as: .yann) }
        #expect(await test.post("/textes/\(id)/fin", as: .yann).status == 303)
        let before = (try await test.mails(to: .yann).count, try await test.mails(to: .nadia).count)
        #expect(await test.post("\(test.visit)/relances/sheet", as: .hugo).status == 303)
        #expect(try await test.mails(to: .yann).count == before.0)
        #expect(try await test.mails(to: .nadia).count == before.1 + 1)
    }
}
