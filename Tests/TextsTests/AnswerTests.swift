import Formats
import Platform
import Testing

@testable import Texts

@Suite struct AnswerTests {
    private static let good = ["exact": "yes", "publishable": "yes", "kind": "endorse"]

    private func refusals(_ changes: [String: String]) -> [String] {
        let form = Fields(Self.good.merging(changes) { $1 }.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) })
        do {
            _ = try Answer.read(form)
            return []
        } catch {
            return (error as? Refusals)?.all.map(\.key) ?? ["\(error)"]
        }
    }

    @Test func `each question has its own answer`() {
        #expect(refusals([:]).isEmpty)
        #expect(refusals(["exact": ""]) == ["texts.refusal.exact"])
        #expect(refusals(["publishable": ""]) == ["texts.refusal.publishable"])
        #expect(refusals(["kind": ""]) == ["texts.refusal.answer"])
        #expect(refusals(["kind": "applaud"]) == ["texts.refusal.answer"])
    }

    @Test func `a reservation and an objection have a text`() {
        #expect(refusals(["kind": "endorse_with_reservation"]) == ["texts.refusal.reason.reservation"])
        #expect(refusals(["kind": "endorse_with_reservation", "text": " \n "]) == ["texts.refusal.reason.reservation"])
        #expect(refusals(["kind": "object", "objection": "harm"]) == ["texts.refusal.reason.objection"])
        #expect(refusals(["kind": "object", "text": "Faux."]) == ["texts.refusal.objectionKind"])
        #expect(refusals(["kind": "object", "text": "Faux.", "objection": "error"]).isEmpty)
    }

    @Test func `nobody endorses without reservation what they find inexact`() {
        #expect(refusals(["exact": "no"]) == ["texts.refusal.endorsedInexact"])
        #expect(refusals(["exact": "no", "kind": "endorse_with_reservation", "text": "Un chiffre."]).isEmpty)
        #expect(refusals(["publishable": "no"]).isEmpty)
    }

    @Test func `silence is never consent`() {
        #expect(!Made.validation(host: nil, visitors: [.endorse, .endorse, .endorse, .endorse]).isEndorsed(requiresSignatory: true, requiredShare: 0.5))
        #expect(!Made.validation(host: .endorse, visitors: [.endorse, nil, nil, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5))
        #expect(!Made.validation(host: .endorse, visitors: []).isEndorsed(requiresSignatory: true, requiredShare: 0.5))
        #expect(Made.validation(host: .endorse, visitors: [.endorse, .reservation, nil, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5))
        #expect(!Made.validation(host: .endorse, visitors: [.endorse, .endorse, .object, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5))
    }

    @Test func `an objection is said changed only when the text has changed, arbitrated only with a reason`() throws {
        let validation = Made.validation(host: .object, visitors: [])
        #expect(throws: Refused.self) { try validation.settle(.changed, reason: "") }
        #expect(throws: Refused.self) { try validation.settle(.arbitrated, reason: " ") }
        try validation.settle(.arbitrated, reason: "Parce que.")
        #expect(throws: Refused.self) { try validation.admitNew(on: "r2") }
        #expect(throws: Refused.self) { try Made.validation(host: nil, visitors: []).admitNew(on: "r1") }
        try Made.validation(host: nil, visitors: []).admitNew(on: "r2")
    }

    @Test func `a link to write the sheet lasts until the visit, or sixty days`() {
        let now = Instant(milliseconds: 1_772_442_000_000)
        let visit = now.day().adding(days: 10)
        #expect(SheetSharing.end(firstDay: visit, now: now).day() == visit.adding(days: 1))
        #expect(SheetSharing.end(firstDay: nil, now: now) == now + .days(60))
        #expect(SheetSharing.end(firstDay: now.day().adding(days: -1), now: now) == now + .days(60))
    }
}

/// Validations made by hand.
enum Made {
    static func validation(host: Answer.Kind?, visitors: [Answer.Kind?]) -> Validation {
        let people = [person("host", .host, host)] + visitors.enumerated().map { person("v\($0)", .visitor, $1) }
        return Validation(
            request: .init(
                id: "q", textId: "t", revisionId: "r1", revisionHash: "", revisionNumber: 1, deadline: Day(iso: "2026-03-20")!,
                askedBy: nil, askedAt: Instant(milliseconds: 0), closedAt: nil), people: people, since: [])
    }

    private static func person(_ id: String, _ side: Validation.Side, _ kind: Answer.Kind?) -> Validation.Person {
        let given = kind.map { kind in
            Validation.Given(
                id: id,
                answer: Answer(
                    kind: kind, isExact: true, isPublishable: true, text: "", objection: kind == .object ? .error : nil, interests: ""),
                answeredAt: Instant(milliseconds: 0), receivedBy: nil, enteredBy: nil, proof: "", proofFileId: nil, outcome: nil)
        }
        return Validation.Person(
            personId: id, name: id, email: nil, function: "", organization: nil, side: side, remindedAt: nil, answer: given, earlier: [])
    }
}
