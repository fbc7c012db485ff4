import Formats

/// A line of an outline: how far it stands from the edge, what it begins with, what it says.
struct OutlineLine: Equatable {
    enum Mark: Equatable {
        case heading(Int)
        /// `2.1.` has two parts.
        case number(parts: Int)
        case bullet
        case none
    }

    var number: Int
    var indent: Int
    var mark: Mark
    var text: String
    /// « Relance : … ».
    var isProbe: Bool

    var asks: Bool { text.hasSuffix("?") || text.hasSuffix("? »") || text.hasSuffix("?»") }

    /// Who stands above whom when two lines are as far from the edge.
    var rank: Int {
        switch mark {
        case .heading: 0
        case .none: asks ? 2 : 1
        case .number: 2
        case .bullet: 3
        }
    }

    /// Nil for a blank line, and for one that is only a mark.
    init?(_ raw: Substring, number: Int) {
        self.number = number
        indent = 0
        var rest = raw
        while let first = rest.first, first.isWhitespace {
            indent += first == "\t" ? 4 : 1
            rest.removeFirst()
        }
        mark = .none
        if let match = rest.prefixMatch(of: /(#{1,6})\s+/) {
            mark = .heading(match.output.1.count)
            rest = rest[match.range.upperBound...]
        } else if let match = rest.prefixMatch(of: /(\d{1,3}(?:\.\d{1,3}){1,4})[.)]?\s+/) {
            mark = .number(parts: match.output.1.split(separator: ".").count)
            rest = rest[match.range.upperBound...]
        } else if let match = rest.prefixMatch(of: /(?:\d{1,3}|[IVX]{1,5}|[A-Z])[.)]\s+/) {
            mark = .number(parts: 1)
            rest = rest[match.range.upperBound...]
        } else if let match = rest.prefixMatch(of: /(?:[-*+•◦▪■●○–—‣·§]|o(?=\t|  )|[a-z]\))\s+/) {
            mark = .bullet
            rest = rest[match.range.upperBound...]
        }
        isProbe = false
        var text = CleanText.line(String(rest))
        if let match = text.prefixMatch(of: /(?:(?:[Rr]elances?|[Pp]robes?)\s*[:—–-]|→|->|=>)\s*/) {
            isProbe = true
            text = String(text[match.range.upperBound...])
        }
        for pair in ["**", "__"] where text.hasPrefix(pair) && text.hasSuffix(pair) && text.count > 4 {
            text = String(text.dropFirst(2).dropLast(2))
        }
        self.text = CleanText.line(text)
        if self.text.isEmpty { return nil }
    }
}
