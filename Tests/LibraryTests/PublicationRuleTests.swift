import Evidence
import Formats
import Testing

@testable import Library
@testable import Texts

@Suite struct PublicationRuleTests {
    private let rule = PublicationRule(requiresSignatory: true, requiredShare: 0.5)
    private let right = PublicationRule.Particulars(
        license: "CC-BY-SA-4.0", authors: ["Le groupe de visite"], territoryId: "caen", notBefore: nil)

    private func instant(_ day: String) -> Instant { Instant(milliseconds: Int64(Day(iso: day)!.daysSinceEpoch) * 86_400_000) }

    private func given(
        _ kind: Answer.Kind = .endorse, publishable: Bool = true, outcome: Validation.Outcome.Kind? = nil, on day: String = "2026-03-01"
    ) -> Validation.Given {
        Validation.Given(
            id: "a", answer: Answer(kind: kind, isExact: true, isPublishable: publishable, text: "", objection: nil, interests: ""),
            answeredAt: instant(day), receivedBy: nil, enteredBy: nil, proof: "", proofFileId: nil,
            outcome: outcome.map {
                Validation.Outcome(
                    outcome: $0, revisionId: nil, reason: "", reply: "", decidedBy: nil, decidedAt: Instant(milliseconds: 0))
            })
    }

    private func validation(
        host: [Validation.Given?], visitors: [Validation.Given?], since: [Revision] = [], isClosed: Bool = false, isReminded: Bool = true,
        deadline: String = "2026-03-20"
    ) -> Validation {
        func person(_ side: Validation.Side, _ number: Int, _ answer: Validation.Given?) -> Validation.Person {
            Validation.Person(
                personId: "\(side)-\(number)", name: "", email: "a@b.c", function: "", organization: nil, side: side,
                isSignatory: side == .host && number == 0, remindedAt: isReminded ? instant("2026-03-17") : nil, answer: answer, earlier: [])
        }
        return Validation(
            request: Validation.Request(
                id: "r", textId: "t", revisionId: "1", revisionHash: "", revisionNumber: 1, deadline: Day(iso: deadline)!, askedBy: nil,
                askedAt: Instant(milliseconds: 0), closedAt: isClosed ? Instant(milliseconds: 1) : nil),
            people: host.enumerated().map { person(.host, $0.offset, $0.element) }
                + visitors.enumerated().map { person(.visitor, $0.offset, $0.element) },
            since: since)
    }

    private func revision(isFormOnly: Bool) -> Revision {
        Revision(
            id: "2", textId: "t", number: 2, parentId: "1", title: "", authorId: nil, createdAt: Instant(milliseconds: 0), summary: "",
            isFormOnly: isFormOnly, hash: "", sections: [])
    }

    /// Subject and reason of what is missing.
    private func missing(
        _ validation: Validation?, _ allowances: [Allowance] = [.given], particulars: PublicationRule.Particulars? = nil,
        rule: PublicationRule? = nil, arbitration: PublicationRule.Arbitration? = nil, today: String = "2026-03-21"
    ) -> [String] {
        (rule ?? self.rule).lines(
            validation, allowances: allowances, particulars ?? right, arbitration: arbitration, today: Day(iso: today)!
        ).filter { !$0.isMet }.map { "\($0.subject).\($0.reason)" }
    }

    private var yes: Validation.Given? { given() }

    @Test func `the host's signatory and half of the visiting group are enough once the deadline is over`() {
        #expect(missing(validation(host: [yes], visitors: [yes, yes, yes, nil, nil])).isEmpty)
        #expect(missing(validation(host: [given(.reservation)], visitors: [yes, given(.reservation), nil, nil])).isEmpty)
    }

    @Test func `before the deadline objections have their time, unless everybody answered`() {
        let some = validation(host: [yes], visitors: [yes, yes, nil])
        #expect(missing(some, today: "2026-03-10") == ["visitors.early"])
        #expect(missing(some, today: "2026-03-20") == ["visitors.early"])
        #expect(missing(some, today: "2026-03-21").isEmpty)
        #expect(missing(validation(host: [yes, nil], visitors: [yes, yes]), today: "2026-03-10") == ["visitors.early"])
        #expect(missing(validation(host: [yes], visitors: [yes, yes]), today: "2026-03-10").isEmpty)
    }

