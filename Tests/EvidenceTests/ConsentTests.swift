import Database
import Formats
import Platform
import TestSupport
import Testing
import Texts

@testable import Evidence

/// The consent of the person quoted: who reads the words before and after, what is asked, what is kept.
@Suite struct ConsentTests {
    @Test func `an identifier alone opens no words: a quotation is made by somebody who could read them`() async throws {
        let scene = try await Scene.make()
        let test = scene.test
        let id = try await scene.quote()
        _ = await scene.record(id)
        // Zoé, of the host of Lille, reads nothing of Caen; she writes the identifier in her own sheet.
        let answer = await test.post("/programmes/essai/visites/lille/textes", ["kind": "sheet"], as: .nadia)
        let sheet = String((answer.header("location") ?? "").split(separator: "?").first ?? "")
        let text = String(sheet.split(separator: "/").last ?? "")
        let head = try await test.site.database.read { try TextQueries.head(text, $0) }
        let section = try #require(head.sections.first?.key)
        let fields = ["body": "Vu : \n\n[[citation:\(id)]]", "base": head.id, "act": "revision"]
        #expect(await test.post("\(sheet)/sections/\(section)", fields, as: .zoe).status == 303)
        for page in [sheet, "\(sheet)/sections/\(section)/modifier"] {
            let seen = await test.get(page, as: .zoe)
            #expect(seen.status == 200 && !seen.text.contains(Scene.words), "\(page)")
        }
        #expect(try await test.site.database.read { try $0.count("SELECT count(*) FROM quotation_ever WHERE text_id = \(text)") } == 0)
        // Whoever could read them quotes them for the readers of the text.
        #expect(await test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
    }

