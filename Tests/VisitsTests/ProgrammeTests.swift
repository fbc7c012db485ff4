import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// A visit half-day by half-day: pattern, sub-groups, whom one meets, the programme that its people take along.
@Suite struct ProgrammeTests {
    private let caen = "/programmes/essai/visites/caen"

    @Test func `the pattern of the dossier is laid, then changed for the programme and for one half-day`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        func themes() async throws -> [String] { try await test.site.database.read { try Slots.of(visit, $0).map(\.theme) } }
        #expect(await test.get("\(caen)/rencontres", as: .nadia).text.contains("proposé"))
        let before = await test.get("\(caen)/programme", as: .ana).text
        #expect(before.contains("(proposé)</p>") && before.contains("Aucune rencontre prévue pour l’instant."))
        #expect(await test.post("\(caen)/trame", as: .nadia).status == 303)
        #expect(try await themes().map { String($0.prefix(11)) } == ["Partenaires", "Parties pre", "Parties pre", "Bilan colle"])
        #expect(await test.post("/programmes/essai/trame-de-visite", ["opening": "Accueil", "middle": "", "closing": "Bilan"], as: .nadia).status == 422)
        #expect(await test.post("/programmes/essai/trame-de-visite", ["opening": "Accueil", "middle": "Visite", "closing": "Bilan"], as: .hugo).status == 303)
        _ = await test.post("\(caen)/demi-journees/\(test.cast.caen.slots[2])", ["theme": "", "starts_at": "", "ends_at": ""], as: .nadia)
        _ = await test.post("\(caen)/trame", as: .nadia)
        #expect(try await themes()[2] == "Visite")
        #expect(try await themes()[0].hasPrefix("Partenaires"))
    }

    @Test func `sub-groups go apart with their note takers, and nobody is in two places at once unseen`() async throws {
        let test = try await TestSite()
        let (ana, bo, slot) = (test.cast[.ana], test.cast[.bo], test.cast.caen.slots[1])
        let wrong = await test.post("\(caen)/sous-groupes", ["name": "", "note_takers": bo], as: .nadia)
        #expect(wrong.status == 422 && wrong.text.contains("Donnez un nom au sous-groupe."))
        _ = await test.post("\(caen)/sous-groupes", pairs: [("name", "Atelier"), ("members", ana), ("members", bo), ("note_takers", bo)], as: .nadia)
        _ = await test.post("\(caen)/sous-groupes", pairs: [("name", "Mairie"), ("members", ana)], as: .nadia)
        let groups = try await test.site.database.read { try Subgroups.of(test.cast.caen.visit, $0) }
        #expect(groups.map(\.name) == ["Atelier", "Mairie"] && groups[0].noteTakers.map(\.name) == ["Bo"])
        for (title, group) in [("L’atelier", groups[0].id), ("Le maire", groups[1].id)] {
            let fields = ["title": title, "kind": "employee", "slot": slot, "starts_at": "14h30", "ends_at": "15h30", "details": "1", "subgroup": group]
            #expect(await test.post("\(caen)/rencontres", fields, as: .nadia).status == 303)
        }
        let page = await test.get("\(caen)/rencontres", as: .nadia).text
        #expect(page.contains("Ana\u{A0}: dans deux sous-groupes en même temps"))
        #expect(await test.get("\(caen)/programme", as: .ana).text.contains("Prise de notes\u{A0}: Bo"))
        _ = await test.post("\(caen)/sous-groupes/\(groups[1].id)/retrait", as: .nadia)
        #expect(await !test.get("\(caen)/rencontres", as: .nadia).text.contains("en même temps"))
    }

    @Test func `the kinds of people of the dossier are counted`() {
        func somebody(_ kind: StakeholderKind, _ confirmed: Bool = false) -> Stakeholder {
            Stakeholder(id: "\(kind)", visitId: "v", position: 1, kind: kind, label: "x", isConfirmed: confirmed)
        }
        let coverage = StakeholderCoverage(
            [somebody(.funder, true), somebody(.employee)],
            [Encounter(id: "e", eventId: "v", slotId: "s", position: 1, title: "t", kind: .resident), Encounter(id: "f", eventId: "v", slotId: nil, position: 2, title: "t", kind: .partner)])
        #expect(coverage.covered == 2)
        #expect(coverage.missing == [.initiativeLead, .beneficiary, .facilitator, .partner])
        #expect(coverage.lines.map(\.kind).last == .employee && coverage.lines.count == 7)
        #expect(StakeholderCoverage([], []).covered == 0)
    }

    @Test func `the programme is for the people of the visit: page, file to keep, paper, agenda`() async throws {
        let test = try await TestSite()
        let fields = ["meeting_point": "Gare de Caen, 8 h 45", "travel": "Train de 6 h 54", "contact": "06 00 00 00 00"]
        #expect(await test.post("\(caen)/pratique", fields, as: .nadia).status == 303)
        let page = await test.get("\(caen)/programme", as: .yann).text
        for words in ["Gare de Caen, 8 h 45", "06 00 00 00 00", "Atelier des salariés", "Ana, Fonction de ana", "Dimension cooperation"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("@essai.example"))
        #expect(await test.get("\(caen)/programme", as: .maud).status == 403)
        #expect(await !test.get(caen, as: .maud).text.contains("06 00 00 00 00"))
        let kept = await test.get("\(caen)/programme.html", as: .ana)
        #expect(kept.header("content-disposition")?.contains("programme-caen.html") == true)
        #expect(kept.text.contains("Gare de Caen") && !kept.text.contains("src=") && !kept.text.contains("<link"))
        let ics = await test.get("\(caen)/visite.ics", as: .maud)
        #expect(ics.header("content-type") == "text/calendar; charset=utf-8" && ics.text.contains("BEGIN:VEVENT") && !ics.text.contains("06 00"))
        let pdf = await test.get("\(caen)/programme.pdf", as: .ana)
        #expect(pdf.status == (test.site.typst == nil ? 404 : 200))
        if pdf.status == 200 { #expect(pdf.body.starts(with: Array("%PDF-".utf8))) }
    }

    @Test func `somebody expected in two visits on the same day is said with both`() async throws {
        let test = try await TestSite()
        let lille = "/programmes/essai/visites/lille"
        _ = await test.post("\(lille)/dates", ["first_day": "15/04/2026", "length": "4"], as: .nadia)
        _ = await test.post("\(lille)/groupe", pairs: [("visitors", test.cast[.ana]), ("staff", test.cast[.nadia]), ("size_reason", "")], as: .nadia)
        let page = await test.get(caen, as: .nadia).text
        #expect(page.contains("Ana est dans deux visites le mer. 15 avril 2026\u{A0}: celle-ci et «\u{A0}Lille\u{A0}»."))
        #expect(await test.get("\(lille)/groupe", as: .nadia).text.contains("Ana est dans deux visites"))
        _ = await test.post("\(lille)/annulation", ["cancellation": "Reportée."], as: .nadia)
        #expect(await !test.get(caen, as: .nadia).text.contains("deux visites le"))
    }

    @Test func `a host that gives up leaves what it wrote, and those invited are told`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        #expect(await test.post("\(caen)/desistement", ["withdrawal": " "], as: .nadia).status == 422)
        #expect(await test.post("\(caen)/desistement", ["withdrawal": "Plus de salle."], as: .nadia).status == 303)
        let visit = try await test.site.database.read { try VisitQueries.load(id: test.cast.caen.visit, $0) }
        #expect(visit.hostId == nil && visit.signatoryId == nil)
        let ics = await test.get("\(caen)/visite.ics", as: .ana).text
        #expect(ics.contains("STATUS:TENTATIVE") && !ics.contains("STATUS:CONFIRMED"))
        let told = try await test.site.database.read { try $0.count("SELECT count(*) FROM mail WHERE subject LIKE '%ne peut plus accueillir%'") }
        #expect(told == 7)
        #expect(await test.get("\(caen)/groupe", as: .nadia).text.contains("Plus de salle."))
        #expect(await test.post("\(caen)/desistement", ["withdrawal": "Encore."], as: .nadia).status == 422)
        _ = await test.post("\(caen)/objet", ["host": test.cast.organizations["apes"] ?? "", "place": "Caen", "focus": "x", "flagship_initiative": "y"], as: .nadia)
        #expect(await test.get("\(caen)/visite.ics", as: .ana).text.contains("STATUS:CONFIRMED"))
    }
}
