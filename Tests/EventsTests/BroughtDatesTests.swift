import Formats
import Platform
import TestSupport
import Testing

@testable import Events

/// The dates of a calendar file made into half-days: hours, whole days, zones.
@Suite struct BroughtDatesTests {
    private func read(_ lines: [String], on clocks: String = "Europe/Paris") throws -> BroughtDates {
        let file = ["BEGIN:VCALENDAR"] + lines.flatMap { $0 == "-" ? ["END:VEVENT", "BEGIN:VEVENT"] : [$0] }
        var text = file
        text.insert("BEGIN:VEVENT", at: 1)
        return try BroughtDates(Array((text + ["END:VEVENT", "END:VCALENDAR"]).joined(separator: "\r\n").utf8), on: clocks)
    }

    private func days(_ dates: BroughtDates) -> [String] { dates.halfDays.map(\.value) }

    @Test func `hours make mornings and afternoons`() throws {
        #expect(try days(read(["DTSTART:20260518T090000", "DTEND:20260518T120000"])) == ["2026-05-18-am"])
        #expect(try days(read(["DTSTART:20260518T140000", "DTEND:20260519T123000"])) == ["2026-05-18-pm", "2026-05-19-am"])
        #expect(try days(read(["DTSTART:20260518T093000", "DURATION:PT8H"])) == ["2026-05-18-am", "2026-05-18-pm"])
        #expect(try days(read(["DTSTART:20260518T150000"])) == ["2026-05-18-pm"])
        #expect(try days(read(["DTSTART;VALUE=DATE:20260518", "DTEND;VALUE=DATE:20260520"])).count == 4)
        #expect(try days(read(["DTSTART;VALUE=DATE:20260518"])).count == 2)
        #expect(try days(read(["UID:1", "DTSTART:20260518T090000", "DTEND:20260518T120000", "-", "UID:2", "DTSTART:20260519T140000", "DTEND:20260519T170000"])) == ["2026-05-18-am", "2026-05-19-pm"])
    }

    @Test func `zones: the same, another of ours, one that is converted, one that nobody knows`() throws {
        #expect(try read(["DTSTART;TZID=Europe/Paris:20260518T090000"]).zone == .same)
        #expect(try read(["DTSTART;TZID=Romance Standard Time:20260518T090000"]).zone == .same)
        #expect(try read(["DTSTART;TZID=/mozilla.org/20070129_1/Indian/Reunion:20260518T090000"]).zone == .other(.reunion))
        let brussels = try read(["DTSTART;TZID=America/New_York:20260518T050000", "DTEND;TZID=America/New_York:20260518T060000"])
        #expect(brussels.zone == .converted("America/New_York") && brussels.hours?.start == 11 * 60)
        let utc = try read(["DTSTART:20260518T220000Z", "DTEND:20260518T233000Z"], on: "Indian/Reunion")
        #expect(days(utc) == ["2026-05-19-am"] && utc.hours?.start == 120)
        #expect(try read(["DTSTART;TZID=\"Ailleurs: là\":20260518T090000"]).zone == .unknown("Ailleurs: là"))
    }

    @Test func `what the site itself writes is read back as it was`() throws {
        let halfDays = HalfDay.row(from: Day(iso: "2026-04-14")!, count: 4)
        let entries = halfDays.map { half -> CalendarEntry in
            let hours = half.half.usualHours
            return CalendarEntry(
                uid: half.value, sequence: 0, changedAt: Instant(milliseconds: 0), start: LocalTime(half.day, hours.start, zone: "America/Martinique"),
                end: LocalTime(half.day, hours.end, zone: "America/Martinique"), summary: "Visite — Caen ; « deux, trois »")
        }
        let dates = try BroughtDates(CalendarFile("Agenda", entries).bytes, on: "America/Martinique")
        #expect(dates.halfDays == halfDays && dates.zone == .same && dates.summary == "Visite — Caen ; « deux, trois »")
    }
}
