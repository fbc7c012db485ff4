import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// A text that several people write: each sees who writes where, and what was saved.
@Suite struct TextLiveTests {
    @Test func `a new revision is told on the page of the text, and to whoever writes that section`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let ana = try #require(await test.follow("/textes/\(id)/direct", as: .ana))
        let same = try #require(await test.follow("/textes/\(id)/direct?section=support_structure", as: .nadia))
        let other = try #require(await test.follow("/textes/\(id)/direct?section=initiative", as: .nadia))
        for page in [ana, same, other] { #expect(await page.hears("event: presence")) }
        _ = try await test.write("SECRET-DE-TEXTE", in: id, as: .iris)
        #expect(await ana.hears("Iris vient d’enregistrer une révision"))
        #expect(await same.hears("Iris vient d’enregistrer cette section"))
        #expect(!other.text.contains("event: change"))
        #expect(!(ana.text + same.text).contains("SECRET-DE-TEXTE"))
        for page in [ana, same, other] { page.close() }
    }

    @Test func `who writes in which section is said to those who have the text open`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let ana = try #require(await test.follow("/textes/\(id)/direct", as: .ana))
        #expect(await ana.hears("event: presence"))
        let iris = try #require(await test.follow("/textes/\(id)/direct?section=initiative", as: .iris))
        #expect(await ana.hears("\"initiative\":\"Iris a cette section ouverte.\""))
        #expect(await test.post("/textes/\(id)/sections/initiative/presence", as: .nadia).status == 200)
        #expect(await ana.hears("Nadia écrit dans cette section en ce moment."))
        #expect(await test.get("/textes/\(id)", as: .ana).text.contains("Nadia écrit dans cette section en ce moment. Iris a cette section ouverte."))
        let editor = await test.get("/textes/\(id)/sections/initiative/modifier", as: .iris).text
        #expect(editor.contains("Nadia écrit dans cette section") && !editor.contains("Iris a cette section"))
        // Who only reads is shown to nobody; who closed the page, or gave no sign for long, is not there any more.
        #expect(!ana.text.contains("Ana a cette"))
        iris.close()
        #expect(await ana.hears("\"initiative\":\"Nadia écrit dans cette section en ce moment.\""))
        test.clock.advance(.seconds(60))
        _ = try await test.write("Autre chose.", in: id, as: .nadia)
        #expect(await ana.hears("event: presence\ndata: {}\n\n"))
        ana.close()
    }

    @Test func `who saved a section has it open no more, though their page is still there`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let ana = try #require(await test.follow("/textes/\(id)/direct", as: .ana))
        let nadia = try #require(await test.follow("/textes/\(id)/direct?section=initiative", as: .nadia))
        #expect(await ana.hears("\"initiative\":\"Nadia a cette section ouverte.\""))
        func shown() async -> Bool { await test.get("/textes/\(id)", as: .ana).text.contains("Nadia a cette section ouverte") }
        let base = try await test.head(id).id
        _ = await test.post("/textes/\(id)/sections/initiative", ["body": "Brouillon.", "base": base, "act": "draft"], as: .nadia)
        #expect(await shown(), "a draft is not done with")
        _ = try await test.write("Fini.", in: id, section: "initiative", as: .nadia)
        #expect(await ana.hears("event: presence\ndata: {}\n\n"))
        // What happens next is still told to her page, which says nothing of her any more.
        #expect(await test.post("/textes/\(id)/sections/initiative/presence", as: .iris).status == 200)
        #expect(await nadia.hears("Iris écrit dans cette section en ce moment."))
        #expect(await !shown())
        let again = try #require(await test.follow("/textes/\(id)/direct?section=initiative", as: .nadia))
        #expect(await again.hears("event: presence"))
        #expect(await shown(), "opened again")
        for page in [ana, nadia, again] { page.close() }
    }

    @Test func `a section is followed by those who may write it`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(await test.get("/textes/\(id)/direct?section=initiative", as: .ana).status == 403)
        #expect(await test.post("/textes/\(id)/sections/initiative/presence", as: .ana).status == 403)
        #expect(await test.get("/textes/\(id)/direct", as: .stranger).status == 404)
        #expect(await test.get("/textes/\(id)/direct?section=inconnue", as: .nadia).status == 404)
    }
}
