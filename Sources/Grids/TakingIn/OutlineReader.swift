import Formats

/// Reads a plain outline, as people paste it from a word processor or a mail: headings, numbers, bullets or mere indentation
/// say what is a dimension, a question, a probe.
package enum OutlineReader {
    /// The lines that are read: a grid has a few hundred.
    private static let limit = 3_000

    package static func read(_ typed: String) -> GridOutline {
        let all = CleanText.normalize(typed).split(separator: "\n", omittingEmptySubsequences: false)
        let lines = all.prefix(limit).enumerated().compactMap { OutlineLine($1, number: $0 + 1) }
        var reading = Reading(lines)
        for line in lines { reading.take(line) }
        if all.count > limit { reading.outline.overflow("", at: limit + 1) }
        reading.outline.close()
        return reading.outline
    }

    /// Where one stands while reading: the lines that hold the next one.
    private struct Reading {
        var outline = GridOutline()
        private var holders: [(line: OutlineLine, depth: Int)] = []
        private let hasHeadings: Bool
        /// The level of the headings that are dimensions, and the line of the one that is a title.
        private var topHeading = 1
        private var title: Int?
        /// How many parts the shortest number has, where numbers have several.
        private let topNumber: Int?
        private let hasPlain: Bool

        init(_ lines: [OutlineLine]) {
            let headings = lines.compactMap { line in if case .heading(let level) = line.mark { (line: line, level: level) } else { nil } }
            hasHeadings = !headings.isEmpty
            let parts = lines.compactMap { line in if case .number(let parts) = line.mark { parts } else { nil } }
            topNumber = (parts.max() ?? 0) > 1 ? parts.min() : nil
            let edge = lines.map(\.indent).min() ?? 0
            hasPlain = lines.contains { $0.mark == .none && !$0.isProbe && !$0.asks && $0.indent == edge }
            let levels = Set(headings.map(\.level)).sorted()
            topHeading = levels.first ?? 1
            if levels.count > 1, headings.count(where: { $0.level == topHeading }) == 1, headings.first?.level == topHeading {
                title = headings.first?.line.number
                topHeading = levels[1]
            }
        }

        mutating func take(_ line: OutlineLine) {
            if line.number == title { return outline.remarks.append(.init(line.number, .title, line.text)) }
            if hasHeadings, line.mark == .none, !line.isProbe, !line.asks { return plain(line) }
            let depth = depth(of: line)
            while let last = holders.last, last.depth >= depth { holders.removeLast() }
            // « Relance : » says what it is wherever it stands: what follows is not under it.
            if !line.isProbe { holders.append((line, depth)) }
            switch depth {
            case 0 where line.asks: outline.remarks.append(.init(line.number, .questionFirst, line.text))
            case 0: outline.begin(Self.named(line.text), at: line.number)
            case 1: outline.ask(line.text, at: line.number)
            case 2: outline.probe(line.text, at: line.number)
            default: outline.remarks.append(.init(line.number, .tooDeep, line.text))
            }
        }

        /// Between headings, a line that asks nothing says more of what is above it.
        private mutating func plain(_ line: OutlineLine) {
            guard let dimension = outline.dimensions.last else { return outline.remarks.append(.init(line.number, .leftAside, line.text)) }
            if dimension.questions.isEmpty { return outline.describe(line.text, at: line.number) }
            outline.remarks.append(.init(line.number, .precision, line.text))
            outline.probe(line.text, at: line.number)
        }

        private func depth(of line: OutlineLine) -> Int {
            if line.isProbe { return 2 }
            switch line.mark {
            case .heading(let level): return max(0, level - topHeading)
            case .number(let parts):
                guard let topNumber else { break }
                let isUnder = hasHeadings || (hasPlain && topNumber > 1)
                return (isUnder ? 1 : 0) + parts - topNumber
            case .bullet, .none: break
            }
            // A line is held by the nearest one above that stands nearer the edge, or as near with a higher mark.
            let holder = holders.last { $0.line.indent < line.indent || ($0.line.indent == line.indent && $0.line.rank < line.rank) || isFixed($0.line) && $0.line.rank < line.rank }
            guard let holder else { return 0 }
            return holder.depth + 1
        }

        /// Headings and long numbers say their place by themselves, wherever they stand.
        private func isFixed(_ line: OutlineLine) -> Bool {
            switch line.mark {
            case .heading: true
            case .number: topNumber != nil
            case .bullet, .none: false
            }
        }

        private static func named(_ text: String) -> String {
            CleanText.line(text.hasSuffix(":") ? String(text.dropLast()) : text)
        }
    }
}
