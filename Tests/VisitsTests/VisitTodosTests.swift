import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// « À faire » says what the board says is this person's, and whom it is time to write to again.
@Suite struct VisitTodosTests {
    private let caen = "/programmes/essai/visites/caen"
    private let today = Day(iso: "2026-03-02")!

    private func agenda(in days: Int) -> Agenda {
        Agenda(HalfDay.row(from: today.adding(days: days), count: 4).map { Slot(id: $0.value, eventId: "v", $0) })
    }

    @Test func `what prepares a visit is its officer's to do, as its page and the board say it`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-01")!)
        func todos(_ name: Cast.Name) async -> String { await test.get("/a-faire", as: name).text }
        let asked = ["Inviter le groupe de visite de «\u{A0}Caen\u{A0}»", "Prévoir les rencontres de «\u{A0}Caen\u{A0}»", "Relancer ARDES\u{A0}: Fiche (Caen)"]
        let officers = await todos(.nadia)
        for words in asked + ["«\u{A0}Caen\u{A0}»\u{A0}: 3 choses à faire"] { #expect(officers.contains(words), "\(words)") }
        for name in [Cast.Name.ana, .iris, .yann] {
            let others = await todos(name)
            #expect(asked.allSatisfy { !others.contains($0) }, "\(name)")
        }
        for path in [caen, "/programmes/essai/visites"] {
            let page = await test.get(path, as: .nadia).text
            for words in ["5 personnes du groupe de visite ne sont pas encore invitées.", "3 demi-journées sur 4 sont sans rencontre."] {
                #expect(page.contains(words), "\(path) \(words)")
            }
        }
        #expect(await test.get("/programmes/essai/avancement", as: .nadia).text.contains("id=\"visite-caen\""))
        #expect(await test.post("\(caen)/invitations", as: .nadia).status == 303)
        #expect(await !todos(.nadia).contains(asked[0]))
        #expect(await test.get(caen, as: .nadia).text.contains("5 personnes invitées"))
    }

    @Test func `far ahead nothing but the group is asked for, and once the days have passed that it took place`() async throws {
        let far = try await TestSite()
        #expect(await !far.get("/a-faire", as: .nadia).text.contains("Caen"), "forty-three days before")
        let over = try await TestSite(on: Day(iso: "2026-04-20")!)
        let page = await over.get("/a-faire", as: .nadia).text
        #expect(page.contains("Noter que «\u{A0}Caen\u{A0}» a eu lieu") && !page.contains("Relancer") && !page.contains("Prévoir les rencontres"))
        _ = await over.post("\(caen)/tenue", as: .nadia)
        for name in [Cast.Name.nadia, .iris] {
            #expect(await over.get("/a-faire", as: name).text.contains("Écrire la synthèse de «\u{A0}Caen\u{A0}»"), "\(name)")
        }
        #expect(await !over.get("/a-faire", as: .nadia).text.contains("Relancer chaque personne du groupe"), "the notes are due on the 29th")
        over.clock.move(to: Day(iso: "2026-04-26")!)
        try await over.renewSessions()
        #expect(await over.get("/a-faire", as: .nadia).text.contains("Relancer chaque personne du groupe\u{A0}: Notes (Caen)"))
    }

    @Test func `a reminder is due three days before the day that was given; what follows the visit, once it is over`() {
        func cell(_ stage: StageMark.Stage) -> VisitProgress.Cell {
            VisitProgress.cell(stage, [StageMark(.stage(stage), label: "x", state: .now, detail: "")], due: stage.due(agenda(in: 30)), today: today)
        }
        let (first, all) = (today.adding(days: 30), agenda(in: 30))
        #expect(!cell(.sheet).isToRemind(all, on: first.adding(days: -18)) && cell(.sheet).isToRemind(all, on: first.adding(days: -17)))
        #expect(!cell(.attendance).isToRemind(all, on: first.adding(days: 1)) && cell(.attendance).isToRemind(all, on: first.adding(days: 2)))
        #expect(!cell(.notes).isToRemind(all, on: first.adding(days: 11)) && cell(.notes).isToRemind(all, on: first.adding(days: 12)))
    }

    @Test func `meetings are asked for six weeks before, half-day by half-day, but those free on purpose`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-01")!)
        let words = test.site.words(.french)
        let visit = try await test.site.database.read { try VisitQueries.load(id: test.cast.caen.visit, $0) }
        func mark(_ days: Int, taken: Int = 1) -> StageMark {
            let agenda = agenda(in: days)
            return MeetingsMark.mark(visit, agenda, Set(agenda.slots.prefix(taken).map(\.id)), today, words, mayManage: true)
        }
        #expect([43, 42, 14, 13, -5].map { mark($0).state } == [.todo, .now, .now, .late, .skipped])
        #expect(mark(20).detail == "3 demi-journées sur 4 sans rencontre" && mark(50).missing == nil)
        #expect(mark(20, taken: 4).state == .done && mark(20, taken: 4).detail == "4 demi-journées prévues")
        let half = "\(caen)/demi-journees/\(test.cast.caen.slots[2])"
        #expect(await test.post(half, ["theme": "En train", "is_free": "1", "starts_at": "", "ends_at": ""], as: .nadia).status == 303)
        #expect(await test.get(half, as: .nadia).text.contains("name=\"is_free\" value=\"1\" checked"))
        #expect(await test.get(caen, as: .nadia).text.contains("2 demi-journées sur 4 sont sans rencontre."))
        // The pattern ends with the collective review, where nobody else is met.
        _ = await test.post("\(caen)/trame", as: .nadia)
        #expect(await test.get(caen, as: .nadia).text.contains("1 demi-journée sur 4 est sans rencontre."))
    }

    @Test func `who is in several programmes is told which`() async throws {
        let test = try await TestSite()
        func lille() async -> Bool { await test.get("/a-faire", as: .nadia).text.contains("<p class=\"meta\">Essai") }
        func index(_ id: String, _ title: String, _ path: String) async throws {
            try await test.site.amend(as: "test.indexed", by: .site) { change in
                try change.index(SearchDocument("programme", id, programme: test.cast.programme, title: title, body: "", path: path, language: .french))
                change.leaveAsItIs()
            }
        }
        try await index(test.cast.programme, "Essai", "/programmes/essai")
        #expect(await !lille())
        try await index(test.cast.lille.delegation, "Ailleurs", "/programmes/ailleurs")
        #expect(await lille())
    }
}
