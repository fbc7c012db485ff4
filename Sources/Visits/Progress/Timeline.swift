import Events
import Formats
import Platform

/// What a programme does over time: a line for each visit and seminar that has dates.
struct Timeline: Sendable {
    struct Item: Sendable, Equatable {
        let label: String
        let path: String
        let kind: Event.Kind
        let first: Day
        let last: Day
        /// It was noted as held, or its days have passed.
        let isPast: Bool
        let isCancelled: Bool

        /// Its days have begun and are not over.
        func isUnderWay(on today: Day) -> Bool { !isCancelled && !isPast && first <= today && today <= last }
    }

    /// In the order of their dates.
    let items: [Item]
    /// Those without dates.
    let undated: [(label: String, path: String)]
    let today: Day

    /// From the first day of the month of the first one to the last of the month of the last one, today's included.
    var span: (first: Day, last: Day)? {
        guard let first = items.map(\.first).min(), let last = items.map(\.last).max() else { return nil }
        let (start, end) = (min(first, today), max(last, today))
        let begin = Day(year: start.year, month: start.month, day: 1)!
        let next = end.month == 12 ? Day(year: min(end.year + 1, 9999), month: 1, day: 1)! : Day(year: end.year, month: end.month + 1, day: 1)!
        return (begin, next)
    }

    /// The first days of the months in the span.
    var months: [Day] {
        guard let span else { return [] }
        var months: [Day] = []
        var day = span.first
        while day < span.last, months.count < 240 {
            months.append(day)
            day = day.month == 12 ? Day(year: day.year + 1, month: 1, day: 1)! : Day(year: day.year, month: day.month + 1, day: 1)!
        }
        return months
    }

    /// « Du 14 avril 2026 au 3 juin 2027, 6 rendez-vous ont leurs dates : 2 sont passés. Le prochain est Caen, le 14 avril. »
    func sentence(_ words: Words) -> String {
        guard let first = items.map(\.first).min(), let last = items.map(\.last).max() else { return words("visits.timeline.none") }
        let going = items.filter { !$0.isCancelled }
        var sentence = words("visits.timeline.sentence", ["n": going.count, "first": words.date(first), "last": words.date(last), "past": going.count(where: \.isPast)])
        for item in going where item.isUnderWay(on: today) {
            sentence += " " + words("visits.timeline.now", ["label": item.label, "dates": words.days(item.first, item.last)])
        }
        if let next = going.first(where: { !$0.isPast && $0.first > today }) {
            sentence += " " + words("visits.timeline.next", ["label": next.label, "dates": words.days(next.first, next.last)])
        }
        if !undated.isEmpty { sentence += " " + words("visits.timeline.undated", ["n": undated.count]) }
        return sentence
    }

    static func comesFirst(_ left: Item, _ right: Item) -> Bool { (left.first, left.last, left.label) < (right.first, right.last, right.label) }
}

/// The drawing of a timeline: a row a line, months across, a line for today; what it shows is in the table below it.
struct TimelineDrawing {
    private static let width = 720.0
    private static let left = 190.0
    private static let row = 26.0
    private static let head = 34.0
    let timeline: Timeline
    let words: Words

    var svg: Markup {
        guard let span = timeline.span else { return .empty }
        let height = Self.head + Double(timeline.items.count) * Self.row + 12
        let scale = (Self.width - Self.left - 8) / Double(max(1, span.first.days(until: span.last)))
        func x(_ day: Day) -> Double { Self.left + Double(span.first.days(until: day)) * scale }
        let step = max(1, (timeline.months.count + 11) / 12)
        let months = timeline.months.enumerated().map { index, month -> Markup in
            let name = index % step == 0 ? "<text x=\"\(Self.point(x(month) + 2))\" y=\"14\" font-size=\"10\" class=\"soft\">\(words("visits.timeline.month.\(month.month)"))\(month.month == 1 || index == 0 ? " \(month.year)" : "")</text>" as Markup : .empty
            return "<path d=\"M\(Self.point(x(month))) 20V\(Self.point(height))\" class=\"grid\"/>\(name)"
        }
        let rows = timeline.items.enumerated().map { index, item -> Markup in
            let y = Self.head + Double(index) * Self.row
            let (start, end) = (x(item.first), max(x(item.last.adding(days: 1)), x(item.first) + 7))
            let tone = item.isCancelled ? "rule" : item.isPast ? "green" : "honey"
            // A seminar is round, a visit square: the shape says it without the colour.
            let radius = item.kind == .visit ? 1 : 6
            return """
                <text x="0" y="\(Self.point(y + 12))" font-size="11" class="ink">\(Self.short(item.label))</text><rect x="\(Self.point(start))" y="\(Self.point(y + 2))" width="\(Self.point(end - start))" height="13" rx="\(radius)" class="\(Markup.raw(tone))"/>
                """
        }
        let now = x(timeline.today)
        return """
            <svg class="timeline" viewBox="0 0 \(Self.point(Self.width)) \(Self.point(height))" role="img" aria-label="\(timeline.sentence(words))"><g aria-hidden="true">\(months)\(rows)<path d="M\(Self.point(now)) 18V\(Self.point(height))" class="line now"/><text x="\(Self.point(min(now + 3, Self.width - 60)))" y="28" font-size="10" class="brick">\(words("visits.timeline.today"))</text></g></svg>
            """
    }

    private static func short(_ label: String) -> String { label.count > 30 ? "\(label.prefix(29))…" : label }

    /// A number with one decimal at most.
    private static func point(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
