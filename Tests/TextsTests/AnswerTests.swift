import Formats
import Platform
import Testing

@testable import Texts

@Suite struct AnswerTests {
    private static let good = ["exact": "yes", "publishable": "yes", "kind": "endorse"]

    private func refusals(_ changes: [String: String]) -> [String] {
        let form = Fields(Self.good.merging(changes) { $1 }.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) })
        do {
            _ = try Answer.read(form, of: .synthesis)
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
        #expect(!Made.validation(host: nil, visitors: [.endorse, .endorse, .endorse, .endorse]).isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        #expect(!Made.validation(host: .endorse, visitors: [.endorse, nil, nil, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        #expect(!Made.validation(host: .endorse, visitors: []).isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        #expect(Made.validation(host: .endorse, visitors: [.endorse, .reservation, nil, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        #expect(!Made.validation(host: .endorse, visitors: [.endorse, .endorse, .object, nil]).isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
    }

    @Test func `while somebody is waited for, nothing is endorsed before the deadline is over`() {
        let some = Made.validation(host: .endorse, visitors: [.endorse, .endorse, nil])
        #expect(!some.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Day(iso: "2026-03-20")!))
        #expect(some.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        let all = Made.validation(host: .endorse, visitors: [.endorse, .endorse])
        #expect(all.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Day(iso: "2026-03-10")!))
    }

    @Test func `an answer after the deadline does not count, nor does a colleague's for the signatory`() {
        var late = Made.validation(host: .endorse, visitors: [.endorse])
        late.people[0].answer?.answeredAt = Instant(milliseconds: Int64(Made.over.daysSinceEpoch) * 86_400_000)
        #expect(!late.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        late.request.deadline = Made.over
        #expect(late.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        var colleague = Made.validation(host: .endorse, visitors: [.endorse])
        colleague.people[0].isSignatory = false
        #expect(!colleague.isEndorsed(requiresSignatory: true, requiredShare: 0.5, on: Made.over))
        #expect(colleague.isEndorsed(requiresSignatory: false, requiredShare: 0.5, on: Made.over))
    }

    @Test func `an objection is said changed only by a change of substance made since, with a reason`() throws {
        var validation = Made.validation(host: .object, visitors: [])
        let objection = try #require(validation.objections.first)
        func revise(isFormOnly: Bool, at moment: Int64) {
            validation.since = [
                Revision(
                    id: "r2", textId: "t", number: 2, parentId: "r1", title: "", authorId: nil,
                    createdAt: Instant(milliseconds: moment), summary: "", isFormOnly: isFormOnly, hash: "", sections: [])
            ]
        }
        #expect(throws: Refused.self) { try validation.settle(objection, as: .changed, reason: "Corrigé.") }
        revise(isFormOnly: true, at: 1)
        #expect(throws: Refused.self) { try validation.settle(objection, as: .changed, reason: "Corrigé.") }
        revise(isFormOnly: false, at: -1)
        #expect(throws: Refused.self) { try validation.settle(objection, as: .changed, reason: "Corrigé.") }
        revise(isFormOnly: false, at: 1)
        #expect(throws: Refused.self) { try validation.settle(objection, as: .changed, reason: " ") }
        try validation.settle(objection, as: .changed, reason: "Corrigé.")
        #expect(throws: Refused.self) { try validation.settle(objection, as: .arbitrated, reason: " ") }
        try validation.settle(objection, as: .arbitrated, reason: "Parce que.")
        #expect(throws: Refused.self) { try validation.admitNew(on: "r2") }
        #expect(throws: Refused.self) { try Made.validation(host: nil, visitors: []).admitNew(on: "r1") }
        try Made.validation(host: nil, visitors: []).admitNew(on: "r2")
    }

    @Test func `the same answer again is news only once it was taken back`() throws {
        var person = try #require(Made.validation(host: .object, visitors: []).signatory)
        let answer = try #require(person.answer?.answer)
        #expect(!person.isNews(answer))
        person.answer?.outcome = Validation.Outcome(
            outcome: .withdrawn, revisionId: nil, reason: "", reply: "", decidedBy: nil, decidedAt: Instant(milliseconds: 1))
        #expect(person.isNews(answer))
    }

    @Test func `a private link works until the first day of the visit, included, or sixty days`() {
        let (today, first) = (Day(iso: "2026-03-02")!, Day(iso: "2026-04-14")!)
        #expect(SheetDoor.lastDay(firstDay: first, today: today) == first)
        #expect(SheetDoor.lastDay(firstDay: Day(iso: "2026-03-01")!, today: today) == Day(iso: "2026-05-01")!)
        #expect(SheetDoor.lastDay(firstDay: nil, today: today) == Day(iso: "2026-05-01")!)
        #expect(SheetLink.lastDay(before: SheetLink.end(of: first)) == first)
    }
}

/// Validations made by hand.
enum Made {
    /// The day after their deadline.
    static let over = Day(iso: "2026-03-21")!

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
            personId: id, name: id, email: nil, function: "", organization: nil, side: side, isSignatory: side == .host, remindedAt: nil, answer: given, earlier: [])
    }
}
