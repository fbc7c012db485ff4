import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

@Suite struct MeetingRequestTests {
    private let caen = "/programmes/essai/visites/caen"

    @Test func `somebody to meet is added, changed, taken off and put back`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        func known() async throws -> [Stakeholder] {
            try await test.site.database.read { try Stakeholders.of(visit, $0) }
        }
        let fields = ["label": "Deux salariées", "stakeholder_kind": "employee"]
        let unsaid = await test.post("\(caen)/parties-prenantes", fields.merging(["stakeholder_kind": ""]) { $1 }, as: .nadia)
        #expect(unsaid.status == 422 && unsaid.text.contains("Choisissez à quel titre") && unsaid.text.contains("Deux salariées"))
        #expect(await test.post("\(caen)/parties-prenantes", fields, as: .nadia).status == 303)
        let added = try #require(try await known().first)
        #expect(added.label == "Deux salariées" && !added.isConfirmed)
        let path = "\(caen)/parties-prenantes/\(added.id)"
        #expect(await test.get(path, as: .nadia).text.contains("Deux salariées"))
        _ = await test.post(path, fields.merging(["is_confirmed": "1"]) { $1 }, as: .nadia)
        #expect(try await known().first?.isConfirmed == true)
        let removed = await test.post("\(path)/retrait", as: .nadia)
        #expect(try await known().isEmpty)
        let page = await test.get(removed.header("location") ?? "", as: .nadia).text
        #expect(page.contains("data-undo=\"20\"") && page.contains("\(path)/retour"))
        _ = await test.post("\(path)/retour", as: .nadia)
        #expect(try await known().map(\.id) == [added.id])
        let actions = try await test.site.database.read {
            try $0.texts("SELECT action FROM audit WHERE object_id = \(visit) ORDER BY at, id")
        }
        #expect(
            Set(actions) == [
                "visit.stakeholderAdded", "visit.stakeholderChanged", "visit.stakeholderRemoved",
                "visit.stakeholderRestored",
            ])
    }

    @Test func `an encounter is placed in a half-day of its visit`() async throws {
        let test = try await TestSite()
        let fields = [
            "title": "L’équipe", "kind": "employee", "slot": test.cast.caen.slots[0], "starts_at": "9h30",
            "encounter_place": "Siège",
        ]
        #expect(await test.post("\(caen)/rencontres", fields, as: .nadia).status == 303)
        let encounters = try await test.site.database.read { try Encounters.of(test.cast.caen.visit, $0) }
        #expect(encounters.map(\.title) == ["L’équipe", "Atelier des salariés"])
        #expect(encounters.first?.startsAt == "09:30")
        #expect(await test.get(caen, as: .ana).text.contains("9\u{A0}h\u{A0}30"))
    }

    @Test func `what is wrong in an encounter is said at once and comes back`() async throws {
        let test = try await TestSite()
        let fields = [
            "title": "", "kind": "employee", "slot": "ailleurs", "starts_at": "midi", "encounter_place": "Le <fablab>",
        ]
        let page = await test.post("\(caen)/rencontres", fields, as: .nadia)
        #expect(page.status == 422)
        for words in [
            "Donnez un titre à la rencontre.", "Ce choix n’est plus proposé", "«\u{A0}midi\u{A0}» ne se lit pas comme une heure",
            "Le &lt;fablab&gt;",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
    }

    @Test func `an hour of the other half of the day is refused at its field, and an evening is said`() async throws {
        let test = try await TestSite()
        let (morning, afternoon) = (test.cast.caen.slots[0], test.cast.caen.slots[1])
        func add(_ slot: String, _ start: String, _ end: String = "") async -> Response {
            await test.post("\(caen)/rencontres", ["title": "À \(start)", "kind": "employee", "slot": slot, "starts_at": start, "ends_at": end], as: .nadia)
        }
        let wrong = await add(morning, "15 h")
        #expect(wrong.status == 422 && wrong.text.contains("n’est pas dans la demi-journée choisie\u{A0}: mar. 14 avril 2026, matin, 9\u{A0}h\u{A0}00 – 12\u{A0}h\u{A0}30"))
        #expect(wrong.text.contains("value=\"15 h\"") && wrong.text.contains("value=\"À 15 h\""), "as it was typed")
        #expect(await add(afternoon, "2:30").status == 422)
        #expect(await add(morning, "13 h").status == 303, "noon is of both")
        #expect(await add(afternoon, "12 h", "13 h 30").status == 303)
        let evening = await add(afternoon, "20 h")
        let said = await test.get(evening.header("location") ?? "", as: .nadia).text
        #expect(said.contains("est enregistrée, hors des heures de sa demi-journée (14\u{A0}h\u{A0}00 – 17\u{A0}h\u{A0}30)"))
        #expect(await test.get("\(caen)/programme", as: .ana).text.contains("hors des heures de la demi-journée (14\u{A0}h\u{A0}00 – 17\u{A0}h\u{A0}30)"))
        #expect(await test.get("\(caen)/rencontres", as: .nadia).text.contains("Hors des heures de la demi-journée (14\u{A0}h\u{A0}00 – 17\u{A0}h\u{A0}30)."))
        #expect(await !test.get(caen, as: .ana).text.contains("Hors des heures"))
        _ = await test.post("\(caen)/demi-journees/\(morning)", ["theme": "", "starts_at": "9 h", "ends_at": "16 h"], as: .nadia)
        #expect(await add(morning, "15 h").status == 303, "its hours were changed")
    }

    @Test func `who is met is chosen, never guessed`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(caen)/rencontres", as: .nadia).text.contains("<option value=\"\" selected>À choisir</option><option value=\"initiative_lead\">"))
        let unsaid = await test.post("\(caen)/rencontres", ["title": "L’équipe", "kind": ""], as: .nadia)
        #expect(unsaid.status == 422 && unsaid.text.contains("Choisissez qui l’on rencontre.") && unsaid.text.contains("value=\"L’équipe\""))
    }

    @Test func `two meetings of the same people at the same hours are said, not refused`() async throws {
        let test = try await TestSite()
        let slot = test.cast.caen.slots[0]
        func add(_ title: String, _ start: String, _ end: String = "") async -> String {
            let fields = ["title": title, "kind": "employee", "slot": slot, "starts_at": start, "ends_at": end]
            let answer = await test.post("\(caen)/rencontres", fields, as: .nadia)
            #expect(answer.status == 303)
            return answer.header("location") ?? ""
        }
        let sentence = "Aux mêmes heures que «\u{A0}La mairie\u{A0}», pour les mêmes personnes"
        _ = await add("La mairie", "9 h 30", "10 h 30")
        let after = await add("L’atelier", "10 h 30", "11 h")
        #expect(await !test.get(after, as: .nadia).text.contains("aux mêmes heures que"), "one after the other")
        let saved = await add("Le jardin", "10 h", "10 h 15")
        let page = await test.get(saved, as: .nadia).text
        #expect(page.contains("«\u{A0}Le jardin\u{A0}» est enregistrée, aux mêmes heures que «\u{A0}La mairie\u{A0}»") && page.contains(sentence))
        #expect(await !test.get(caen, as: .ana).text.contains(sentence), "for whoever prepares the visit")
        // Two sub-groups may be in two places at once.
        _ = await test.post("\(caen)/sous-groupes", ["name": "Jardin", "members": test.cast[.bo]], as: .nadia)
        let (subgroup, visit) = (try await test.site.database.read { try $0.text("SELECT id FROM subgroup") ?? "" }, test.cast.caen.visit)
        let garden = try #require(try await test.site.database.read { try Encounters.of(visit, $0) }.first { $0.title == "Le jardin" })
        let fields = ["title": "Le jardin", "kind": "employee", "slot": slot, "starts_at": "10 h", "ends_at": "10 h 15", "details": "1", "subgroup": subgroup]
        #expect(await test.post("\(caen)/rencontres/\(garden.id)", fields, as: .nadia).status == 303)
        #expect(await !test.get("\(caen)/rencontres", as: .nadia).text.contains(sentence))
    }

    @Test func `things of another visit are not there`() async throws {
        let test = try await TestSite()
        let lille = "/programmes/essai/visites/lille"
        let encounter = test.cast.caen.encounter
        for path in ["rencontres/\(encounter)", "rencontres/\(encounter)/retrait", "rencontres/\(encounter)/retour"] {
            #expect(await test.post("\(lille)/\(path)", ["title": "x", "kind": "other"], as: .nadia).status == 404)
        }
        #expect(await test.get("\(lille)/rencontres/\(encounter)", as: .nadia).status == 404)
        #expect(await test.post("\(lille)/parties-prenantes/\(encounter)/retrait", as: .nadia).status == 404)
        let count = try await test.site.database.read { try Encounters.of(test.cast.caen.visit, $0).count }
        #expect(count == 1)
    }

    @Test func `a removal can be undone from the page for a moment only`() async throws {
        let test = try await TestSite()
        let removed = await test.post("\(caen)/rencontres/\(test.cast.caen.encounter)/retrait", as: .nadia)
        let page = removed.header("location") ?? ""
        #expect(await test.get(page, as: .nadia).text.contains("data-undo"))
        test.clock.advance(.seconds(60))
        #expect(!(await test.get(page, as: .nadia).text.contains("data-undo")))
    }
}
