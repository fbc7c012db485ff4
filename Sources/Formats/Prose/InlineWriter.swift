/// Runs of a paragraph as Markdown that reads back as the same words and, when Markdown can say it, the same marks.
enum InlineWriter {
    /// Stands for a footnote until it has its label.
    static let note: Character = "\u{E0F0}"

    static func markdown(_ runs: [Prose.Inline]) -> String {
        let runs = runs.map { run in
            switch run.content {
            case .note: Prose.Inline(.text(String(note)))
            case .text(let text): Prose.Inline(.text(text.filter { $0 != note }), run.marks)
            case .lineBreak, .image: run
            }
        }.settled
        let wanted = signature(runs)
        for style in [Style(emphasis: "*"), Style(emphasis: "_"), Style(emphasis: "*", escapesAll: true), Style(emphasis: "_", escapesAll: true)] {
            let text = style.write(runs)
            if read(text) == wanted { return text }
        }
        let plain = runs.map { run in
            var run = run
            run.marks = Prose.Inline.Marks()
            return run
        }.settled
        return Style(emphasis: "*", escapesAll: true).write(plain)
    }

    private static func read(_ text: String) -> [String]? {
        let blocks = ProseReader.blocks(text)
        if text.isEmpty { return [] }
        guard blocks.count == 1, case .paragraph(let runs)? = blocks.first else { return nil }
        return signature(runs)
    }

    /// Each visible character with its marks; marks on spaces do not matter.
    private static func signature(_ runs: [Prose.Inline]) -> [String] {
        runs.flatMap { run -> [String] in
            let marks = "\(run.marks.isStrong)\(run.marks.isEmphasized)\(run.marks.isStruck)\(run.marks.isCode)\(run.marks.link ?? "")"
            switch run.content {
            case .text(let text): return text.map { $0 == " " ? " " : "\($0)\(marks)" }
            case .lineBreak: return ["⏎"]
            case .note: return []
            case .image(let image): return ["\(image.alternative)\(image.address)\(image.legend)"]
            }
        }
    }
}

/// One way of writing runs.
private struct Style {
    let emphasis: String
    var escapesAll = false

    typealias Run = Prose.Inline

    /// A mark that may be open.
    enum Mark: Hashable {
        case link(String), strong, emphasis, struck, code

        func covers(_ run: Run) -> Bool {
            switch self {
            case .link(let address): run.marks.link == address
            case .strong: run.marks.isStrong
            case .emphasis: run.marks.isEmphasized
            case .struck: run.marks.isStruck
            case .code: run.marks.isCode
            }
        }
    }

    func write(_ runs: [Run]) -> String {
        span(runs[...], open: []).split(separator: "\n", omittingEmptySubsequences: false).map { Self.lineStart(String($0)) }
            .joined(separator: "\n")
    }

    private func span(_ runs: ArraySlice<Run>, open: Set<Mark>) -> String {
        var text = ""
        var at = runs.startIndex
        while at < runs.endIndex {
            guard let (mark, end) = longest(runs, at, open) else {
                text += single(runs[at], after: text.last)
                at += 1
                continue
            }
            text += wrap(mark, runs[at..<end], open)
            at = end
        }
        return text
    }

