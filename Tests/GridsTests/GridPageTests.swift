import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Grids

struct GridPageTests {
    @Test func `the grid is read with its questions and probes`() async throws {
        let site = try await TestSite()
        let dimension = try #require(site.cast.dimensions["cooperation"])
        try await site.site.amend(as: "test.asked", by: .site) { change in
            try change.run(
                """
                INSERT INTO question (id, dimension_id, position, text, probes)
                VALUES ('q1', \(dimension), 0, 'Qui <coopère> ?', \("Avec qui ?\nSur quoi ?"))
                """)
            try change.trace("dimension", dimension)
        }
        let page = await site.get("/programmes/essai/grille")
        #expect(page.status == 200)
        #expect(page.text.contains("Qui &lt;coopère&gt; ?"))
        #expect(page.text.contains("<li>Avec qui ?</li><li>Sur quoi ?</li>"))
        #expect(page.text.contains("href=\"#dimension-cooperation\""))
        #expect(await site.get("/programmes/essai").text.contains("/programmes/essai/grille"))
    }

    @Test func `dimensions keep their order and lose the retired ones`() async throws {
        let site = try await TestSite()
        let (programme, retired) = (site.cast.programme, try #require(site.cast.dimensions["cooperation"]))
        try await site.site.amend(as: "test.retired", by: .site) { change in
            try change.run("UPDATE dimension SET retired_at = \(change.now) WHERE id = \(retired)")
            try change.trace("dimension", retired)
        }
        let keys = try await site.site.database.read { try Grids.dimensions(programme, $0).map(\.fileKey) }
        #expect(keys == ["accompagnement", "participation"])
        let names = try await site.site.database.read { try Grids.names(of: [retired], $0) }
        #expect(names == [retired: "Dimension cooperation"])
    }

    @Test func `a programme without grid says what a grid is for`() async throws {
        let site = try await TestSite()
        let answer = await site.post(
            "/programmes/importations", ["text": "format: essaim-programme/1\ntitre: Vide\nslug: vide\n"], as: .nadia)
        #expect(answer.status == 303)
        #expect(await site.get("/programmes/vide/grille").text.contains("Aucune grille pour l’instant"))
    }
}
