import Database
import Events
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Community
@testable import Visits

@Suite struct ProgrammeFileTests {
    private func imported(_ text: String, _ test: TestSite) async throws -> ImportKeys {
        let file = try ProgrammeFile.read(text, named: "essai.yaml").get()
        return try await test.site.amend(as: "test.imported", by: .site) { change in
            var keys = ImportKeys(programmeId: test.cast.programme)
            keys.organizations = test.cast.organizations
            keys.territories = ["caen": test.cast.territory]
            try VisitsFeature.part.save(file, &keys, change)
            try EventsFeature.part.save(file, &keys, change)
            return keys
        }
    }

    private let small = """
        format: essaim-programme/1
        titre: "Un essai"
        slug: un-essai
        organisations:
          - id: ardes
            nom: "ARDES"
            genre: association
        visites:
          - id: brest
            titre: "Visite à Brest"
            hotes: [ardes]
            lieu: "Brest"
            objet: "La mer"
            initiative:
              nom: "Le port"
              description: "Des voiles."
            duree:
              demi_journees_min: 4
              demi_journees_max: 5
              ecrit: "2 j à 2,5 j"
              source: "§1"
          - id: nantes
            titre: "Visite à Nantes"
            duree:
              demi_journees_min: 5
              demi_journees_max: 5
              ecrit: "2,5 j"
              source: "§1"
            periode:
              debut: "14/04/2026"
              ecrit: "à partir du 14/04/2026"
              source: "§1"
        seminaires:
          - id: entre
            titre: "Séminaire transversal"
            genre: transversal
            moment: "entre les visites"
            ecrit: "entre les visites"
            source: "§1"
        """

    @Test func `a candidate keeps its words and is given no date`() async throws {
        let test = try await TestSite()
        let keys = try await imported(small, test)
        let visit = try await test.site.database.read { try VisitQueries.load(id: keys.visits["brest"] ?? "", $0) }
        #expect(visit.stage == .candidate)
        #expect(visit.slug == "brest" && visit.hostName == "ARDES" && visit.place == "Brest" && visit.focus == "La mer")
        #expect(visit.lengthWritten == "2 j à 2,5 j")
        #expect(visit.flagshipInitiative == "Le port\n\nDes voiles.")
        #expect(try await test.site.database.read { try Slots.of(visit.id, $0).isEmpty })
    }

    @Test func `a first day and one length give half-days`() async throws {
        let test = try await TestSite()
        let keys = try await imported(small, test)
        let id = keys.visits["nantes"] ?? ""
        let (visit, slots) = try await test.site.database.read {
            (try VisitQueries.load(id: id, $0), try Slots.of(id, $0))
        }
        #expect(visit.stage == .planned)
        #expect(slots.map(\.halfDay) == HalfDay.row(from: Day(iso: "2026-04-14")!, count: 5))
    }

    @Test func `a seminar keeps its period as written`() async throws {
        let test = try await TestSite()
        let keys = try await imported(small, test)
        let page = await test.get("/programmes/essai/seminaires/\(keys.seminars["entre"] ?? "")", as: .ana)
        #expect(page.text.contains("entre les visites"))
    }

    @Test func `the programme of the dossier gives six candidates`() async throws {
        let test = try await TestSite()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let example = try String(
            contentsOf: folder.appending(path: "Examples/territoires-en-action.yaml"), encoding: .utf8)
        let keys = try await imported(example, test)
        #expect(keys.visits.count == 6 && keys.seminars.count == 6)
        let stages = try await test.site.database.read { reader in
            try keys.visits.values.map { try VisitQueries.load(id: $0, reader).stage }
        }
        #expect(Set(stages) == [.candidate])
    }
}