    private func single(_ run: Run, after previous: Character?) -> String {
        switch run.content {
        case .text(let text): escapesAll ? Self.escapedAll(text) : Self.escaped(text, after: previous ?? " ")
        case .lineBreak: "\\\n"
        case .note: ""
        case .image(let image):
            "![\(Self.escapedAll(image.alternative))](\(Self.address(image.address))\(image.legend.isEmpty ? "" : " \"\(Markdown.escaped(image.legend))\""))"
        }
    }

    /// The mark of this run that goes furthest is the outermost; code is the innermost.
    private func longest(_ runs: ArraySlice<Run>, _ at: Int, _ open: Set<Mark>) -> (Mark, Int)? {
        let run = runs[at]
        if run.content == .lineBreak { return nil }
        let marks: [Mark] = [run.marks.link.map { .link($0) }, .strong, .emphasis, .struck, .code].compactMap { $0 }
        var best: (Mark, Int)?
        for mark in marks where mark.covers(run) && !open.contains(mark) {
            var end = at + 1
            while end < runs.endIndex, mark.covers(runs[end]) || (runs[end].content == .lineBreak && end + 1 < runs.endIndex && mark.covers(runs[end + 1]) && mark != .code) {
                end += 1
            }
            if mark == .code, best != nil { continue }
            if end > best?.1 ?? 0 { best = (mark, end) }
        }
        return best
    }

    private func wrap(_ mark: Mark, _ runs: ArraySlice<Run>, _ open: Set<Mark>) -> String {
        if mark == .code { return Self.code(runs.compactMap { if case .text(let text) = $0.content { text } else { nil } }.joined()) }
        let inside = span(runs, open: open.union([mark]))
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\u{A0}" || $0 == "\u{202F}" }
        let before = String(inside.prefix(while: isSpace))
        guard before.count < inside.count else { return inside }
        let after = String(inside.reversed().prefix(while: isSpace).reversed())
        let text = String(inside.dropFirst(before.count).dropLast(after.count))
        let wrapped =
            switch mark {
            case .link(let address): "[\(text)](\(Self.address(address)))"
            case .strong: "**\(text)**"
            case .emphasis: "\(emphasis)\(text)\(emphasis)"
            case .struck: "~~\(text)~~"
            case .code: text
            }
        return before + wrapped + after
    }

    private static func code(_ text: String) -> String {
        var (longest, current) = (0, 0)
        for character in text {
            current = character == "`" ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let isPadded = text.hasPrefix("`") || text.hasSuffix("`") || (text.hasPrefix(" ") && text.hasSuffix(" "))
        return isPadded ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
    }

    private static func address(_ address: String) -> String {
        guard address.contains(where: { $0.isWhitespace || "()<>".contains($0) }) else { return address.replacing("\\", with: "\\\\") }
        return "<\(address.replacing("<", with: "%3C").replacing(">", with: "%3E").replacing("\n", with: "%0A"))>"
    }

    private static func escapedAll(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            if character.isASCII, character.isPunctuation || character.isSymbol { escaped.append("\\") }
            escaped.append(character)
        }
    }

    /// Only what would be read as something else.
    private static func escaped(_ text: String, after previous: Character) -> String {
        let characters = Array(text)
        func at(_ index: Int) -> Character? { characters.indices.contains(index) ? characters[index] : nil }
        var escaped = ""
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : previous
            let next = at(index + 1)
            let isSpaced = before.isWhitespace && next?.isWhitespace == true
            let isWord: (Character?) -> Bool = { $0.map { $0.isLetter || $0.isNumber } ?? false }
            switch character {
            case "\\", "`", "~": escaped.append("\\")
            case "*": if !isSpaced { escaped.append("\\") }
            case "_": if !isSpaced, !(isWord(before) && isWord(next)) { escaped.append("\\") }
            case "[" where next == "^" || next == "[" || hasAddress(characters[(index + 1)...]): escaped.append("\\")
            case "[" where at(index + 2) == "]" && at(index + 3) == " " && " xX".contains(next ?? "-"): escaped.append("\\")
            case "]" where next == "(" || next == "[": escaped.append("\\")
            case "&" where next.map { $0 == "#" || $0.isLetter } ?? false: escaped.append("\\")
            case "<" where next.map { ($0.isASCII && $0.isLetter) || "/!?".contains($0) } ?? false: escaped.append("\\")
            default: break
            }
            escaped.append(character)
        }
        return escaped
    }

    private static func hasAddress(_ rest: ArraySlice<Character>) -> Bool {
        guard let end = rest.firstIndex(of: "]"), end + 1 < rest.endIndex else { return false }
        return "[(:".contains(rest[end + 1])
    }

    /// Signs that would begin a heading, a list, a quotation, a table at the start of a line.
    private static func lineStart(_ line: String) -> String {
        let line = String(line.drop { $0 == " " })
        if line.firstMatch(of: /^(#{1,6}(\s|$)|[-+](\s|$)|[>|]|=+\s*$|-{2,}|:-)/) != nil { return "\\" + line }
        if let match = line.firstMatch(of: /^(\d{1,9})([.)])(\s|$)/) { return "\(match.1)\\" + line.dropFirst(match.1.count) }
        if line.hasPrefix("* ") { return "\\" + line }
        return line
    }
}
