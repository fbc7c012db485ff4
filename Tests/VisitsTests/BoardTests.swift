import Community
import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

@Suite struct BoardTests {
    private let visits = "/programmes/essai/visites"

    @Test func `the board shows every visit, candidates included, and what is missing`() async throws {
        let test = try await TestSite()
        let page = await test.get(visits, as: .ana).text
        for words in [
            "Où en est-on\u{202F}?", "Caen", "Lille", "14 et 15 avril 2026", "Les dates ne sont pas fixées", "5 personnes",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        let officers = await test.get(visits, as: .nadia).text
        #expect(officers.contains("Les dates restent à fixer.") && !officers.contains("c’est à la personne chargée de mission"))
    }

    @Test func `a state is said before what is behind it, and once where there is nothing else to say`() async throws {
        let words = try await TestSite().site.words(.french)
        let marks = ["fait", "5 sur 5"].map { StageMark(.dates, label: "Notes", state: .done, detail: $0, path: nil) }
        let said = StageViews.stages(marks, words).html
        #expect(said.contains("<small>fait</small>") && said.contains("<span class=\"unseen\">fait\u{A0}: </span>5 sur 5</small>"))
    }

    @Test func `a filter by stage is in the address`() async throws {
        let test = try await TestSite()
        let candidates = await test.get("\(visits)?etape=candidate", as: .ana).text
        #expect(candidates.contains("\(visits)/lille\"") && !candidates.contains("\(visits)/caen\""))
        #expect(candidates.contains("aria-current=\"page\">Candidates <b class=\"count\">1</b>"))
        #expect(
            await test.get("\(visits)?etape=published", as: .ana).text.contains("Aucune visite n’en est à cette étape.")
        )
    }

    @Test func `the list is searched, sorted, paged, and taken away as it is shown`() async throws {
        let test = try await TestSite()
        for number in 1...22 {
            let fields = ["name": "Étape \(number)", "place": number == 7 ? "Saint-Étienne" : "Ailleurs", "first_day": ""]
            #expect(await test.post(visits, fields, as: .nadia).status == 303)
        }
        let first = await test.get(visits, as: .ana).text
        #expect(first.contains("Étape 18<") && !first.contains("Étape 19<"))
        #expect(await test.get("\(visits)?page=2", as: .ana).text.contains("Étape 22<"))
        let found = await test.get("\(visits)?q=saint-etienne", as: .ana).text
        #expect(found.contains("Étape 7<") && !found.contains("Étape 8<"))
        #expect(await test.get("\(visits)?q=nulle+part", as: .ana).text.contains("Aucune visite ne correspond"))
        let file = await test.get("\(visits)/export?q=saint-etienne", as: .ana).text
        #expect(file.contains("Étape 7") && !file.contains("Étape 8"))
        let places = BoardWish(Fields([("tri", "date")]))
        let board = try await test.site.database.read { reader in
            let all = try VisitQueries.all(ids: [test.cast.caen.visit, test.cast.lille.visit], reader)
            let day = HalfDay.row(from: Day(iso: "2026-03-10")!, count: 4).map { Slot(id: $0.value, eventId: all[1].id, $0) }
            return Board(lines: [
                Board.Line(visit: all[0], agenda: Agenda([]), marks: []), Board.Line(visit: all[1], agenda: Agenda(day), marks: []),
            ])
        }
        #expect(places.lines(of: board).map(\.visit.slug) == ["lille", "caen"])
    }

    @Test func `a length that was written is not shown as a date`() async throws {
        let test = try await TestSite()
        #expect(await !test.get(visits, as: .ana).text.contains("2 jours"))
    }

    @Test func `without any visit the page teaches`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.emptied", by: .site) { change in
            for visit in [test.cast.caen.visit, test.cast.lille.visit] { try change.withdraw(visit) }
            try change.trace("programme", test.cast.programme)
        }
        let page = await test.get(visits, as: .nadia).text
        #expect(page.contains("Ajouter la première visite"))
        #expect(!(await test.get(visits, as: .ana).text.contains("Ajouter la première visite")))
        #expect(await test.get(visits, as: .paul).status == 404)
    }

    @Test func `the marks say whose move it is`() async throws {
        let test = try await TestSite()
        let words = test.site.words(.french)
        let visit = try await test.site.database.read { try VisitQueries.load(id: test.cast.lille.visit, $0) }
        let today = Day(iso: "2026-03-02")!
        let soon = Agenda(
            HalfDay.row(from: Day(iso: "2026-03-10")!, count: 4).map { Slot(id: $0.value, eventId: visit.id, $0) })
        let later = Agenda(
            HalfDay.row(from: Day(iso: "2026-05-10")!, count: 4).map { Slot(id: $0.value, eventId: visit.id, $0) })
        #expect(VisitMarks.dates(visit, Agenda([]), today, words, mayManage: true).state == .now)
        #expect(VisitMarks.dates(visit, soon, today, words, mayManage: true).state == .done)
        #expect(VisitMarks.dates(visit, soon, Day(iso: "2026-03-12")!, words, mayManage: true).state == .late)
        #expect(VisitMarks.group(visit, 0, Agenda([]), today, words, mayManage: true).state == .todo)
        #expect(VisitMarks.group(visit, 2, later, today, words, mayManage: true).state == .now)
        #expect(VisitMarks.group(visit, 2, soon, today, words, mayManage: true).state == .late)
        #expect(
            VisitMarks.group(visit, 2, later, today, words, mayManage: true).missing?.contains("au moins 2 personnes")
                == true)
        #expect(VisitMarks.group(visit, 4, soon, today, words, mayManage: true).state == .done)
    }

    @Test func `a stage reached later is traced once and never lost`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        try await test.site.amend(as: "test.advanced", by: .site) { change in
            try VisitStage.advance(visit, to: .validated, in: change)
            try VisitStage.advance(visit, to: .writtenUp, in: change)
            try VisitStage.advance(visit, to: .validated, in: change)
        }
        let (stage, actions) = try await test.site.database.read { reader in
            (
                try VisitQueries.load(id: visit, reader).stage,
                try reader.texts("SELECT action FROM audit WHERE object_id = \(visit)")
            )
        }
        #expect(stage == .validated)
        #expect(actions == ["visit.validated"])
    }
}
