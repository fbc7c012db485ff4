import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// « Où en est-on ? » for the cycle: nine stages a visit, what is late, whose move it is, one button.
@Suite struct ProgressTests {
    private let base = "/programmes/essai/avancement"
    private let today = Day(iso: "2026-05-20")!

    private func mark(_ state: StageMark.State, _ stage: StageMark.Stage, _ people: [String] = []) -> StageMark {
        StageMark(.stage(stage), label: "x", state: state, detail: state.rawValue).waiting(for: people)
    }

    @Test func `marks of one stage are one cell: the furthest behind says its state, the day makes it late`() {
        let due = Day(iso: "2026-05-10")!
        #expect(VisitProgress.cell(.sheet, [mark(.done, .sheet), mark(.now, .sheet, ["a"])], due: due, today: today).state == .late)
        #expect(VisitProgress.cell(.sheet, [mark(.done, .sheet), mark(.now, .sheet, ["a"])], due: due, today: today).waitsFor == ["a"])
        #expect(VisitProgress.cell(.sheet, [mark(.now, .sheet)], due: today, today: today).state == .now)
        #expect(VisitProgress.cell(.sheet, [mark(.done, .sheet)], due: due, today: today).state == .done)
        #expect(VisitProgress.cell(.grid, [], due: due, today: today).state == nil)
    }

    @Test func `a stage is due on the day that people were given`() {
        let (usual, given) = (Day(iso: "2026-05-10")!, Day(iso: "2026-05-25")!)
        let asked = mark(.now, .minutes).waiting(for: ["a"], until: given)
        #expect(VisitProgress.cell(.minutes, [asked], due: usual, today: today).due == given)
        #expect(VisitProgress.cell(.minutes, [asked], due: usual, today: today).state == .now)
        #expect(VisitProgress.cell(.minutes, [asked], due: usual, today: Day(iso: "2026-05-26")!).state == .late)
    }

