/// Writes blocks as Markdown, as the editor of the site does: what nobody touched reads alike.
public enum ProseWriter {
    public static func markdown(_ blocks: [Prose.Block]) -> String {
        var notes = NoteLabels()
        return markdown(blocks, notes: &notes)
    }

    static func markdown(_ blocks: [Prose.Block], notes: inout NoteLabels) -> String {
        var written = blocks.map { block($0, &notes) }.filter { !$0.isEmpty }
        written += notes.definitions()
        return written.joined(separator: "\n\n")
    }

    static func block(_ block: Prose.Block, _ notes: inout NoteLabels) -> String {
        switch block {
        case .paragraph(let runs), .line(_, let runs): inline(runs, &notes)
        case .heading(let level, let runs): heading(level, runs, &notes)
        case .list(let list): self.list(list, &notes)
        case .quote(let blocks): prefixed(blocks.map { self.block($0, &notes) }.filter { !$0.isEmpty }.joined(separator: "\n\n"), "> ", "> ")
        case .code(let text): fenced(text)
        case .table(let table): self.table(table, &notes)
        case .rule: "---"
        case .directive(let name): "[[\(name)]]"
        case .quotation(let quotation): "[[citation:\(quotation.id)]]"
        }
    }

    private static func heading(_ level: Int, _ runs: [Prose.Inline], _ notes: inout NoteLabels) -> String {
        let text = inline(runs, &notes).replacing("\\\n", with: " ")
        guard !text.isEmpty else { return "" }
        let closing = text.hasSuffix("#") ? String(text.dropLast()) + "\\#" : text
        return String(repeating: "#", count: max(1, min(6, level))) + " " + closing
    }

    private static func list(_ list: Prose.List, _ notes: inout NoteLabels) -> String {
        var isTight = true
        var items: [String] = []
        for (index, item) in list.items.enumerated() {
            let sign = list.start.map { "\(max(0, $0) + index). " } ?? "- "
            var blocks: [String] = []
            var isClose = true
            for child in item {
                let text = block(child, &notes)
                if text.isEmpty { continue }
                if !blocks.isEmpty, case .list = child {} else if !blocks.isEmpty { isClose = false }
                blocks.append(text)
            }
            isTight = isTight && isClose
            items.append(prefixed(task(blocks.joined(separator: isClose ? "\n" : "\n\n")), sign, String(repeating: " ", count: sign.count)))
        }
        return items.joined(separator: isTight ? "\n" : "\n\n")
    }

    /// A box at the beginning of an item is a task.
    private static func task(_ text: String) -> String {
        if text.hasPrefix("☐ ") { return "[ ] " + text.dropFirst(2) }
        if text.hasPrefix("☑ ") || text.hasPrefix("☒ ") { return "[x] " + text.dropFirst(2) }
        return text
    }

    private static func table(_ table: Prose.Table, _ notes: inout NoteLabels) -> String {
        let width = max(table.head.count, table.rows.map(\.count).max() ?? 0)
        func line(_ cells: [[Prose.Inline]]) -> String {
            "| " + (0..<width).map { cells.indices.contains($0) ? cell(cells[$0], &notes) : "" }.joined(separator: " | ") + " |"
        }
        let sides = (0..<width).map { column -> String in
            switch table.sides.indices.contains(column) ? table.sides[column] : .none {
            case .left: ":--"
            case .center: ":-:"
            case .right: "--:"
            case .none: "---"
            }
        }
        return ([line(table.head), "| " + sides.joined(separator: " | ") + " |"] + table.rows.map(line)).joined(separator: "\n")
    }

    private static func cell(_ runs: [Prose.Inline], _ notes: inout NoteLabels) -> String {
        let text = inline(runs.map { $0.content == .lineBreak ? .text(" ") : $0 }.settled, &notes)
        var (cell, isEscaped) = ("", false)
        for character in text {
            if character == "|", !isEscaped { cell.append("\\") }
            isEscaped = character == "\\" && !isEscaped
            cell.append(character)
        }
        return cell
    }

    private static func fenced(_ text: String) -> String {
        var longest = 2
        for line in text.split(separator: "\n") { longest = max(longest, line.drop { $0 == " " }.prefix { $0 == "`" }.count) }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)\n\(text)\n\(fence)"
    }

    static func prefixed(_ text: String, _ first: String, _ rest: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            var line = (index == 0 ? first : rest) + line
            if line.allSatisfy({ $0 == " " || $0 == ">" }) { while line.last == " " { line.removeLast() } }
            return line
        }.joined(separator: "\n")
    }

    private static func inline(_ runs: [Prose.Inline], _ notes: inout NoteLabels) -> String {
        var labels: [String] = []
        for run in runs { if case .note(let blocks) = run.content { labels.append(notes.label(of: blocks)) } }
        var parts = InlineWriter.markdown(runs).split(separator: InlineWriter.note, omittingEmptySubsequences: false).map(String.init)[...]
        var text = parts.popFirst() ?? ""
        for label in labels { text += "[^\(label)]" + (parts.popFirst() ?? "") }
        return text
    }
}

/// The labels of footnotes: those there were, for what they said; new numbers for the others.
struct NoteLabels {
    /// By what the note says, as Markdown.
    private var known: [String: String]
    private var taken: Set<String>
    private var fresh: [(label: String, text: String)] = []
    /// The known labels that were called.
    private(set) var called: Set<String> = []

    init(_ known: [(label: String, text: String)] = []) {
        self.known = Dictionary(known.map { ($0.text, $0.label) }) { first, _ in first }
        taken = Set(known.map(\.label))
    }

    static func text(of blocks: [Prose.Block]) -> String {
        var none = NoteLabels()
        return blocks.map { ProseWriter.block($0, &none) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    mutating func label(of blocks: [Prose.Block]) -> String {
        let text = Self.text(of: blocks)
        if let label = known[text] {
            called.insert(label)
            return label
        }
        var number = 1
        while taken.contains(String(number)) { number += 1 }
        let label = String(number)
        taken.insert(label)
        known[text] = label
        fresh.append((label, text))
        return label
    }

    /// The new notes, to be put at the end.
    func definitions() -> [String] {
        fresh.map { ProseWriter.prefixed($0.text, "[^\($0.label)]: ", "    ") }
    }
}
