import Platform
import TestSupport
import Testing

@testable import Community

/// The whole plan of the file can be read, and taken away as a table.
struct PlanPageTests {
    private let base = "/programmes/territoires-en-action"

    private func imported() async throws -> TestSite {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        return site
    }

    @Test func `aims, questions, actions, declared days and interventions are on the page`() async throws {
        let page = await (try imported()).get("\(base)/plan", as: .nadia).text
        for words in [
            "Objectif global", "écosystèmes résilients et innovants", "Objectifs opérationnels", "Les questions posées", "Constituer le groupe de pilotage",
            "Jours annoncés", "Interventions", "<th scope=\"col\">Actions</th>",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        let file = try ProgrammeFileExample.file()
        #expect(page.contains("\(try #require(file.objectives.first?.subObjectives.first?.actions.first).prefix(12))"))
    }

    @Test func `the plan is exported, for the people of the programme`() async throws {
        let site = try await imported()
        let file = await site.get("\(base)/plan/export", as: .nadia)
        #expect(file.header("content-type")?.hasPrefix("text/csv") == true && file.text.contains("Actions"))
        #expect(await site.get("\(base)/plan/export", as: .stranger).status == 404)
    }

    @Test func `aims and approaches are read strictly and written back`() throws {
        let file = try ProgrammeFileExample.file()
        #expect(file.overallObjective?.citation.place == "§3.1, objectifs" && file.operationalObjectives.count == 2)
        #expect(file.phases[1].approach?.questions.count == 5 && file.phases[1].approach?.steps.count == 8)
        #expect(try ProgrammeFile.read(file.yaml(), named: "x").get() == file)
        let wrong = ProgrammeFileExample.small + "\nobjectifs_operationnels:\n  - { source: \"§1\" }\nobjectif_global: { titre: \"x\" }"
        #expect(ProgrammeFileExample.problems(wrong).count == 2)
    }

    @Test func `one day of travel for one person is said in the singular`() async throws {
        let words = try await TestSite(isEmpty: true).site.words(.french)
        let one = ProgrammeFile.Quantity(1)
        #expect(words("community.plan.travel", ["people": 1, "days": one]) == "déplacements\u{A0}: 1 personne, 1 jour")
        #expect(words("community.plan.travel", ["people": 2, "days": ProgrammeFile.Quantity(3)]).hasSuffix("2 personnes, 3 jours"))
    }
}
