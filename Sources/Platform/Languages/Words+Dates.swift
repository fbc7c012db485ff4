import Formats

extension Words {
    private static let narrowSpace = "\u{202F}"

    /// « 12 345 » with a narrow no-break space, or "12,345".
    public func number(_ value: Int) -> String {
        let digits = String(abs(value))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += language == .french ? Self.narrowSpace : "," }
            grouped.append(digit)
        }
        return (value < 0 ? "−" : "") + grouped
    }

    /// A number with at most one decimal: « 2,5 ».
    public func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        guard tenths % 10 != 0 else { return number(tenths / 10) }
        return number(tenths / 10) + (language == .french ? "," : ".") + String(abs(tenths % 10))
    }

    /// « mar. 14 avril 2026 », "Tue 14 April 2026".
    public func day(_ day: Day) -> String {
        "\(self("platform.weekday.\(day.weekday)")) \(date(day))"
    }

    /// « 14 avril 2026 », « 1er avril 2026 ».
    public func date(_ day: Day) -> String {
        "\(dayAndMonth(day)) \(day.year)"
    }

    private func dayAndMonth(_ day: Day) -> String { "\(dayOfMonth(day)) \(self("platform.month.\(day.month)"))" }

    private func dayOfMonth(_ day: Day) -> String { language == .french && day.day == 1 ? "1er" : String(day.day) }

    /// « 14 et 15 avril 2026 », « 30 avril – 2 mai 2026 », « 1er mai – 2 juin 2026 ».
    public func days(_ first: Day, _ last: Day) -> String {
        if first == last { return date(first) }
        guard first.year == last.year else { return "\(date(first)) – \(date(last))" }
        guard first.month == last.month else { return "\(dayAndMonth(first)) – \(date(last))" }
        let link = first.days(until: last) == 1 ? " \(self("platform.and")) " : "–"
        return "\(dayOfMonth(first))\(link)\(date(last))"
    }

    /// « 14 avril 2026 à 14 h 05 » in the zone of the site.
    public func moment(_ instant: Instant, zone: String = "Europe/Paris") -> String {
        let (day, _) = instant.civil(in: zone)
        return self("platform.moment", ["day": date(day), "time": time(instant, zone: zone)])
    }

    /// « 14 h 05 », "14:05".
    public func time(_ instant: Instant, zone: String = "Europe/Paris") -> String {
        let (_, minute) = instant.civil(in: zone)
        let minutes = minute % 60 < 10 ? "0\(minute % 60)" : "\(minute % 60)"
        return language == .french ? "\(minute / 60)\u{A0}h\u{A0}\(minutes)" : "\(minute / 60):\(minutes)"
    }

    /// The moment as an element that a script may turn into « il y a 2 jours ».
    public func element(_ instant: Instant) -> Markup {
        "<time datetime=\"\(instant.rfc3339)\" data-relative>\(moment(instant))</time>"
    }

    /// « a, b et c ».
    public func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(self("platform.and")) " + last
    }

    /// « mot » with the quotation marks of the language.
    public func quoted(_ text: String) -> String {
        language == .french ? "«\u{A0}\(text)\u{A0}»" : "“\(text)”"
    }
}
