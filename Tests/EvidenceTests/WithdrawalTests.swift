import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Evidence

/// A person takes their words back: nobody reads them any more, anywhere, at once.
@Suite struct WithdrawalTests {
    /// A synthesis that was validated with the quotation, and has a later revision.
    private func validated() async throws -> (Scene, String) {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.record(id)
        _ = await scene.ask()
        try await scene.revise("Encore.\n\n[[citation:\(id)]]")
        return (scene, id)
    }

    @Test func `the words are in no page, no older revision, no search, no list, no file`() async throws {
        let (scene, id) = try await validated()
        let first = try await scene.test.site.database.read { [text = scene.text] in
            try $0.text("SELECT id FROM revision WHERE text_id = \(text) AND number = 2") ?? ""
        }
        let pages = [
            "/textes/\(scene.text)", "/textes/\(scene.text)/revisions/\(first)", "/textes/\(scene.text)/validation", "/extraits/\(id)",
            "/recherche?q=ensemble", "/programmes/essai/extraits", "/programmes/essai/extraits/export", "/historique/\(id)",
        ]
        #expect(await scene.test.get(pages[0], as: .yann).text.contains(Scene.words))
        #expect(await scene.test.get(pages[1], as: .nadia).text.contains(Scene.words))
        #expect(await scene.withdraw(id).status == 303)
        for page in pages {
            for name in [Cast.Name.nadia, .iris, .ana, .yann, .hugo] {
                #expect(await !scene.test.get(page, as: name).text.contains("ensemble 🐝"), "\(page) \(name)")
            }
        }
        // The note itself stays in the visiting group, beside the editor.
        let mark = await scene.test.get("/textes/\(scene.text)", as: .nadia).text
        #expect(mark.contains("Propos retiré"))
        #expect(!mark.contains("une salariée"))
        #expect(!mark.contains("/extraits/\(id)"))
    }

    @Test func `its page says what stays, and points at nobody`() async throws {
        let (scene, id) = try await validated()
        _ = await scene.withdraw(id)
        for name in [Cast.Name.nadia, .ana, .yann] {
            let page = await scene.test.get("/extraits/\(id)", as: name)
            #expect(page.status == 200)
            #expect(page.text.contains("ne peuvent pas être rappelées"))
            for trace in ["une salariée", "Atelier des salariés"] { #expect(!page.text.contains(trace)) }
            // What was answered, and how it is proved, stays with those who recorded it.
            #expect(page.text.contains("Redit au téléphone") == (name == .nadia))
        }
        #expect(await scene.test.get("/extraits/\(id)", as: .zoe).status == 404)
        #expect(await scene.test.get("/extraits/\(id)", as: .stranger).status == 404)
    }

    @Test func `the people asked to validate are told, in words that say nothing of the person`() async throws {
        let (scene, id) = try await validated()
        let before = try await scene.count("SELECT COUNT(*) FROM mail")
        _ = await scene.withdraw(id)
        let (subjects, bodies) = try await scene.test.site.database.read { reader in
            (
                try reader.texts("SELECT person_id FROM mail WHERE subject LIKE 'Une citation a été retirée%'"),
                try reader.texts("SELECT body FROM mail WHERE subject LIKE 'Une citation a été retirée%'")
            )
        }
        #expect(Set(subjects) == Set(([.yann] + Cast.visitors).map { scene.test.cast[$0] }))
        #expect(try await scene.count("SELECT COUNT(*) FROM mail") == before + 6)
        for body in bodies {
            #expect(body.contains("/textes/\(scene.text)"))
            for word in ["ensemble", "salariée", id] { #expect(!body.contains(word)) }
        }
    }

    @Test func `it is traced without words`() async throws {
        let (scene, id) = try await validated()
        _ = await scene.withdraw(id)
        #expect(try await scene.traces(id).last == "excerpt.withdrawn")
        #expect(try await scene.traces(scene.text).contains("text.quotationWithdrawn"))
        #expect(try await scene.count("SELECT COUNT(*) FROM audit WHERE details LIKE '%ensemble%'") == 0)
    }

    @Test func `it asks to be confirmed, and sent twice it happens once`() async throws {
        let (scene, id) = try await validated()
        let unconfirmed = await scene.test.post("/extraits/\(id)/retrait", as: .nadia)
        #expect(unconfirmed.status == 422)
        #expect(try await scene.read(id).withdrawnAt == nil)
        _ = await scene.withdraw(id)
        let mails = try await scene.count("SELECT COUNT(*) FROM mail")
        #expect(await scene.withdraw(id).status == 303)
        #expect(try await scene.count("SELECT COUNT(*) FROM mail") == mails)
    }

    @Test func `a refusal takes the words away too`() async throws {
        let (scene, id) = try await validated()
        #expect(await scene.record(id, ["answer": "no"]).status == 303)
        for name in [Cast.Name.nadia, .ana, .yann] {
            let page = await scene.test.get("/textes/\(scene.text)", as: name).text
            #expect(!page.contains(Scene.words))
            #expect(page.contains("Propos retiré"))
        }
    }

    @Test func `only a new yes brings the words back`() async throws {
        let (scene, id) = try await validated()
        _ = await scene.withdraw(id)
        #expect(await scene.test.post("/extraits/\(id)/attribution", ["attribution": "none"], as: .nadia).status == 404)
        _ = await scene.record(id, ["answer": "no"])
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
        #expect(await scene.record(id).status == 303)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        #expect(await scene.test.get("/recherche?q=ensemble", as: .nadia).text.contains("/extraits/\(id)"))
    }

    @Test func `the hash of a validated text does not change`() async throws {
        let (scene, id) = try await validated()
        let hashes: SQL = "SELECT COUNT(DISTINCT hash) FROM revision"
        let before = try await scene.count(hashes)
        let commitment = try await scene.read(id).commitment
        _ = await scene.withdraw(id)
        #expect(try await scene.count(hashes) == before)
        #expect(try await scene.read(id).commitment == commitment)
    }
}
