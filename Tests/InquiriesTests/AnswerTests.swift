import Database
import Formats
import Grids
import Platform
import TestSupport
import Testing

@testable import Inquiries

/// Answers, written freely and tied to questions after; what was really taken up.
struct AnswerTests {
    private let visit = "/programmes/essai/visites/caen"
    private let block = "0190a0f0-1111-4222-8333-444455556666"

    private func make() async throws -> TestSite {
        let site = try await TestSite()
        let dimension = try #require(site.cast.dimensions["cooperation"])
        try await site.site.amend(as: "test.asked", by: .site) { change in
            for (place, text) in ["Qui coopère ?", "Qui décide ?"].enumerated() {
                try change.run(
                    """
                    INSERT INTO question (id, dimension_id, position, text, probes, file_key)
                    VALUES (\("q\(place)"), \(dimension), \(place), \(text), '', \("cooperation-\(place + 1)"))
                    """)
            }
            try change.trace("dimension", dimension)
        }
        return site
    }

    private func write(_ site: TestSite, _ text: String = "On décide le mardi.") async -> Response {
        await site.post(
            "\(visit)/reponses", ["id": block, "text": text, "manner": "reworded", "encounter": site.cast.caen.encounter], as: .ana)
    }

    @Test func `free text first, questions after`() async throws {
        let site = try await make()
        let written = await write(site)
        #expect(written.status == 303 && written.header("location")?.hasPrefix("\(visit)/reponses/\(block)") == true)
        #expect(await site.get("\(visit)/notes", as: .ana).text.contains("On décide le mardi."))
        #expect(await site.get("\(visit)/reponses", as: .ana).text.contains("Reliée à aucune question"))
        let tagged = await site.post("\(visit)/reponses/\(block)", pairs: [("questions", "q0"), ("questions", "q1")], as: .ana)
        #expect(tagged.status == 303)
        #expect(await site.post("\(visit)/reponses/\(block)", ["questions": "q1"], as: .ana).status == 303)
        #expect(try await site.site.database.read { try $0.texts("SELECT question_id FROM answer_tag") } == ["q1"])
        #expect(await site.post("\(visit)/reponses/\(block)", ["questions": "ailleurs"], as: .ana).status == 422)
        #expect(await write(site, " ").status == 422)
    }

    @Test func `what one may not read is nowhere, not even counted`() async throws {
        let site = try await make()
        _ = await write(site)
        _ = await site.post("\(visit)/reponses/\(block)", ["questions": "q1"], as: .ana)
        #expect(await site.get("\(visit)/questions", as: .ana).text.contains("1 question abordée sur 2"))
        #expect(await site.get("\(visit)/questions", as: .bo).text.contains("0 question abordée sur 2"))
        #expect(await site.get("\(visit)/reponses/\(block)", as: .bo).status == 404)
        #expect(await site.post("\(visit)/reponses/\(block)", ["questions": "q0"], as: .bo).status == 404)
        #expect(!(await site.get("\(visit)/reponses/export", as: .bo).text.contains("mardi")))
        #expect(await site.get("\(visit)/questions", as: .yann).status == 404)
        _ = await site.post("\(visit)/notes/\(block)/partage", as: .ana)
        #expect(await site.get("\(visit)/questions", as: .bo).text.contains("1 question abordée sur 2"))
    }

    @Test func `a retired question keeps its answers in every list and export`() async throws {
        let site = try await make()
        _ = await write(site)
        _ = await site.post("\(visit)/reponses/\(block)", ["questions": "q1"], as: .ana)
        _ = await site.post("\(visit)/notes/\(block)/partage", as: .ana)
        try await site.site.amend(as: "test.retired", by: .site) { change in
            try change.run("UPDATE question SET retired_at = \(change.now) WHERE id = 'q1'")
            try change.run("UPDATE visit SET stage = 'held' WHERE slug = 'caen'")
            try change.trace("grid", "x")
        }
        for page in ["\(visit)/reponses", "\(visit)/reponses/\(block)", "\(visit)/questions", "/programmes/essai/grille/comparaison"] {
            let text = await site.get(page, as: .bo).text
            #expect(text.contains("Qui décide ?") && text.contains("retirée"), "\(page)")
        }
        for export in ["\(visit)/reponses/export", "\(visit)/questions/export", "/programmes/essai/grille/comparaison/export"] {
            let text = await site.get("\(export)?format=ouvert", as: .bo).text
            #expect(text.contains("Qui décide ?") && text.contains("cooperation-2"), "\(export)")
        }
        #expect(await site.get("/programmes/essai/grille/grille.json").text.contains("\"retired\":[{\"dimension\":\"Dimension cooperation\",\"id\":\"q1\""))
        // Tied again to the same question: it is still there to tick.
        #expect(await site.post("\(visit)/reponses/\(block)", pairs: [("questions", "q1"), ("questions", "q0")], as: .ana).status == 303)
    }

    @Test func `a blank has its reason, and says what cannot be compared`() async throws {
        let site = try await make()
        #expect(await site.post("\(visit)/questions/q0/raison", ["reason": " "], as: .ana).status == 422)
        #expect(await site.post("\(visit)/questions/q0/raison", ["reason": "Le maire était absent."], as: .ana).status == 303)
        #expect(await site.post("\(visit)/questions/ailleurs/raison", ["reason": "X"], as: .ana).status == 404)
        let page = await site.get("\(visit)/questions", as: .bo).text
        #expect(page.contains("Le maire était absent.") && page.contains("1 question n’a ni réponse ni raison"))
        let csv = await site.get("\(visit)/questions/export?format=ouvert", as: .bo).text
        #expect(csv.contains("Le maire était absent.,non"))
    }

    @Test func `an erased note leaves no tie behind`() async throws {
        let site = try await make()
        _ = await write(site)
        _ = await site.post("\(visit)/reponses/\(block)", ["questions": "q1"], as: .ana)
        try await Erasures.apply(.complete, keepsAuthorship: false, to: site.cast[.ana], by: .site, site.site)
        #expect(try await site.site.database.read { try $0.count("SELECT count(*) FROM answer_tag") } == 0)
    }
}
