import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// A visit that is called off, resumed, noted as held by mistake, or published no more; a team that is joined.
@Suite struct StageTurnTests {
    private let caen = "/programmes/essai/visites/caen"
    private let visits = "/programmes/essai/visites"

    private func visit(_ test: TestSite) async throws -> Visit {
        try await test.site.database.read { try VisitQueries.load(id: test.cast.caen.visit, $0) }
    }

    @Test func `a visit is called off with a reason, said on the board, and resumed`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-16")!)
        let blank = await test.post("\(caen)/annulation", ["cancellation": " "], as: .nadia)
        #expect(blank.status == 422)
        #expect(blank.text.contains("Dites pourquoi la visite est annulée."))
        #expect(await test.post("\(caen)/annulation", ["cancellation": "La structure ferme."], as: .ana).status == 403)
        #expect(await test.post("\(caen)/annulation", ["cancellation": "La structure ferme."], as: .nadia).status == 303)
        let board = await test.get(visits, as: .ana).text
        #expect(board.contains("Visite annulée\u{A0}: La structure ferme."))
        #expect(board.contains("Annulées <b class=\"count\">1</b>"))
        let only = await test.get("\(visits)?etape=annulee", as: .ana).text
        #expect(only.contains("\(caen)\"") && !only.contains("\(visits)/lille\""))
        #expect(await test.post("\(caen)/invitations", as: .nadia).status == 422)
        #expect(await test.post("\(caen)/tenue", as: .nadia).status == 422)
        #expect(await !test.get("/a-faire", as: .ana).text.contains("Caen"))
        #expect(await test.post("\(caen)/reprise", as: .nadia).status == 303)
        let resumed = try await visit(test)
        #expect(resumed.cancelledReason == nil)
        #expect(resumed.stage == .prepared)
    }

    @Test func `that it took place is taken back until something is written of it`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-16")!)
        #expect(await test.post("\(caen)/tenue/annulation", as: .nadia).status == 422)
        _ = await test.post("\(caen)/tenue", as: .nadia)
        #expect(try await visit(test).stage == .held)
        #expect(await test.get(caen, as: .nadia).text.contains("la visite n’a pas eu lieu"))
        #expect(await test.post("\(caen)/tenue/annulation", as: .nadia).status == 303)
        #expect(try await visit(test).stage == .prepared)
        _ = await test.post("\(caen)/tenue", as: .nadia)
        try await test.site.amend(as: "test.written", by: .site) {
            try VisitStage.advance(test.cast.caen.visit, to: .writtenUp, in: $0)
        }
        #expect(await test.post("\(caen)/tenue/annulation", as: .nadia).status == 422)
        #expect(await test.post("\(caen)/annulation", ["cancellation": "Non."], as: .nadia).status == 422)
    }

    @Test func `an officer outside the group joins its team before opening the synthesis`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/textes", ["kind": "synthesis"], as: .nadia)
        try await test.site.amend(as: "test.officer", by: .site) { change in
            try change.join(test.cast[.maud], scope: test.cast.programme, as: .officer)
            try change.trace("programme", test.cast.programme)
        }
        let outside = await test.get(caen, as: .maud).text
        #expect(outside.contains("Rejoindre l’équipe de cette visite"))
        #expect(!outside.contains("\(caen)/fiche\"") && !outside.contains("Ouvrir la fiche"), "what only the team opens is not offered")
        #expect(await test.get(caen, as: .nadia).text.contains("class=\"button\" href=\"\(caen)/fiche\""))
        #expect(!outside.contains("name=\"kind\" value=\"synthesis\""))
        #expect(await test.post("\(caen)/equipe", as: .ana).status == 403)
        #expect(await test.post("\(caen)/equipe", as: .maud).status == 303)
        let inside = await test.get(caen, as: .maud).text
        #expect(!inside.contains("Rejoindre l’équipe"))
        #expect(inside.contains("/textes/"))
    }
}
