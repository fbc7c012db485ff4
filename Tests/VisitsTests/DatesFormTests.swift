import Events
import Formats
import Platform
import Testing

@testable import Visits

@Suite struct DatesFormTests {
    private func form(_ pairs: [(String, String)]) throws -> [String] {
        try DatesForm(Fields(pairs)).halfDays.map(\.value)
    }

    @Test func `two days and a half give five half-days`() throws {
        #expect(try form([("first_day", "14/04/2026"), ("length", "5")]).count == 5)
        #expect(try form([("first_day", "14/04/2026"), ("length", "5-pm")]).first == "2026-04-14-pm")
        #expect(try form([("first_day", "14/04/2026"), ("length", "4")]).last == "2026-04-15-pm")
    }

    @Test func `half-days may be chosen one by one`() throws {
        let chosen = try form([
            ("first_day", "14/04/2026"), ("length", "chosen"), ("half_days", "0-pm"), ("half_days", "2-am"),
        ])
        #expect(chosen == ["2026-04-14-pm", "2026-04-16-am"])
        #expect(throws: VisitRefusal.noHalfDay) { try form([("first_day", "14/04/2026"), ("length", "chosen")]) }
    }

    @Test func `half-days ticked are the choice, unless another length was chosen`() throws {
        let ticked = [("first_day", "14/04/2026"), ("half_days", "0-pm"), ("half_days", "1-am")]
        #expect(try form(ticked + [("length", "4")]) == ["2026-04-14-pm", "2026-04-15-am"], "the length is as it was offered")
        #expect(throws: Refused.self) { try form(ticked + [("length", "5")]) }
        let known = [HalfDay("2026-04-14-pm")!, HalfDay("2026-04-15-am")!]
        #expect(try DatesForm(Fields(ticked + [("length", "5")]), from: known).halfDays.count == 5, "ticked before, and left so")
        #expect(try DatesForm(Fields(ticked + [("length", "none")]), from: known).halfDays.isEmpty)
        #expect(try DatesForm(Fields(ticked + [("length", "5")]), from: HalfDay.row(from: Day(iso: "2026-04-14")!, count: 5)).halfDays == known)
    }

    @Test func `a date that does not exist is refused`() {
        #expect(throws: DayRefusal(.doesNotExist(last: 30), typed: "31/04/2026", field: "first_day")) {
            try form([("first_day", "31/04/2026"), ("length", "4")])
        }
        #expect(throws: DayRefusal(.missing, typed: "", field: "first_day")) { try form([("length", "4")]) }
    }

    @Test func `no dates is a choice`() throws {
        #expect(try form([("length", "none")]).isEmpty)
        #expect(throws: VisitRefusal.unknownChoice(field: "length")) { try form([("first_day", "2026-04-14")]) }
    }

    @Test(arguments: ["4", "5", "5-pm"]) func `the form shows what it saved`(_ length: String) throws {
        let halfDays = try DatesForm(Fields([("first_day", "14/04/2026"), ("length", length)])).halfDays
        #expect(DatesForm.values(halfDays) == Fields([("first_day", "14/04/2026"), ("length", length)]))
    }

    @Test func `the form shows chosen half-days ticked`() throws {
        let fields = Fields([
            ("first_day", "14/04/2026"), ("length", "chosen"), ("half_days", "0-am"), ("half_days", "4-pm"),
        ])
        #expect(try DatesForm.values(DatesForm(fields).halfDays) == fields)
    }
}