    @Test func `what comes after the deadline does not count, unless the deadline is put off`() {
        let late = given(on: "2026-03-21")
        #expect(missing(validation(host: [late], visitors: [yes])) == ["signatory.late"])
        #expect(missing(validation(host: [yes], visitors: [late, nil])) == ["visitors.few"])
        #expect(missing(validation(host: [late], visitors: [late], deadline: "2026-03-25")).isEmpty)
        #expect(missing(validation(host: [yes], visitors: [yes, given(.object, on: "2026-03-21")])) == ["objections.open"], "never ignored")
    }

    @Test func `the person who signs counts, and no colleague in their place`() {
        #expect(missing(validation(host: [given(publishable: false), yes], visitors: [yes])) == ["signatory.unpublishable"])
        #expect(missing(validation(host: [nil, yes], visitors: [yes])) == ["signatory.silent"])
        #expect(missing(validation(host: [yes, nil], visitors: [yes])).isEmpty)
    }

    @Test func `nothing is published that nobody was asked about`() {
        #expect(missing(nil) == ["asked.never"])
    }

    @Test func `a reopened validation counts no more`() {
        #expect(missing(validation(host: [yes], visitors: [yes], isClosed: true)) == ["asked.reopened"])
    }

    @Test func `a change since asks for a new validation, unless it is one of form`() {
        #expect(missing(validation(host: [yes], visitors: [yes], since: [revision(isFormOnly: false)])) == ["unchanged.changed"])
        #expect(missing(validation(host: [yes], visitors: [yes], since: [revision(isFormOnly: true)])).isEmpty)
        #expect(
            missing(validation(host: [yes], visitors: [yes], since: [revision(isFormOnly: true), revision(isFormOnly: false)]))
                == ["unchanged.changed"])
    }

    @Test func `silence is never a yes, on either side`() {
        #expect(missing(validation(host: [nil], visitors: [yes, yes]), today: "2026-03-20") == ["signatory.waiting", "visitors.early"])
        #expect(missing(validation(host: [nil], visitors: [yes, yes], isReminded: false)) == ["signatory.unreminded"])
        #expect(missing(validation(host: [nil], visitors: [yes, yes]), today: "2026-03-21") == ["signatory.silent"])
        #expect(missing(validation(host: [yes], visitors: [yes, nil, nil]), today: "2026-06-01") == ["visitors.few"])
        #expect(missing(validation(host: [yes], visitors: [nil, nil]), rule: PublicationRule(requiresSignatory: true, requiredShare: 0)).isEmpty)
    }

    @Test func `a text that nobody visited for is never published`() {
        #expect(missing(validation(host: [yes], visitors: [])) == ["visitors.few"])
    }

    @Test func `the team that comes along does not count, and whoever of the group was not asked has not endorsed`() {
        var staff = validation(host: [yes], visitors: [yes])
        staff.people[1].isStaff = true
        #expect(missing(staff) == ["visitors.few"])
        staff.unasked = 5
        #expect(missing(staff) == ["visitors.unasked"])
        var some = validation(host: [yes], visitors: [yes, yes])
        some.unasked = 2
        #expect(missing(some).isEmpty)
        some.unasked = 3
        #expect(missing(some) == ["visitors.unasked"])
    }

    @Test func `half of three is two, half of five is three`() {
        #expect(missing(validation(host: [yes], visitors: [yes, nil, nil])) == ["visitors.few"])
        #expect(missing(validation(host: [yes], visitors: [yes, yes, nil])).isEmpty)
        #expect(missing(validation(host: [yes], visitors: [yes, yes, nil, nil, nil])) == ["visitors.few"])
    }

    @Test func `the steering group decides for a silent host, asked and reminded, after the deadline only`() {
        let decided = PublicationRule.Arbitration(reason: "Trois relances.", decidedAt: instant("2026-03-21"))
        #expect(missing(validation(host: [nil], visitors: [yes]), arbitration: decided, today: "2026-03-20") == ["signatory.waiting", "visitors.early"])
        #expect(missing(validation(host: [nil], visitors: [yes]), arbitration: decided).isEmpty)
        #expect(missing(validation(host: [nil], visitors: [yes], isReminded: false), arbitration: decided) == ["signatory.unreminded"])
        #expect(missing(validation(host: [], visitors: [yes]), arbitration: decided) == ["signatory.nobody"], "a host is asked")
    }

    @Test func `a host that holds a text back cannot silence: a decision taken since, with its reason, meets the line`() {
        let decided = PublicationRule.Arbitration(reason: "L’intérêt général.", decidedAt: instant("2026-03-15"))
        let back = validation(host: [given(publishable: false)], visitors: [yes])
        #expect(missing(back) == ["signatory.unpublishable"])
        #expect(missing(back, arbitration: decided).isEmpty)
        #expect(missing(validation(host: [given(publishable: false, on: "2026-03-16")], visitors: [yes]), arbitration: decided) == ["signatory.unpublishable"])
        let line = rule.lines(back, allowances: [], right, arbitration: decided, today: Day(iso: "2026-03-21")!).first { $0.subject == .signatory }
        #expect(line?.reason == "arbitrated")
    }

    @Test func `an objection that says not publishable blocks until the steering group has decided`() {
        for (outcome, isMet) in [(Validation.Outcome.Kind.changed, false), (.withdrawn, false), (.arbitrated, true)] {
            let host = [given(.object, publishable: false, outcome: outcome) as Validation.Given?]
            #expect(missing(validation(host: host, visitors: [yes])) == (isMet ? [] : ["signatory.unpublishable"]), "\(outcome)")
        }
    }

    @Test func `exact is not publishable: both sides are asked both`() {
        #expect(missing(validation(host: [given(publishable: false)], visitors: [yes])) == ["signatory.unpublishable"])
        #expect(missing(validation(host: [yes], visitors: [given(publishable: false)])) == ["visitors.few"])
    }

    @Test func `each objection has its outcome`() {
        #expect(missing(validation(host: [given(.object)], visitors: [yes])) == ["signatory.objects", "objections.open"])
        #expect(missing(validation(host: [yes], visitors: [yes, given(.object)])) == ["objections.open"])
        for outcome in Validation.Outcome.Kind.allCases {
            #expect(missing(validation(host: [yes], visitors: [yes, given(.object, outcome: outcome)])).isEmpty)
            #expect(missing(validation(host: [given(.object, outcome: outcome)], visitors: [yes])).isEmpty)
        }
    }

    @Test func `every quotation is allowed; a withdrawn one shows a mark and binds nobody`() {
        let enough = validation(host: [yes], visitors: [yes])
        #expect(missing(enough, [.given, .pending, .pending]) == ["quotations.pending"])
        #expect(missing(enough, [.given, .refused]) == ["quotations.refused"])
        #expect(missing(enough, [.given, .withdrawn]).isEmpty)
        #expect(missing(enough, []).isEmpty)
    }

    @Test func `a licence, authors and a territory are asked for, each by its own line`() {
        let enough = validation(host: [yes], visitors: [yes])
        let nothing = PublicationRule.Particulars(license: "", authors: [], territoryId: nil, notBefore: nil)
        #expect(missing(enough, particulars: nothing) == ["license.missing", "authors.missing", "territory.missing"])
    }

    @Test func `a programme may do without the host's signature`() {
        let free = PublicationRule(requiresSignatory: false, requiredShare: 1)
        #expect(missing(validation(host: [nil], visitors: [yes, yes]), rule: free).isEmpty)
        #expect(missing(validation(host: [nil], visitors: [yes, nil]), rule: free) == ["visitors.few"])
    }

    @Test func `more yeses never make a publishable text unpublishable`() {
        let answers: [Validation.Given?] = [nil, given(), given(.reservation), given(publishable: false)]
        for first in answers {
            for second in answers {
                for third in answers {
                    let before = missing(validation(host: [yes], visitors: [first, second, third]))
                    let after = missing(validation(host: [yes], visitors: [yes, second, third]))
                    #expect(!before.isEmpty || after.isEmpty)
                }
            }
        }
    }
}
