import Community
import Formats
import Testing

/// What a programme file gives when it is right.
struct ProgrammeFileReadingTests {
    @Test func `the example reads without a problem`() throws {
        let file = try ProgrammeFileExample.file()
        #expect(file.slug == "territoires-en-action")
        #expect(file.language == .french)
        #expect(file.licence == .attributionShareAlike)
        #expect(file.publication.requiresSignatory)
        #expect((file.publication.groupShare, file.publication.deadlineDays) == (50, 21))
        #expect(file.phases.map(\.id) == ["phase-1", "phase-2"])
        #expect(file.visits.count == 6)
        #expect(file.visits.allSatisfy { $0.state == .candidate && !$0.hosts.isEmpty })
        #expect(file.visits.compactMap(\.length).allSatisfy { $0.shortest == 4 && $0.longest == 5 })
        #expect(file.lenses.count == 4)
        #expect(
            file.objectives.flatMap(\.subObjectives).map(\.id) == [
                "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4",
            ])
        #expect(file.funders.map(\.status) == [.granted, .granted, .asked])
    }

    @Test func `the example has the groups of the dossier`() throws {
        let file = try ProgrammeFileExample.file()
        let committee = try #require(file.groups.first { $0.kind == .steering })
        #expect(committee.constituencies.map(\.seats.count) == [6, 7, 2])
        let cohort = try #require(file.groups.first { $0.kind == .facilitators })
        #expect(cohort.seats.count == 11)
        let shared = Set(committee.allSeats.map(\.member)).intersection(cohort.seats.map(\.member))
        #expect(shared.count == 5)
        #expect(
            file.groups.first { $0.kind == .team }?.seats.compactMap(\.role) == [
                "coordination", "mission", "recherche",
            ])
    }

    @Test func `the grid has five dimensions with questions and probes`() throws {
        let grid = try #require(try ProgrammeFileExample.file().grid)
        #expect(
            grid.dimensions.map(\.id) == ["accompagnement", "innovation", "cooperation", "participation", "transition"])
        #expect(grid.dimensions.allSatisfy { (2...4).contains($0.questions.count) })
        #expect(grid.dimensions.flatMap(\.questions).allSatisfy { !$0.probes.isEmpty })
    }

    @Test func `a JSON file says the same as its YAML twin`() throws {
        let json = """
            {"format": "essaim-programme/1", "titre": "Petit programme", "slug": "petit",
             "regle_de_visite": {"groupe_min": 4, "groupe_max": 6, "visites_par_personne": 3},
             "roles": [{"id": "mission", "nom": "Mission", "genre": "mission"}],
             "phases": [{"id": "phase-1", "titre": "Premi\\u00e8re phase",
                         "periode": {"debut": "01/01/2021", "fin": "30/06/2021"}}],
             "territoires": [{"id": "caen", "nom": "Caen", "codes": [{"genre": "commune", "code": "14118"}]}],
             "organisations": [{"id": "ardes", "nom": "ARDES", "genre": "reseau-regional", "sigle": null}],
             "visites": [{"id": "caen", "titre": "Visite \\u00e0 Caen", "hotes": ["ardes"], "territoire": "caen"}]}
            """
        let twin = try ProgrammeFile.read(json, named: "petit.json").get()
        let small = try ProgrammeFile.read(ProgrammeFileExample.small, named: "petit.yaml").get()
        #expect(twin == small)
    }

    @Test func `a value keeps its words and loses only what cannot be seen`() throws {
        let odd = ProgrammeFileExample.small.replacing("Petit programme", with: "  Cafe\u{301} \\\"noir\\\" 🌱 : #1  ")
        let file = try ProgrammeFile.read(odd, named: "essai.yaml").get()
        #expect(file.title == "Café \"noir\" 🌱 : #1")
    }

    @Test func `line ends of Windows change nothing`() throws {
        let windows = ProgrammeFileExample.small.replacing("\n", with: "\r\n")
        let small = try ProgrammeFile.read(ProgrammeFileExample.small, named: "petit.yaml").get()
        #expect(try ProgrammeFile.read(windows, named: "petit.yaml").get() == small)
    }

    @Test(arguments: [
        ("12", 1200), ("2,5", 250), ("2.5", 250), ("0.25", 25), ("100000", 10_000_000),
    ]) func `a quantity is exact`(typed: String, hundredths: Int) {
        #expect(ProgrammeFile.Quantity(typed)?.hundredths == hundredths)
    }

    @Test(arguments: ["", "-1", "2,555", "1.2.3", "douze", "100001", "٣", ",5", "5,", "1e3"])
    func `what is not a quantity is refused`(typed: String) {
        #expect(ProgrammeFile.Quantity(typed) == nil)
    }

    @Test func `a written day keeps its words and knows its month`() {
        typealias WrittenDay = ProgrammeFile.WrittenDay
        #expect(WrittenDay("31/04/2021").meaning == .impossible(lastDay: 30, month: 4, year: 2021))
        #expect(WrittenDay("avril 2020").first?.iso == "2020-04-01")
        #expect(WrittenDay("décembre 2020").last?.iso == "2020-12-31")
        #expect(WrittenDay("2024-02").last?.iso == "2024-02-29")
        #expect(WrittenDay("2021-01-01").first == WrittenDay("1er janvier 2021").first)
        #expect(WrittenDay("au printemps").meaning == .unread)
        #expect(WrittenDay("2021").meaning == .unread)
    }
}
