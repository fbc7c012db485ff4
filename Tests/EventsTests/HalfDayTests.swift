import Formats
import Platform
import Testing

@testable import Events

@Suite struct HalfDayTests {
    private let tuesday = Day(iso: "2026-04-14")!

    @Test func `two days and a half make five half-days`() {
        let row = HalfDay.row(from: tuesday, count: 5)
        #expect(
            row.map(\.value) == ["2026-04-14-am", "2026-04-14-pm", "2026-04-15-am", "2026-04-15-pm", "2026-04-16-am"])
    }

    @Test func `a row may begin in an afternoon`() {
        let row = HalfDay.row(from: tuesday, .afternoon, count: 5)
        #expect(row.first?.value == "2026-04-14-pm")
        #expect(row.last?.value == "2026-04-16-pm")
    }

    @Test func `morning comes before afternoon, and a day before the next`() {
        let mixed = [HalfDay("2026-04-15-am")!, HalfDay("2026-04-14-pm")!, HalfDay("2026-04-14-am")!]
        #expect(mixed.sorted().map(\.value) == ["2026-04-14-am", "2026-04-14-pm", "2026-04-15-am"])
    }

    @Test(arguments: ["", "2026-04-14", "2026-04-31-am", "2026-04-14-noon", "14-04-2026-am"])
    func `what is no half-day is not read as one`(_ value: String) {
        #expect(HalfDay(value) == nil)
    }

    @Test(arguments: [("14:30", "14:30"), ("9h", "09:00"), ("9 h 05", "09:05"), ("23h59", "23:59")])
    func `an hour is read as people write it`(_ typed: String, _ hour: String) {
        #expect(Hour.read(typed) == hour)
    }

    @Test(arguments: ["", "midi", "25:00", "9:75", "1:2:3", "-3"])
    func `what is no hour is refused`(_ typed: String) {
        #expect(Hour.read(typed) == nil)
    }

    @Test func `a date that does not exist is refused with what was typed and the last day of its month`() throws {
        let form = Fields([("first_day", "31/04/2026")])
        let refusal = #expect(throws: DayRefusal.self) { try DayEntry.read(form, "first_day") }
        #expect(refusal?.key == "platform.refusal.dayDoesNotExist")
        #expect(refusal?.arguments["typed"] as? String == "31/04/2026")
        #expect(refusal?.arguments["last"] as? String == "30")
        #expect(refusal?.field == "first_day")
    }

    @Test(arguments: [("", "dayMissing"), ("bientôt", "dayUnreadable"), ("avril 2026", "dayIncomplete"), ("14/04/1926", "dayFarYear")])
    func `each other way not to be a date has its sentence`(_ typed: String, _ key: String) {
        let refusal = #expect(throws: DayRefusal.self) { try DayEntry.required(Fields([("day", typed)]), "day") }
        #expect(refusal?.key == "platform.refusal.\(key)")
    }
}
