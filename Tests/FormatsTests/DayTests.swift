import Formats
import Foundation
import Testing

struct DayTests {
    @Test(arguments: [
        "2021-04-30", " 30/04/2021 ", "30.04.2021", "30-04-2021", "30 avril 2021", "30 AVRIL 2021", "30 avr. 2021",
        "vendredi 30 avril 2021", "30/4/2021", "30 April 2021", "30\u{A0}avril\u{202F}2021", "Friday, 30 April 2021",
    ])
    func `a day is read as people type it`(typed: String) throws {
        #expect(try Day.read(typed).get() == Day(year: 2021, month: 4, day: 30))
    }

    @Test(arguments: ["1er mai 2022", "01/05/2022", "2022-5-1", "1er mai 2022."])
    func `the first of the month too`(typed: String) {
        let expected: Result<Day, Day.Problem> =
            typed.hasSuffix(".") ? .failure(.notADate) : .success(Day(iso: "2022-05-01") ?? Day(daysSinceEpoch: 0))
        #expect(Day.read(typed) == expected)
    }

    @Test(arguments: ["avril 2021", "2021", "04/2021", "2021-04", "août 2020"])
    func `a month or a year alone is incomplete`(typed: String) {
        #expect(Day.read(typed) == .failure(.incomplete))
    }

    @Test func `a day that the calendar does not have is told with the last one of its month`() {
        #expect(Day.read("31/04/2021") == .failure(.doesNotExist(day: 31, month: 4, year: 2021, lastDay: 30)))
        #expect(Day.read("29 février 2021") == .failure(.doesNotExist(day: 29, month: 2, year: 2021, lastDay: 28)))
        #expect(Day.read("30/02/2024") == .failure(.doesNotExist(day: 30, month: 2, year: 2024, lastDay: 29)))
        #expect(Day.read("2021-01-00") == .failure(.doesNotExist(day: 0, month: 1, year: 2021, lastDay: 31)))
    }

    @Test(arguments: [
        "", "bientôt", "30/13/2021", "30/04/21", "30 avril", "2021-04-30T10:00", "30/04/2021/1", "٣٠/٠٤/٢٠٢١", "//",
        "---",
        "30 avril 0000", "+1/04/2021", "lundi", "lundi avril 2021 30",
    ])
    func `the rest is not a date`(typed: String) {
        #expect(Day.read(typed) == .failure(.notADate))
    }

    @Test(arguments: [
        "2021-02-29", "2021-13-01", "2021-1-01", "0000-01-01", "21-01-01", "2021-01-01 ", "２021-01-0", "2021/01/01",
    ])
    func `a text that is not exactly ISO is no day`(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test func `days follow one another through four hundred years`() throws {
        var day = try #require(Day(iso: "1799-12-31"))
        let last = try #require(Day(iso: "2200-01-01"))
        var count = day.daysSinceEpoch
        var weekday = 2
        while day < last {
            #expect(day.daysSinceEpoch == count && Day(iso: day.iso) == day && day.weekday == weekday)
            day = day.adding(days: 1)
            count += 1
            weekday = weekday % 7 + 1
        }
        #expect(day == last)
    }

    @Test func `known days fall where they do`() throws {
        let launch = try #require(Day(iso: "2026-11-23"))
        #expect(launch.weekday == 1)
        #expect(launch.daysSinceEpoch == 20_780)
        #expect(Day(daysSinceEpoch: 0).iso == "1970-01-01")
        #expect(launch.days(until: launch.adding(days: -40)) == -40)
        #expect(launch.adding(days: .max).iso == "9999-12-31")
        #expect(Day(daysSinceEpoch: .min).iso == "0001-01-01")
        #expect(Day(year: 2024, month: 2, day: 29)?.adding(days: 366).iso == "2025-03-01")
    }

    @Test func `a day is kept as its ISO text`() throws {
        let day = try #require(Day(iso: "2026-04-14"))
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == "[\"2026-04-14\"]")
        #expect(try JSONDecoder().decode([Day].self, from: Data("[\"2026-04-14\"]".utf8)) == [day])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data("[\"2026-04-31\"]".utf8))
        }
    }
}
