import Events
import Formats
import Platform
import Testing

@testable import Visits

@Suite struct DelegationTests {
    private func people(_ visitors: Int, staff: Int = 0, host: Int = 0) -> [VisitPerson] {
        func some(_ count: Int, _ role: Role) -> [VisitPerson] {
            (0..<count).map { number in
                VisitPerson(
                    id: "\(role.rawValue)\(number)", name: "\(role.rawValue) \(number)", function: "", hasAccount: true,
                    role: role)
            }
        }
        return some(visitors, .visitor) + some(staff, .staff) + some(host, .host)
    }

    @Test(arguments: [4, 5, 6]) func `four to six visitors need no word`(_ count: Int) {
        #expect(Delegation(people(count), signatoryId: nil).warning == nil)
    }

    @Test func `three are fewer and seven are more`() {
        #expect(Delegation(people(3), signatoryId: nil).warning == .fewer(3))
        #expect(Delegation(people(7), signatoryId: nil).warning == .more(7))
        #expect(Delegation([], signatoryId: nil).warning == nil)
    }

    @Test func `staff count among the people in the room, the host does not`() {
        let delegation = Delegation(people(5, staff: 2, host: 3), signatoryId: "host1")
        #expect(delegation.inTheRoom == 7)
        #expect(delegation.warning == .more(7))
        #expect(Delegation(people(4, staff: 2, host: 3), signatoryId: nil).warning == nil)
        #expect(delegation.signatory?.id == "host1")
    }

    @Test func `the reason given ends the warning of the visit`() {
        var visit = Visit(
            id: "v", programmeId: "p", programmeSlug: "essai", programmeTitle: "Essai", programmeLanguage: .french, slug: "caen", position: 1,
            name: "Caen",
            place: "", hostId: "o", stage: .planned, lengthWritten: "", focus: "", flagshipInitiative: "",
            delegationId: "d",
            circleId: "c", sizeReason: "")
        let seven = Delegation(people(7, staff: 2), signatoryId: nil)
        let today = Day(iso: "2026-03-02")!
        #expect(
            VisitWarning.of(visit, Agenda([]), seven, encounters: [], today: today) == [
                .more(visitors: 7, inTheRoom: 9)
            ])
        visit.sizeReason = "Deux équipes se partagent les rencontres."
        visit.reasonSize = "6/8"
        #expect(!VisitWarning.of(visit, Agenda([]), seven, encounters: [], today: today).isEmpty, "said of another size")
        visit.reasonSize = "7/9"
        #expect(VisitWarning.of(visit, Agenda([]), seven, encounters: [], today: today).isEmpty)
    }

    @Test func `who visits does not also come along`() {
        let wish = GroupWish(Fields([("visitors", "a"), ("visitors", "b"), ("staff", "b"), ("staff", "c")]))
        #expect(wish.visitors == ["a", "b"])
        #expect(wish.staff == ["c"])
    }

    @Test func `the host's people are not in the visiting group`() {
        let now = Delegation(people(0, host: 1), signatoryId: nil)
        let person = Candidate(
            id: "host0", name: "host 0", function: "", organization: nil, visits: 0, isAtHome: false)
        let choices = GroupChoices(visitors: [person], staff: [])
        #expect(throws: VisitRefusal.hostsAlready("host 0")) {
            try GroupWish(Fields([("visitors", "host0")])).check(choices, now)
        }
        #expect(throws: VisitRefusal.unknownChoice(field: "visitors")) {
            try GroupWish(Fields([("visitors", "somebody")])).check(choices, now)
        }
    }
}
