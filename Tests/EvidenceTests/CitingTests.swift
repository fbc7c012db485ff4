import Database
import Formats
import Notes
import Platform
import TestSupport
import Testing

@testable import Evidence

/// Choosing words in a note and making an excerpt of them.
@Suite struct CitingTests {
    @Test func `pasted words become an excerpt of that version, with its commitment`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let excerpt = try await scene.read(id)
        #expect(excerpt.words == Scene.words)
        #expect((excerpt.startPoint, excerpt.endPoint) == (0, 20))
        #expect(excerpt.sourceVersion == 1)
        #expect(excerpt.manner == .verbatim)
        #expect(excerpt.dimensionId == scene.test.cast.dimensions["cooperation"])
        #expect(excerpt.encounterId == scene.test.cast.caen.encounter)
        #expect(excerpt.commitment == Excerpt.commitment(salt: excerpt.salt, words: Scene.words))
        #expect(try await scene.traces(id) == ["excerpt.cited"])
        #expect(try await scene.count("SELECT COUNT(*) FROM quotation WHERE excerpt_id = \(id)") == 1)
    }

    @Test func `selected words come back beside the editor, ready to insert`() async throws {
        let scene = try await Scene.make()
        let fields = ["from": "3", "to": "9", "words": "décide", "editing": "support_structure"]
        let location = try #require(await scene.send(fields).header("location"))
        #expect(location.hasPrefix("\(scene.editor)?extrait="))
        let page = await scene.test.get(location, as: .nadia).text
        #expect(page.contains("data-insert-citation"))
        #expect(page.contains("« décide »") || page.contains("«\u{A0}décide\u{A0}»"))
        #expect(page.contains("evidence-cite"))
    }

    @Test func `positions and words that disagree are refused, and what was typed comes back`() async throws {
        let scene = try await Scene.make()
        let answer = await scene.send(["from": "3", "to": "9", "words": "dispute", "shown_as": "Une personne <b>"])
        #expect(answer.status == 422)
        #expect(answer.text.contains("Une personne &lt;b&gt;"))
        #expect(try await scene.count("SELECT COUNT(*) FROM excerpt") == 0)
    }

    @Test func `words that are not there, or stand twice, are told apart`() async throws {
        let scene = try await Scene.make()
        let missing = await scene.send(["words": "On vote"])
        #expect(missing.status == 422)
        #expect(missing.text.contains("ne sont pas dans la note"))
        let twice = await scene.send(["words": "On décide"])
        #expect(twice.status == 422)
        #expect(twice.text.contains("name=\"occurrence\""))
        #expect(await scene.send(["words": "On décide", "occurrence": "2"]).status == 303)
        let start = try await scene.count("SELECT start_point FROM excerpt")
        #expect(start == CodePoints.ranges(of: "On décide", in: Scene.said)[1].lowerBound)
    }

    @Test func `the same form sent twice makes one excerpt`() async throws {
        let scene = try await Scene.make()
        let (first, second) = (await scene.send(), await scene.send())
        #expect(first.header("location") == second.header("location"))
        #expect(try await scene.count("SELECT COUNT(*) FROM excerpt") == 1)
    }

    @Test func `an excerpt stays on its version when the note changes`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        await scene.write("Tout autre chose.", base: 1)
        let page = await scene.test.get("/extraits/\(id)", as: .nadia).text
        #expect(page.contains("la note a changé depuis"))
        #expect(page.contains("<mark>\(Scene.words)</mark>"))
        #expect(try await scene.read(id).sourceVersion == 1)
    }

    @Test func `who does not write the synthesis cites nothing`() async throws {
        let scene = try await Scene.make()
        for (name, status) in [(Cast.Name.ana, 403), (.yann, 404), (.zoe, 404), (.paul, 404), (.stranger, 404), (.sam, 404)] {
            #expect(await scene.send(as: name).status == status, "\(name)")
        }
        #expect(try await scene.count("SELECT COUNT(*) FROM excerpt") == 0)
        #expect(await scene.send(as: .iris).status == 303)
    }

    @Test func `a private note of somebody else is not there`() async throws {
        let scene = try await Scene.make(isShared: false)
        #expect(await scene.send().status == 404)
        #expect(await scene.test.get("\(scene.cite)/nouveau?source=block&id=\(scene.note)&version=1", as: .nadia).status == 404)
        #expect(await !scene.test.get(scene.editor, as: .nadia).text.contains("même quand"))
    }

    @Test func `only word for word gets quotation marks`() async throws {
        for (manner, marks) in [("verbatim", true), ("reworded", false), ("observed", false), ("interpreted", false)] {
            let scene = try await Scene.make(manner: manner)
            _ = try await scene.quote()
            let page = await scene.test.get("/textes/\(scene.text)", as: .nadia).text
            #expect(page.contains("«\u{A0}\(Scene.words)\u{A0}»") == marks, "\(manner)")
            #expect(page.contains(Scene.words))
        }
    }

    @Test func `a place and a sole role warn, and offer to say less`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote(["shown_as": "la directrice, Colombelles"])
        let page = await scene.test.get("/extraits/\(id)", as: .nadia).text
        #expect(page.contains("reconnaissable"))
        #expect(page.contains("Colombelles"))
        #expect(!page.contains("anonyme"))
        let answer = await scene.test.post("/extraits/\(id)/attribution", ["attribution": "none"], as: .nadia)
        #expect(answer.status == 303)
        #expect(try await scene.read(id).attribution == .none)
        #expect(await !scene.test.get("/extraits/\(id)", as: .nadia).text.contains("reconnaissable"))
    }

    @Test func `notes beside the editor are filed by dimension`() async throws {
        let scene = try await Scene.make()
        let cast = scene.test.cast
        let about = await scene.test.get("\(scene.editor)?dimension=\(cast.dimensions["cooperation"] ?? "")", as: .nadia).text
        #expect(about.contains("data-citable"))
        #expect(about.contains("<details class=\"note-filters no-print\"><summary>Notes filtrées : "), "folded, it says by what")
        let none = await scene.test.get("\(scene.editor)?dimension=aucune", as: .nadia).text
        #expect(!none.contains("data-citable"))
        let reworded = await scene.test.get("\(scene.editor)?manner=reworded", as: .nadia).text
        #expect(!reworded.contains("data-citable"))
    }

    @Test func `markup typed in a note is shown as text`() async throws {
        let scene = try await Scene.make()
        await scene.write("<script>alert(1)</script> & « oui »", base: 1)
        let page = await scene.test.get(scene.editor, as: .nadia).text
        #expect(page.contains("&lt;script&gt;alert(1)"))
        #expect(!page.contains("<script>alert"))
    }
}
