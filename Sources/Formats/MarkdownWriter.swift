import CCmarkGfm

/// The HTML of a text, node after node.
struct MarkdownWriter {
    private let headingOffset: Int
    private let idPrefix: String
    private var html = ""
    private var identifiers: Set<String> = []
    private var repeats: [String: Int] = [:]
    private var notes = MarkdownNotes()
    private var table = MarkdownTable()

    init(headingOffset: Int, idPrefix: String) {
        self.headingOffset = headingOffset
        self.idPrefix = idPrefix
    }

    /// Puts a block that is not the author's in place.
    mutating func insert(_ block: Markup?) {
        guard let block else { return }
        html += block.html + "\n"
    }

    mutating func finished() -> Markup {
        html += notes.close()
        return .raw(html)
    }

    /// Writes the beginning or the end of a node; false when its inside must not be visited.
    mutating func write(_ node: MarkdownDocument.Node, isEntering: Bool) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_DOCUMENT: break
        case CMARK_NODE_PARAGRAPH: paragraph(node, isEntering)
        case CMARK_NODE_HEADING: heading(node, isEntering)
        case CMARK_NODE_BLOCK_QUOTE: html += isEntering ? "<blockquote>\n" : "</blockquote>\n"
        case CMARK_NODE_LIST: list(node, isEntering)
        case CMARK_NODE_ITEM: item(node, isEntering)
        case CMARK_NODE_CODE_BLOCK: text(node, between: "<pre><code>", and: "</code></pre>\n")
        case CMARK_NODE_HTML_BLOCK: text(node, between: "<p>", and: "</p>\n")
        case CMARK_NODE_THEMATIC_BREAK: html += "<hr>\n"
        case CMARK_NODE_FOOTNOTE_DEFINITION: html += isEntering ? notes.open(idPrefix) : notes.end(idPrefix)
        case CMARK_NODE_TEXT, CMARK_NODE_HTML_INLINE: text(node)
        case CMARK_NODE_SOFTBREAK: html += "\n"
        case CMARK_NODE_LINEBREAK: html += "<br>\n"
        case CMARK_NODE_CODE: text(node, between: "<code>", and: "</code>")
        case CMARK_NODE_EMPH: html += isEntering ? "<em>" : "</em>"
        case CMARK_NODE_STRONG: html += isEntering ? "<strong>" : "</strong>"
        case CMARK_NODE_LINK: link(node, isEntering)
        case CMARK_NODE_IMAGE: return image(node, isEntering)
        case CMARK_NODE_FOOTNOTE_REFERENCE:
            if isEntering { html += notes.reference(MarkdownDocument.literal(node), idPrefix) }
        default: addition(node, isEntering)
        }
        return true
    }

    private mutating func text(_ node: MarkdownDocument.Node, between opening: String = "", and closing: String = "") {
        html += opening
        HTMLEscape.append(MarkdownDocument.literal(node), to: &html)
        html += closing
    }

    private mutating func paragraph(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        let list = cmark_node_parent(cmark_node_parent(node))
        if cmark_node_get_list_tight(list) != 0 {
            if !isEntering, cmark_node_next(node) != nil { html += "\n" }
        } else {
            html += isEntering ? "<p>" : "</p>\n"
        }
    }

    private mutating func heading(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        let level = min(6, max(1, Int(cmark_node_get_heading_level(node)) + headingOffset))
        if isEntering {
            html += "<h\(level) id=\"\(identifier(of: MarkdownPlainWriter.words(of: node)))\">"
        } else {
            html += "</h\(level)>\n"
        }
    }

    /// The words of a heading as an address, each once.
    private mutating func identifier(of words: String) -> String {
        let slug = French.slug(words)
        let base = idPrefix + (slug.isEmpty ? "section" : slug)
        // Counted by address, so that a thousand headings of the same words do not each try a thousand numbers.
        var id = base
        while !identifiers.insert(id).inserted {
            repeats[base, default: 1] += 1
            id = "\(base)-\(repeats[base] ?? 1)"
        }
        return id
    }

    private mutating func list(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        guard isEntering else {
            html += isOrdered ? "</ol>\n" : "</ul>\n"
            return
        }
        let start = cmark_node_get_list_start(node)
        html += !isOrdered ? "<ul>\n" : start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n"
    }

    private mutating func item(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        guard isEntering else {
            html += "</li>\n"
            return
        }
        let isTask = MarkdownKind(of: node) == .taskItem
        // A character, not a form field: a disabled box without label would be noise for a screen reader.
        let box = cmark_gfm_extensions_get_tasklist_item_checked(node) ? "☑" : "☐"
        html += isTask ? "<li class=\"markdown-task\">\(box) " : "<li>"
    }

    private mutating func link(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        guard let kind = MarkdownAddress.kind(of: address) else { return }
        guard isEntering else {
            html += "</a>"
            return
        }
        let title = cmark_node_get_title(node).map { String(cString: $0) } ?? ""
        let href = Markup.attribute("href", value: MarkdownAddress.encoded(address))
        let rel = Markup.attribute("rel", value: kind == .external ? "noopener nofollow ugc" : nil)
        html += ("<a\(href)\(Markup.attribute("title", value: title.isEmpty ? nil : title))\(rel)>" as Markup).html
    }

    private mutating func addition(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        switch MarkdownKind(of: node) {
        case .strikethrough: html += isEntering ? "<del>" : "</del>"
        case .table: html += isEntering ? table.open(node) : table.close()
        case .tableRow:
            let isHeader = cmark_gfm_extensions_get_table_row_is_header(node) != 0
            html += isEntering ? table.openRow(isHeader: isHeader) : table.closeRow()
        case .tableCell: html += isEntering ? table.openCell() : table.closeCell()
        case .taskItem, .other: break
        }
    }

    /// An image of the site is shown; one from elsewhere becomes a link, for no page of ours calls a third party.
    private mutating func image(_ node: MarkdownDocument.Node, _ isEntering: Bool) -> Bool {
        guard isEntering else { return true }
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        let alternative = MarkdownPlainWriter.words(of: node)
        let shown = alternative.isEmpty ? address : alternative
        let markup: Markup =
            switch MarkdownAddress.kind(of: address) {
            case .local: "<img src=\"\(MarkdownAddress.encoded(address))\" alt=\"\(alternative)\" loading=\"lazy\">"
            case .external: "<a href=\"\(MarkdownAddress.encoded(address))\" rel=\"noopener nofollow ugc\">\(shown)</a>"
            case .contact, nil: "\(alternative)"
            }
        html += markup.html
        return false
    }
}