    @Test func `until the person agrees, the visiting group alone reads the words`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        #expect(await scene.ask().status == 303)
        for name in [Cast.Name.nadia, .iris, .ana, .emma] {
            #expect(await scene.test.get("/textes/\(scene.text)", as: name).text.contains(Scene.words), "\(name)")
        }
        let host = await scene.test.get("/textes/\(scene.text)", as: .yann)
        #expect(host.status == 200)
        #expect(!host.text.contains(Scene.words))
        #expect(host.text.contains("Propos en attente d’accord"))
        for name in [Cast.Name.yann, .zoe, .hugo, .paul, .stranger, .sam] {
            #expect(await scene.test.get("/extraits/\(id)", as: name).status == 404, "\(name)")
        }
    }

    @Test func `a yes opens the words to the host, not the note around them`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.ask()
        #expect(await scene.record(id).status == 303)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        let page = await scene.test.get("/extraits/\(id)", as: .yann)
        #expect(page.status == 200)
        #expect(page.text.contains(Scene.words))
        #expect(!page.text.contains("même quand"))
        #expect(!page.text.contains("Ana"))
        #expect(!page.text.contains("Redit au téléphone"))
        #expect(await scene.test.get("/extraits/\(id)", as: .zoe).status == 404)
        #expect(try await scene.traces(id) == ["excerpt.cited", "excerpt.allowed", "access.widened"])
    }

    @Test func `another attribution closes the words again until the person agrees to it`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.ask()
        _ = await scene.record(id)
        _ = await scene.test.post(
            "/extraits/\(id)/attribution", ["attribution": "function", "shown_as": "la directrice"], as: .nadia)
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        #expect(await scene.test.get("/extraits/\(id)", as: .yann).status == 404)
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("ne vaut plus"))
    }

    @Test func `a yes to what a page showed is none to another way of showing who speaks`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote(["attribution": "none", "shown_as": ""])
        _ = await scene.ask()
        let action = "/extraits/\(id)/accords"
        let left = try #require(formBase(await scene.test.get("/extraits/\(id)", as: .nadia).text, sentTo: action))
        _ = await scene.test.post("/extraits/\(id)/attribution", ["attribution": "function", "shown_as": "la directrice"], as: .iris)
        let refused = await scene.record(id, ["base": left])
        #expect(refused.status == 422 && refused.text.contains("ont changé depuis que cette page est ouverte"))
        #expect(refused.text.contains("Redit au téléphone."), "what was typed is kept")
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        let now = try #require(formBase(refused.text, sentTo: action))
        #expect(await scene.record(id, ["base": now]).status == 303)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
    }

    @Test func `a name takes a consent for the name`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote(["attribution": "name", "shown_as": "Camille Exemple"])
        _ = await scene.ask()
        _ = await scene.record(id)
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .yann).text.contains("Camille Exemple"))
        _ = await scene.record(id, ["purpose": "name"])
        #expect(await scene.test.get("/textes/\(scene.text)", as: .yann).text.contains("Camille Exemple"))
    }

    @Test(arguments: [
        (["answer": ""], "oui ou non"), (["asked_how": "signaux"], "a été posée"), (["collected_by": ""], "groupe de visite"),
        (["collected_on": "31/02/2026"], "31/02/2026"), (["collected_on": "2027-01-01"], "pas encore venu"),
        (["proof": " \n "], "ce qui prouve"), (["purpose": ""], "citation seule"),
    ])
    func `what misses is asked for, and what was typed comes back`(_ changes: [String: String], sentence: String) async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let answer = await scene.record(id, ["proof": "Feuille signée <ici>."].merging(changes) { _, new in new })
        #expect(answer.status == 422)
        #expect(answer.text.contains(sentence))
        if changes["proof"] == nil { #expect(answer.text.contains("Feuille signée &lt;ici&gt;.")) }
        #expect(try await scene.count("SELECT COUNT(*) FROM consent") == 0)
    }

    @Test func `a yes needs the person to have been warned, a no does not`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        var fields = scene.answer()
        fields["warned"] = nil
        #expect(await scene.test.post("/extraits/\(id)/accords", fields, as: .nadia).status == 422)
        fields["answer"] = "no"
        #expect(await scene.test.post("/extraits/\(id)/accords", fields, as: .nadia).status == 303)
    }

    @Test func `the page warns beforehand that copies cannot be recalled`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let page = await scene.test.get("/extraits/\(id)", as: .nadia).text
        #expect(page.contains("ne peuvent pas être rappelées"))
        #expect(page.contains("ne pourront pas être rappelées"))
    }

    @Test func `a proof is known by its content, kept, and given back to the staff alone`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let path = "/extraits/\(id)/accords"
        let program = UploadedFile(name: "preuve.pdf", bytes: [0x7f, 0x45, 0x4c, 0x46, 0, 0, 1])
        #expect(await scene.test.post(path, scene.answer(), files: ["file": program], as: .nadia).status == 422)
        let huge = UploadedFile(name: "preuve.pdf", bytes: Array("%PDF-".utf8) + [UInt8](repeating: 65, count: 5 << 20))
        #expect(await scene.test.post(path, scene.answer(), files: ["file": huge], as: .nadia).status == 422)
        let pdf = UploadedFile(name: "Accord signé.pdf", bytes: Array("%PDF-1.7 accord".utf8))
        #expect(await scene.test.post(path, scene.answer(), files: ["file": pdf], as: .nadia).status == 303)
        let file = try await scene.test.site.database.read { try $0.text("SELECT proof_file_id FROM consent") ?? "" }
        let kept = await scene.test.get("/extraits/\(id)/preuves/\(file)", as: .iris)
        #expect(kept.body == pdf.bytes)
        #expect(kept.header("content-type") == "application/pdf")
        #expect(kept.header("content-disposition")?.hasPrefix("attachment") == true)
        for (name, status) in [(Cast.Name.ana, 403), (.yann, 403), (.zoe, 404), (.stranger, 404)] {
            #expect(await scene.test.get("/extraits/\(id)/preuves/\(file)", as: name).status == status, "\(name)")
        }
    }

    @Test func `who does not record consents changes nothing`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        for (name, status) in [(Cast.Name.ana, 403), (.yann, 404), (.zoe, 404), (.sam, 404), (.stranger, 404)] {
            #expect(await scene.record(id, as: name).status == status, "\(name)")
            #expect(await scene.withdraw(id, as: name).status == status, "\(name)")
            let answer = await scene.test.post("/extraits/\(id)/attribution", ["attribution": "none"], as: name)
            #expect(answer.status == status, "\(name)")
        }
        #expect(try await scene.traces(id) == ["excerpt.cited"])
        #expect(try await scene.read(id).attribution == .function)
    }
}
