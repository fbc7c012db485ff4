import Formats
import Testing

@testable import Platform

/// Dates, numbers and plurals, as a reader of each language expects them.
struct WordsTests {
    private let french: Words
    private let english: Words

    init() throws {
        let languages = try Share.find().languages
        french = languages[.french]
        english = languages[.english]
    }

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test func `a day is said with its name`() throws {
        #expect(french.day(try day("2026-04-14")) == "mar. 14 avril 2026")
        #expect(english.day(try day("2026-04-14")) == "Tue 14 April 2026")
        #expect(french.date(try day("2026-08-01")) == "1er août 2026")
        #expect(english.date(try day("2026-08-01")) == "1 August 2026")
        #expect(french.day(try day("2026-11-29")) == "dim. 29 novembre 2026")
    }

    @Test(arguments: [
        ("Odile", "d’Odile, qu’Odile"), ("Youssef", "de Youssef, que Youssef"), ("Yves", "d’Yves, qu’Yves"), ("Élise", "d’Élise, qu’Élise"),
        ("ADEPES", "d’ADEPES, qu’ADEPES"), ("Hélène", "de Hélène, que Hélène"), ("« Agir »", "de « Agir », que « Agir »"), ("12", "de 12, que 12"),
        ("", "de , que "),
    ])
    func `de and que are joined to the vowel that follows`(name: String, said: String) {
        let words = Words(language: .french, sentences: ["x": "de {name}, que {name}", "code {name}": "code {name}"])
        #expect(words("x", ["name": name]) == said)
        #expect(words("code {name}", ["name": name]) == "code \(name)")
        #expect(Words(language: .english, sentences: ["x": "de {name}"])("x", ["name": "Odile"]) == "de Odile")
    }

    @Test(arguments: [
        ("2026-04-14", "2026-04-14", "14 avril 2026"), ("2026-04-14", "2026-04-15", "14 et 15 avril 2026"),
        ("2026-04-01", "2026-04-03", "1er–3 avril 2026"), ("2026-04-30", "2026-05-02", "30 avril – 2 mai 2026"),
        ("2026-05-01", "2026-06-02", "1er mai – 2 juin 2026"), ("2026-12-31", "2027-01-01", "31 décembre 2026 – 1er janvier 2027"),
    ])
    func `days in a row are said once`(_ first: String, _ last: String, _ said: String) throws {
        #expect(french.days(try day(first), try day(last)) == said)
    }

    @Test func `a sentence may count several things, each with its form`() {
        let (french, english) = (
            Words(language: .french, sentences: ["k": "{a|jour|jours}, {b|personne|personnes}"]),
            Words(language: .english, sentences: ["k": "{a|day|days}, {b|person|people}"])
        )
        #expect(french("k", ["a": 1, "b": 2]) == "1 jour, 2 personnes")
        #expect(french("k", ["a": "1,5", "b": "0"]) == "1,5 jour, 0 personne")
        #expect(english("k", ["a": "1.5", "b": 1]) == "1.5 days, 1 person")
        #expect(english("k", ["a": 0]) == "0 days, {b}")
    }

    @Test func `a moment is said in the zone of the site, summer and winter`() {
        let winter = Instant(milliseconds: 1_767_265_500_000)
        #expect(winter.rfc3339 == "2026-01-01T11:05:00Z")
        #expect(french.moment(winter) == "1er janvier 2026 à 12\u{A0}h\u{A0}05")
        #expect(english.moment(winter) == "1 January 2026 at 12:05")
        #expect(french.time(winter + .days(182)) == "13\u{A0}h\u{A0}05")
        #expect(french.element(winter).html.contains("datetime=\"2026-01-01T11:05:00Z\""))
    }

    @Test func `numbers are grouped as each language does`() {
        #expect(french.number(1_234_567) == "1\u{202F}234\u{202F}567")
        #expect(english.number(-1_234) == "−1,234")
        #expect(french.number(999) == "999")
        #expect(french.decimal(2.5) == "2,5" && english.decimal(2.5) == "2.5")
        #expect(french.decimal(2.04) == "2" && french.decimal(0.96) == "1")
    }

    @Test func `zero is singular in French, plural in English`() {
        func said(_ words: Words, _ number: Int) -> String { words("platform.todo.count", ["n": number]) }
        #expect(said(french, 0) == "0 chose vous attend." && said(english, 0) == "0 things are waiting for you.")
        #expect(said(french, 1) == "1 chose vous attend." && said(english, 1) == "1 thing is waiting for you.")
        #expect(
            said(french, 2) == "2 choses vous attendent." && said(english, 1_000) == "1,000 things are waiting for you."
        )
    }

    @Test func `lists and quotations follow the language`() {
        #expect(french.list(["a", "b", "c"]) == "a, b et c" && english.list(["a", "b"]) == "a and b")
        #expect(french.list(["a"]) == "a" && french.list([]) == "")
        #expect(french.quoted("mot") == "«\u{A0}mot\u{A0}»" && english.quoted("word") == "“word”")
    }

    @Test func `an argument is never read as a sentence`() {
        let words = Words(language: .french, sentences: ["a": "{x} et {y}"])
        #expect(words("a", ["x": "{y}", "y": "z"]) == "{y} et z")
        #expect(words("a", ["x": "seul"]) == "seul et {y}")
        #expect(words("inconnue") == "inconnue")
    }

    @Test(arguments: [
        (nil, Language.french), ("en-GB,en;q=0.9", .english), ("de, fr;q=0.3, en;q=0.8", .english), ("*", .french),
        ("fr-CA", .french), (";;;=,", .french),
    ])
    func `the browser's wish chooses the language`(_ header: String?, _ language: Language) {
        #expect(Languages.preferred(header) == language)
    }
}
