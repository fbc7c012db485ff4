import Formats
import Testing

/// Calendar files: what agendas read. `Tests/Browser/test_calendar.py` has them read by an independent reader.
@Suite struct CalendarTests {
    private func entry(_ summary: String = "Visite", zone: String = "Europe/Paris", day: String = "2026-04-14") -> CalendarEntry {
        let day = Day(iso: day)!
        return CalendarEntry(
            uid: "0190a0f0-1111-7222-8333-444455556666", sequence: 2, changedAt: Instant(milliseconds: 1_770_000_000_000),
            start: LocalTime(day, "09:00", zone: zone), end: LocalTime(day, "12:30", zone: zone), summary: summary)
    }

    private func lines(_ entries: [CalendarEntry]) -> [String] {
        String(decoding: CalendarFile("Agenda", entries).bytes, as: UTF8.self).replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    }

    @Test func `a line never exceeds 75 octets, and no character is cut`() {
        let file = CalendarFile("Agenda", [entry(String(repeating: "é🐝", count: 60))])
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(!text.unicodeScalars.contains("\u{FFFD}"))
        #expect(lines(file.entries).contains { $0 == "SUMMARY:\(String(repeating: "é🐝", count: 60))" })
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    }

    @Test func `what people typed adds no line of its own`() {
        let found = lines([entry("Deux ; trois, quatre \\ cinq\nSTATUS:CANCELLED\u{7}")])
        #expect(found.contains("SUMMARY:Deux \\; trois\\, quatre \\\\ cinq\\nSTATUS:CANCELLED"))
        #expect(found.filter { $0.hasPrefix("STATUS:") } == ["STATUS:CONFIRMED"])
    }

    @Test func `summer time of Paris is in the file, with both changes of the year`() {
        let found = lines([entry()])
        #expect(found.contains("DTSTART;TZID=Europe/Paris:20260414T090000"))
        #expect(found.contains("TZID:Europe/Paris"))
        let starts = found.filter { $0.hasPrefix("DTSTART:") }
        #expect(starts.contains("DTSTART:20260329T020000") && starts.contains("DTSTART:20261025T030000"))
        #expect(found.contains("TZOFFSETTO:+0200") && found.contains("TZOFFSETTO:+0100"))
    }

    @Test(arguments: [
        ("Indian/Reunion", "+0400"), ("America/Guadeloupe", "-0400"), ("America/Cayenne", "-0300"), ("Pacific/Noumea", "+1100"), ("Indian/Mayotte", "+0300"),
        ("Pacific/Tahiti", "-1000"),
    ]) func `an overseas zone has its own clocks and no summer time`(_ zone: String, _ offset: String) {
        let found = lines([entry(zone: zone)])
        #expect(found.contains("DTSTART;TZID=\(zone):20260414T090000"))
        #expect(found.filter { $0.hasPrefix("TZOFFSETTO:") } == ["TZOFFSETTO:\(offset)"])
        #expect(!found.contains("BEGIN:DAYLIGHT"))
    }

    @Test func `each zone is said once, and one that changes its hour otherwise is right too`() {
        let found = lines([entry(zone: "America/Miquelon"), entry(zone: "America/Miquelon", day: "2026-12-01"), entry()])
        #expect(found.filter { $0 == "BEGIN:VTIMEZONE" }.count == 2)
        // Second Sunday of March.
        #expect(found.contains("DTSTART:20260308T020000"))
    }
}
