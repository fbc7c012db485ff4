import Community
import Testing

/// What the founding dossier gets wrong, found from its values; C1 to C16 are the rows of the table of known errors.
struct ProgrammeFileFindingTests {
    typealias Finding = ProgrammeFile.Finding

    let findings: [Finding]

    init() throws { findings = try ProgrammeFileExample.file().findings() }

    @Test func `C1: four territories or five`() throws {
        let finding = try #require(of(.figures).first)
        #expect(of(.figures).count == 1)
        #expect(said(finding) == ["subject": "nombre de territoires de la phase 2", "figures": "4 / 5"])
        #expect(finding.citations.map(\.place) == ["§2.4", "§3.1, 2", "§3.3, 2.3"])
        #expect(finding.citations.allSatisfy { $0.line.number > 0 && !$0.words.isEmpty })
    }

    @Test func `C2: the researcher's days in phase 1 are 14, 20 or 16`() throws {
        let finding = try #require(of(.days).first)
        #expect(finding.key == "community.finding.days.declared_tasks_lines")
        #expect(
            said(finding).filter { $0.key != "role" && $0.key != "phase" } == [
                "declared": "14", "tasks": "20", "lines": "16",
            ])
        #expect(finding.citations.count == 1 + 5 + 3)
    }

    @Test func `C3: the researcher's days in phase 2 are 12 or 20`() throws {
        #expect(of(.days).count == 2)
        let finding = try #require(of(.days).last)
        #expect(finding.key == "community.finding.days.declared_lines")
        #expect(said(finding)["declared"] == "12")
        #expect(said(finding)["lines"] == "20")
    }

    @Test func `C4: a half-time post cannot hold 333 days`() throws {
        let finding = try #require(of(.capacity).first)
        #expect(of(.capacity).count == 1)
        #expect(
            said(finding).filter { $0.key != "role" } == [
                "total": "333", "capacity": "272,5", "over": "60,5", "share": "50", "months": "30",
                "workingDays": "218",
            ])
    }

    @Test func `C5: the national delegate has 86 days, declared nowhere`() {
        let totals = of(.total).map(said)
        #expect(totals.map { $0["total"] } == ["86"])
        #expect(totals.map { $0["parts"] } == ["28 + 58"])
    }

    @Test func `C6: eighteen days each, where visits and seminars make twelve or fourteen`() throws {
        let finding = try #require(of(.entitlement).first)
        #expect(of(.entitlement).count == 1)
        #expect(said(finding)["declared"] == "18")
        #expect(said(finding)["guest"] == "12")
        #expect(said(finding)["host"] == "14")
    }

    @Test func `C7: travel is a ceiling for visits and falls short for seminars`() throws {
        let (seminars, visits) = (try #require(of(.travel).first), try #require(of(.travel).last))
        #expect(visits.key == "community.finding.travel.ample")
        #expect((said(visits)["ceiling"], said(visits)["need"]) == ("120", "66"))
        #expect(seminars.key == "community.finding.travel.short")
        #expect((said(seminars)["ceiling"], said(seminars)["need"]) == ("60", "66"))
    }

    @Test func `C8: three visits each fit in six visiting groups, team not counted`() throws {
        let finding = try #require(of(.places).first)
        #expect(finding.key == "community.finding.places.enough")
        #expect(finding.severity == .note)
        let words = said(finding)
        #expect((words["places"], words["fewest"], words["most"], words["average"]) == ("33", "24", "36", "5,5"))
        #expect((words["staff"], words["inTheRoom"]) == ("2", "8"))
    }

    @Test func `C9: one host has nobody among the facilitators`() {
        #expect(of(.hostOutsideCohort).map { said($0)["host"] } == ["Avec Nous"])
        #expect(of(.noHost).isEmpty)
    }

    @Test func `C10: the researcher is at three visits out of six`() throws {
        let words = said(try #require(of(.presence).first))
        #expect(of(.presence).count == 1)
        #expect((words["days"], words["attended"], words["visits"], words["needed"]) == ("6", "3", "6", "12"))
    }

    @Test func `C11: the 31st of April does not exist and is kept as written`() throws {
        let finding = try #require(findings.first)
        #expect(finding.rule == .impossibleDate)
        #expect(of(.impossibleDate).count == 1)
        #expect(said(finding)["words"] == "31/04/2021")
        #expect(said(finding)["lastDay"] == "30")
        #expect(finding.citations.map(\.place) == ["§3.3, 2.2"])
        let lines = ProgrammeFileExample.text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(finding.citations.first?.line.number)
        #expect(lines[line - 1].contains("31/04/2021"))
    }

    @Test func `C12: the plan and the announced calendar disagree, and one part starts too early`() {
        #expect(of(.calendars).compactMap { said($0)["id"] } == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3"])
        #expect(of(.startsTooEarly).map { said($0)["id"] } == ["1.4"])
        #expect(of(.endBeforeStart).isEmpty)
    }

    @Test func `C13: seminars are counted in several ways, and others come on top`() throws {
        let (differing, others) = (try #require(of(.seminars).first), try #require(of(.seminars).last))
        #expect(said(differing)["figures"] == "6 / 3")
        #expect(others.key == "community.finding.seminars.others")
        #expect(said(others)["others"] == "4")
    }

    @Test func `C14: the length of a note is a guide`() throws {
        let finding = try #require(of(.noteLength).first)
        #expect(finding.severity == .note)
        #expect(said(finding)["figures"] == "1 / 0,5–2")
    }

    @Test func `C15: names written in two ways, people sitting in two groups`() {
        let names = of(.spelling).compactMap { said($0)["names"] }
        #expect(names.contains("Couserans / Cousserans"))
        #expect(names.contains("Terre de convergence / terre de convergence"))
        #expect(names.contains("Bourgogne-Franche-Comté / Bourgogne Franche-Comté / Bourgogne Franche Conté"))
        #expect(of(.sameThingTwice).isEmpty)
        #expect(of(.describedTwice).count == 6)
    }

    @Test func `C16: a visit lasts two days, or two and a half`() throws {
        let finding = try #require(of(.visitLength).first)
        #expect(said(finding)["figures"] == "2 / 2–2,5")
    }

    @Test func `the group is said to be ten and counts eleven`() throws {
        let words = said(try #require(of(.counted).first))
        #expect(of(.counted).count == 1)
        #expect((words["said"], words["counted"]) == ("10", "11"))
    }

    @Test func `what cannot be comes first, then what disagrees, then notes`() {
        #expect(findings.map(\.severity) == findings.map(\.severity).sorted())
        #expect(findings.allSatisfy { !$0.citations.isEmpty })
    }

    @Test func `a document without contradiction has no finding`() throws {
        let small = try ProgrammeFile.read(ProgrammeFileExample.small, named: "petit.yaml").get()
        #expect(small.findings().isEmpty)
    }

    @Test func `once the document is put right, the finding is gone`() throws {
        let text = ProgrammeFileExample.text.replacing("fin: \"31/04/2021\"", with: "fin: \"30/04/2021\"")
            .replacing("valeur: 5\n", with: "valeur: 4\n").replacing("quotite: 50", with: "quotite: 80")
        let righted = try ProgrammeFile.read(text, named: "essai.yaml").get().findings()
        for rule in [Finding.Rule.impossibleDate, .figures, .capacity] {
            #expect(!righted.contains { $0.rule == rule })
        }
    }

    @Test func `dates of an objective that end before they begin are said, not refused`() throws {
        let text = ProgrammeFileExample.text.replacing("fin: \"30/06/2022\"", with: "fin: \"30/06/2021\"")
        let reversed = try ProgrammeFile.read(text, named: "essai.yaml").get().findings()
        #expect(reversed.filter { $0.rule == .endBeforeStart }.map(\.severity) == [.error])
    }

    @Test func `visits that have no room for everybody, or too much, are a warning`() throws {
        for (smallest, largest, key) in [(1, 5, "tooMany"), (6, 9, "tooFew")] {
            let text = ProgrammeFileExample.text.replacing("groupe_min: 4", with: "groupe_min: \(smallest)")
                .replacing("groupe_max: 6", with: "groupe_max: \(largest)")
            let found = try ProgrammeFile.read(text, named: "essai.yaml").get().findings()
            let places = try #require(found.first { $0.rule == .places })
            #expect(places.key == "community.finding.places.\(key)")
            #expect(places.severity == .warning)
        }
    }

    @Test func `two records for one organisation are a doubt to settle`() throws {
        let text = ProgrammeFileExample.small.replacing(
            "  - { id: ardes,", with: "  - { id: ardes-2, nom: \"Ardès\", genre: association }\n  - { id: ardes,")
        let found = try ProgrammeFile.read(text, named: "essai.yaml").get().findings()
        #expect(found.map(\.rule) == [.sameThingTwice])
    }

    private func of(_ rule: Finding.Rule) -> [Finding] { findings.filter { $0.rule == rule } }

    private func said(_ finding: Finding) -> [String: String] { finding.arguments(in: .french) }
}
