import CCmarkGfm

/// Reads Markdown to blocks, each with the lines it was written on.
public enum ProseReader {
    /// Top-level blocks of the source with their lines: from its first one up to the next block's.
    struct Unit {
        /// 0-based, in the lines of the source.
        var lines: Range<Int>
        var blocks: [Prose.Block]
        /// The label of a footnote, when this is one.
        var note: String?
    }

    public static func blocks(_ source: String) -> [Prose.Block] {
        units(source).filter { $0.note == nil }.flatMap(\.blocks)
    }

    static func units(_ source: String) -> [Unit] { MarkdownDocument(source).withRoot { units($0, Lines.of(source)) } }

    private static func units(_ root: MarkdownDocument.Node?, _ lines: [Substring]) -> [Unit] {
        let tops = (root.map(NodeReader.sequence) ?? []).map { (node: $0, line: max(0, Int(cmark_node_get_start_line($0)) - 1)) }
            .sorted { $0.line < $1.line }
        let nodes = NodeReader(notes: root.map(NodeReader.sequence)?.filter(NodeReader.isNote) ?? [])
        return tops.indices.map { index in
            let (node, line) = tops[index]
            let end = index + 1 < tops.count ? tops[index + 1].line : lines.count
            let isNote = NodeReader.isNote(node)
            return Unit(
                lines: line..<max(line, end), blocks: isNote ? nodes.children(of: node, isInNote: true) : nodes.blocks(of: node),
                note: isNote ? label(lines[min(line, lines.count - 1)]) : nil)
        }
    }

    /// `[^label]:` at the beginning of a line.
    private static func label(_ line: Substring) -> String {
        let rest = line.drop { $0 == " " }
        guard rest.hasPrefix("[^"), let end = rest.firstRange(of: "]:") else { return "" }
        return String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound])
    }
}

/// The nodes of the library as blocks.
private struct NodeReader {
    typealias Node = MarkdownDocument.Node
    typealias Marks = Prose.Inline.Marks
    let notes: [Node]

    static func isNote(_ node: Node) -> Bool { cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION }

    static func sequence(of node: Node) -> [Node] {
        var nodes: [Node] = []
        var child = cmark_node_first_child(node)
        while let current = child {
            nodes.append(current)
            child = cmark_node_next(current)
        }
        return nodes
    }

    func children(of node: Node, isInNote: Bool = false) -> [Prose.Block] {
        Self.sequence(of: node).flatMap { blocks(of: $0, isInNote: isInNote) }
    }

    func blocks(of node: Node, isInNote: Bool = false) -> [Prose.Block] {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH:
            if let names = MarkdownDocument.directives(of: node) { return names.map { .directive($0) } }
            return [.paragraph(inlines(of: node, isInNote).settled)]
        case CMARK_NODE_HEADING: return [.heading(Int(cmark_node_get_heading_level(node)), inlines(of: node, isInNote).settled)]
        case CMARK_NODE_BLOCK_QUOTE: return [.quote(children(of: node, isInNote: isInNote))]
        case CMARK_NODE_LIST:
            let start = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
            return [.list(Prose.List(start: start, items: Self.sequence(of: node).map { item($0, isInNote) }))]
        case CMARK_NODE_CODE_BLOCK:
            let text = MarkdownDocument.literal(node)
            return [.code(text.hasSuffix("\n") ? String(text.dropLast()) : text)]
        case CMARK_NODE_HTML_BLOCK: return [.paragraph([.text(MarkdownDocument.literal(node))].settled)]
        case CMARK_NODE_THEMATIC_BREAK: return [.rule]
        default: return MarkdownKind(of: node) == .table ? [.table(table(node, isInNote))] : children(of: node, isInNote: isInNote)
        }
    }

    private func item(_ node: Node, _ isInNote: Bool) -> [Prose.Block] {
        var blocks = children(of: node, isInNote: isInNote)
        guard MarkdownKind(of: node) == .taskItem else { return blocks }
        let box = Prose.Inline.text(cmark_gfm_extensions_get_tasklist_item_checked(node) ? "☑ " : "☐ ")
        if case .paragraph(let runs)? = blocks.first { blocks[0] = .paragraph(([box] + runs).settled) } else { blocks.insert(.paragraph([box].settled), at: 0) }
        return blocks
    }

    private func table(_ node: Node, _ isInNote: Bool) -> Prose.Table {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        let known = cmark_gfm_extensions_get_table_alignments(node)
        let sides = (0..<columns).map { column -> Prose.Table.Side in
            switch known?[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
        let rows = Self.sequence(of: node).map { row in Self.sequence(of: row).map { inlines(of: $0, isInNote).settled } }
        return Prose.Table(sides: sides, head: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private func inlines(of node: Node, _ isInNote: Bool, _ marks: Marks = Marks()) -> [Prose.Inline] {
        Self.sequence(of: node).flatMap { inline($0, isInNote, marks) }
    }

    private func inline(_ node: Node, _ isInNote: Bool, _ marks: Marks) -> [Prose.Inline] {
        var marks = marks
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT, CMARK_NODE_HTML_INLINE: return [Prose.Inline(.text(MarkdownDocument.literal(node)), marks)]
        case CMARK_NODE_SOFTBREAK: return [Prose.Inline(.text(" "), marks)]
        case CMARK_NODE_LINEBREAK: return [Prose.Inline(.lineBreak)]
        case CMARK_NODE_CODE:
            marks.isCode = true
            return [Prose.Inline(.text(MarkdownDocument.literal(node)), marks)]
        case CMARK_NODE_EMPH: marks.isEmphasized = true
        case CMARK_NODE_STRONG: marks.isStrong = true
        case CMARK_NODE_LINK: marks.link = address(node)
        case CMARK_NODE_IMAGE:
            let legend = cmark_node_get_title(node).map { String(cString: $0) } ?? ""
            let image = Prose.Image(alternative: MarkdownPlainWriter.words(of: node), address: address(node) ?? "", legend: legend)
            return [Prose.Inline(.image(image), marks)]
        case CMARK_NODE_FOOTNOTE_REFERENCE:
            let number = Int(MarkdownDocument.literal(node)) ?? 0
            guard !isInNote, notes.indices.contains(number - 1) else { return [Prose.Inline(.text("[\(number)]"), marks)] }
            return [Prose.Inline(.note(children(of: notes[number - 1], isInNote: true)))]
        default: if MarkdownKind(of: node) == .strikethrough { marks.isStruck = true }
        }
        return inlines(of: node, isInNote, marks)
    }

    /// An address that may be followed; nil otherwise: its words stay.
    private func address(_ node: Node) -> String? {
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        return MarkdownAddress.kind(of: address) == nil ? nil : address
    }
}
