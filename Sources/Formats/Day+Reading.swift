extension Day {
    /// Why a typed text is not a day.
    public enum Problem: Error, Sendable, Hashable {
        /// Nothing in it reads as a date.
        case notADate
        /// A month or a year without its day (« avril 2021 », `2021-04`).
        case incomplete
        /// A date the calendar does not have (« 31/04/2021 »); `lastDay` is the last one of that month.
        case doesNotExist(day: Int, month: Int, year: Int, lastDay: Int)
    }

    /// The day that a person typed: `2021-04-30`, `30/04/2021`, `30.04.2021`, `30-04-2021`, « 30 avril 2021 »,
    /// « vendredi 1er avr. 2022 », “30 April 2021”. Two-figure years are refused: nothing is guessed.
    public static func read(_ typed: String) -> Result<Day, Problem> {
        let pieces = French.fold(typed).split {
            " \u{A0}\u{202F}\t\n,".unicodeScalars.contains($0.unicodeScalars.first!)
        }
        var parts = pieces.count > 1 ? pieces : pieces.flatMap { $0.split(separator: "/") }
        if parts.count == 1 { parts = parts[0].split(separator: ".", omittingEmptySubsequences: false) }
        if parts.count == 1 { parts = parts[0].split(separator: "-", omittingEmptySubsequences: false) }
        if parts.count > 1, weekdays.contains(bare(parts[0])) { parts.removeFirst() }
        switch parts.count {
        case 3 where parts[0].utf8.count == 4:
            return day(parts[2], monthNumber(parts[1]), parts[0])
        case 3:
            return day(parts[0], monthNumber(parts[1]), parts[2])
        case 2 where yearNumber(parts[1]) != nil && monthNumber(parts[0]) != nil,
            2 where yearNumber(parts[0]) != nil && monthNumber(parts[1]) != nil,
            1 where yearNumber(parts[0]) != nil:
            return .failure(.incomplete)
        default:
            return .failure(.notADate)
        }
    }

    private static func day(_ day: Substring, _ month: Int?, _ year: Substring) -> Result<Day, Problem> {
        let figures = day.hasSuffix("er") ? day.dropLast(2) : day
        guard let month, (1...12).contains(month), let year = yearNumber(year), let number = number(figures) else {
            return .failure(.notADate)
        }
        guard let result = Day(year: year, month: month, day: number) else {
            let lastDay = length(ofMonth: month, in: year)
            return .failure(.doesNotExist(day: number, month: month, year: year, lastDay: lastDay))
        }
        return .success(result)
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func yearNumber(_ text: Substring) -> Int? {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text).flatMap { $0 > 0 ? $0 : nil }
    }

    private static func monthNumber(_ text: Substring) -> Int? {
        number(text) ?? months[bare(text)]
    }

    private static func bare(_ text: Substring) -> String {
        String(text.hasSuffix(".") ? text.dropLast() : text)
    }

    private static let weekdays: Set<String> = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday",
    ]

    /// French and English months, folded, with their usual short forms.
    private static let months: [String: Int] = [
        "janvier": 1, "janv": 1, "january": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
        "mars": 3, "march": 3, "mar": 3, "avril": 4, "avr": 4, "april": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6,
        "june": 6, "jun": 6, "juillet": 7, "juil": 7, "july": 7, "jul": 7, "aout": 8, "august": 8, "aug": 8,
        "septembre": 9, "september": 9, "sept": 9, "sep": 9, "octobre": 10, "october": 10, "oct": 10, "novembre": 11,
        "november": 11, "nov": 11, "decembre": 12, "december": 12, "dec": 12,
    ]
}