    @Test func `only whoever lacks a signature is reminded, and nobody once all signed`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let (visit, slots) = (test.cast.caen.visit, Array(test.cast.caen.slots.prefix(2)))
        let people = try await test.site.database.read {
            try $0.texts(
                """
                SELECT DISTINCT person_id FROM membership JOIN visit ON visit.circle_id = scope_id
                WHERE visit.id = \(visit) AND until IS NULL AND role IN ('visitor', 'staff') AND person_id <> \(test.cast[.ana])
                """)
        }
        func sign(_ people: [String]) async throws {
            try await test.site.database.write { writer in
                for (slot, person) in slots.flatMap({ slot in people.map { (slot, $0) } }) {
                    try writer.run(
                        "INSERT INTO signature (id, event_id, slot_id, person_id, signed_at, means) VALUES (\(slot + person), \(visit), \(slot), \(person), 1, 'self')")
                }
            }
        }
        try await sign(people)
        #expect(await test.post("/programmes/essai/visites/caen/relances/attendance", as: .nadia).status == 303)
        let told = try await test.site.database.read { try $0.texts("SELECT body FROM mail WHERE subject LIKE 'Caen%'") }
        #expect(told.count == 1 && told[0].contains("Bonjour Ana") && told[0].contains("Elle est attendue pour le"))
        try await sign([test.cast[.ana]])
        let page = await test.get(base, as: .nadia).text
        #expect(!page.contains("caen/relances/attendance") && !page.contains("Il manque 0 signature"))
        #expect(await test.post("/programmes/essai/visites/caen/relances/attendance", as: .nadia).status == 422)
    }

    @Test func `the marks of a visit come in one order: its dates, the nine stages, what reached the commons`() async throws {
        let test = try await TestSite()
        let page = await test.get("/programmes/essai/visites/caen", as: .nadia).text
        let words = test.site.words(.french)
        let labels = [
            "visits.mark.dates", "texts.mark.sheet", "texts.mark.sending", "inquiries.mark.label", "visits.mark.group", "visits.mark.attendance",
            "texts.mark.minutes", "notes.stage.notes", "notes.stage.impressions", "reviews.mark.label", "texts.mark.synthesis", "texts.mark.validation",
            "library.mark.label",
        ].map { words($0) }
        let list = try #require(page.firstRange(of: "<ol class=\"stages\">"))
        let shown = page[list.lowerBound...].replacing("</a>", with: "")
        let places = labels.compactMap { shown.firstRange(of: ">\($0) <small>")?.lowerBound }
        #expect(places.count >= 12 && places == places.sorted())
    }

    @Test func `people come before what is written for them, whatever the order of the stages`() {
        #expect([mark(.now, .sheet), mark(.now, .delegation)].next?.stage == .delegation)
        #expect([mark(.now, .sheet), mark(.now, .delegation), mark(.late, .review)].next?.stage == .review)
        #expect([mark(.now, .minutes), mark(.now, .synthesis)].next?.stage == .synthesis)
    }

    @Test func `every stage is due before, at the end or after the visit, and never without dates`() {
        let agenda = Agenda(HalfDay.row(from: Day(iso: "2026-04-14")!, count: 4).map { Slot(id: $0.value, eventId: "v", $0) })
        let days = StageMark.Stage.allCases.compactMap { $0.due(agenda) }
        #expect(days.count == 9)
        #expect(StageMark.Stage.sheet.due(agenda) == Day(iso: "2026-03-31") && StageMark.Stage.notes.due(agenda) == Day(iso: "2026-04-29"))
        #expect(StageMark.Stage.allCases.allSatisfy { $0.due(Agenda([])) == nil })
    }

    @Test func `the cycle says what is late and whose move it is, and a button writes to them once a day`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-05-20")!)
        _ = await test.post("/programmes/essai/visites/caen/tenue", as: .nadia)
        let page = await test.get(base, as: .nadia).text
        #expect(page.contains("2 visites\u{A0}: 1 faite"))
        #expect(page.contains("/programmes/essai/visites/caen/relances/sheet") && page.contains("en retard"))
        #expect(page.contains("<strong><a href=\"/programmes/essai/visites/lille/dates\">Dates</a></strong> Les dates restent à fixer."), "what holds back the rest")
        #expect(page.contains("Notes · 0 sur 5"), "which part of a stage is behind")
        #expect(await !test.get(base, as: .ana).text.contains("/relances/"))
        #expect(await test.get(base, as: .stranger).status == 404)
        #expect(await test.post("/programmes/essai/visites/caen/relances/notes", as: .nadia).status == 303)
        let told = try await test.site.database.read { try $0.count("SELECT count(*) FROM mail WHERE subject LIKE 'Caen%Notes%'") }
        #expect(told == 5)
        let late = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE subject LIKE 'Caen%Notes%' LIMIT 1") ?? "" }
        #expect(late.contains("Elle était attendue pour le"))
        let again = await test.post("/programmes/essai/visites/caen/relances/notes", as: .hugo)
        #expect(again.status == 422 && again.text.contains("Personne à qui écrire"))
        #expect(await test.post("/programmes/essai/visites/caen/relances/delegation", as: .nadia).status == 422)
        #expect(await test.post("/programmes/essai/visites/caen/relances/ailleurs", as: .nadia).status == 404)
    }

    @Test func `the state for the committee is one page, to print and to take`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-05-20")!)
        let page = await test.get("\(base)/etat", as: .maud).text
        for words in ["État du cycle de visites", "Émargement", "Caen", "en retard"] { #expect(page.contains(words), "\(words)") }
        #expect(await test.get("\(base)/export", as: .maud).text.contains("Caen"))
        let pdf = await test.get("\(base)/etat.pdf", as: .maud)
        #expect(pdf.status == (test.site.typst == nil ? 404 : 200))
    }

    @Test func `the timeline is a drawing, a sentence and a table of the same things`() async throws {
        let test = try await TestSite()
        _ = await test.post("/programmes/essai/seminaires", ["title": "Mi-parcours", "first_day": "12/05/2026", "length": "one", "mode": "remote"], as: .nadia)
        let page = await test.get("/programmes/essai/calendrier", as: .ana).text
        #expect(page.contains("Du 14 avril 2026 au 12 mai 2026, 2 rendez-vous ont leurs dates\u{A0}; passés\u{A0}: 0."))
        #expect(page.contains("Le prochain est Caen, 14 et 15 avril 2026.") && page.contains("1 autre attend ses dates."))
        #expect(page.contains("<svg class=\"timeline\"") && page.contains("<th scope=\"row\"><a href=\"/programmes/essai/visites/caen\">Caen</a></th>"))
        #expect(await test.get("/programmes/essai/calendrier", as: .yann).text.contains("Caen"))
        #expect(await !test.get("/programmes/essai/calendrier", as: .yann).text.contains("Mi-parcours"))
    }

    @Test func `what is under way is said so from its first day to its last`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-13")!)
        func page() async -> String { await test.get("/programmes/essai/calendrier", as: .ana).text }
        #expect(await page().contains("<td>à venir</td>"))
        for day in ["2026-04-14", "2026-04-15"] {
            test.clock.move(to: Day(iso: day)!)
            try await test.renewSessions()
            let shown = await page()
            #expect(shown.contains("<td>en cours</td>") && shown.contains("En ce moment\u{A0}: Caen") && !shown.contains("Le prochain est"), "\(day)")
        }
        test.clock.move(to: Day(iso: "2026-04-16")!)
        try await test.renewSessions()
        #expect(await page().contains("<td>passé</td>"))
    }

    @Test func `a timeline begins with a month and holds today`() {
        func item(_ first: String, _ last: String) -> Timeline.Item {
            Timeline.Item(label: "x", path: "", kind: .visit, first: Day(iso: first)!, last: Day(iso: last)!, isPast: false, isCancelled: false)
        }
        let timeline = Timeline(items: [item("2026-06-14", "2026-06-15"), item("2026-12-02", "2026-12-03")], undated: [], today: today)
        #expect(timeline.span?.first == Day(iso: "2026-05-01") && timeline.span?.last == Day(iso: "2027-01-01"))
        #expect(timeline.months.count == 8)
        #expect(Timeline(items: [], undated: [], today: today).span == nil)
    }
}
