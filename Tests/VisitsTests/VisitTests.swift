import Events
import Formats
import Platform
import Testing

@testable import Visits

@Suite struct VisitTests {
    private let today = Day(iso: "2026-03-02")!

    private func visit(_ stage: VisitStage = .candidate, focus: String = "") -> Visit {
        Visit(
            id: "v", programmeId: "p", programmeSlug: "essai", programmeTitle: "Essai", programmeLanguage: .french, slug: "caen", position: 1,
            name: "Caen",
            place: "Caen", hostId: "o", hostName: "ARDES", stage: stage, lengthWritten: "", focus: focus,
            flagshipInitiative: "", delegationId: "d", circleId: "c", sizeReason: "")
    }

    private func agenda(_ first: String, _ count: Int = 4) -> Agenda {
        Agenda(HalfDay.row(from: Day(iso: first)!, count: count).map { Slot(id: $0.value, eventId: "v", $0) })
    }

    @Test func `a visit is not completed before its last day`() {
        var visit = visit(.prepared)
        let last = Day(iso: "2026-04-15")!
        #expect(throws: VisitRefusal.notYet(last)) {
            try visit.complete(agenda("2026-04-14"), on: Day(iso: "2026-04-14")!)
        }
        #expect(visit.stage == .prepared)
    }

    @Test func `a visit is completed from its last day on`() throws {
        var visit = visit(.planned)
        try visit.complete(agenda("2026-04-14"), on: Day(iso: "2026-04-15")!)
        #expect(visit.stage == .held)
        #expect(throws: VisitRefusal.alreadyHeld) {
            try visit.complete(agenda("2026-04-14"), on: Day(iso: "2026-04-16")!)
        }
    }

    @Test func `a visit without dates is not completed`() {
        var visit = visit()
        #expect(throws: VisitRefusal.noDates) { try visit.complete(Agenda([]), on: today) }
    }

    @Test func `dates need at least one half-day and at most seven days`() {
        #expect(throws: VisitRefusal.noHalfDay) { try visit().plan([], today: today) }
        #expect(throws: VisitRefusal.tooLong) { try visit().plan(HalfDay.row(from: today, count: 15), today: today) }
    }

    @Test func `what took place is not put off`() throws {
        var held = visit(.held)
        let later = HalfDay.row(from: today.adding(days: 3), count: 4)
        #expect(throws: VisitRefusal.alreadyHeld) { try held.plan(later, today: today) }
        #expect(throws: VisitRefusal.alreadyHeld) { try held.postpone() }
        try held.plan(HalfDay.row(from: today.adding(days: -5), count: 4), today: today)
    }

    @Test func `once its synthesis is written, a visit does not move, and why is said`() {
        let later = HalfDay.row(from: today.adding(days: 300), count: 4)
        #expect(throws: VisitRefusal.written(.published)) { try visit(.published).plan(later, today: today) }
        #expect(throws: VisitRefusal.written(.validated)) { try visit(.validated).plan(later, today: today) }
        #expect(VisitRefusal.written(.published).key == "visits.refusal.published" && VisitRefusal.written(.validated).key == "visits.refusal.written")
    }

    @Test func `without dates any more a visit is a candidate again`() throws {
        var visit = visit(.prepared)
        try visit.postpone()
        #expect(visit.stage == .candidate)
    }

    @Test(arguments: [
        (false, false, "", VisitStage.candidate), (true, false, "", .planned), (true, true, "", .planned),
        (true, false, "L’emploi", .planned), (true, true, "L’emploi", .prepared), (false, true, "L’emploi", .candidate),
    ])
    func `a visit is planned by its dates and prepared by its group and focus`(
        _ hasDates: Bool, _ hasGroup: Bool, _ focus: String, _ stage: VisitStage
    ) {
        var visit = visit(focus: focus)
        visit.settle(hasDates: hasDates, hasGroup: hasGroup)
        #expect(visit.stage == stage)
    }

    @Test func `a visit announced in the file without date stays announced`() {
        var visit = visit(.planned)
        visit.settle(hasDates: false, hasGroup: false)
        #expect(visit.stage == .planned)
    }

    @Test func `a visit that took place only goes on`() {
        var visit = visit(.validated)
        visit.settle(hasDates: false, hasGroup: false)
        #expect(visit.stage == .validated)
    }

    @Test func `stages come one after the other`() {
        #expect(VisitStage.allCases.sorted() == VisitStage.allCases)
        #expect(VisitStage.candidate < .published)
    }

    @Test func `a visit without host, in the past or far away is warned about`() {
        var visit = visit(.planned)
        let nobody = Delegation([], signatoryId: nil)
        #expect(VisitWarning.of(visit, agenda("2026-04-14"), nobody, encounters: [], today: today).isEmpty)
        visit.hostId = nil
        #expect(VisitWarning.of(visit, Agenda([]), nobody, encounters: [], today: today) == [.noHost])
        visit.hostId = "o"
        #expect(VisitWarning.of(visit, agenda("2025-04-14"), nobody, encounters: [], today: today) == [.past])
        #expect(VisitWarning.of(visit, agenda("2029-04-14"), nobody, encounters: [], today: today) == [.farAway])
    }
}
