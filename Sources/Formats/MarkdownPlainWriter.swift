import CCmarkGfm

/// The words of a text, without its marks.
struct MarkdownPlainWriter {
    private var text = ""

    mutating func write(_ node: MarkdownDocument.Node, isEntering: Bool) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE: text += MarkdownDocument.literal(node)
        case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
            text += MarkdownDocument.literal(node)
            endLine()
        case CMARK_NODE_SOFTBREAK: text += " "
        case CMARK_NODE_LINEBREAK: endLine()
        case CMARK_NODE_FOOTNOTE_REFERENCE, CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK, CMARK_NODE_IMAGE:
            return
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: if !isEntering { endLine() }
        default:
            if isEntering { return }
            switch MarkdownKind(of: node) {
            case .tableCell: text += " "
            case .tableRow: endLine()
            default: return
            }
        }
    }

    func finished() -> String {
        text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The words inside one node.
    static func words(of node: MarkdownDocument.Node) -> String {
        var writer = MarkdownPlainWriter()
        guard let iterator = cmark_iter_new(node) else { return "" }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let current = cmark_iter_get_node(iterator) else {
                return writer.finished()
            }
            writer.write(current, isEntering: event == CMARK_EVENT_ENTER)
        }
    }

    private mutating func endLine() {
        while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
        if !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
    }
}
