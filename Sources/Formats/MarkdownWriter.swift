import CCmarkGfm

/// The HTML of a text, node after node.
struct MarkdownWriter {
    private let headingOffset: Int
    private let idPrefix: String
    private let files: [String: MarkdownFile]
    private var html = ""
    private var identifiers: Set<String> = []
    private var repeats: [String: Int] = [:]
    private var notes = MarkdownNotes()
    private var table = MarkdownTable()

    init(headingOffset: Int, idPrefix: String, files: [String: MarkdownFile]) {
        self.headingOffset = headingOffset
        self.idPrefix = idPrefix
        self.files = files
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
        guard !isFigure(node) else { return }
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

    // MARK: - Addresses

    private mutating func link(_ node: MarkdownDocument.Node, _ isEntering: Bool) {
        let typed = Self.address(of: node)
        guard let kind = MarkdownAddress.kind(of: typed) else { return }
        let document: (address: String, about: String)? =
            if case .document(let address, let about) = files[typed] { (address, about) } else { nil }
        guard isEntering else {
            html += "</a>" + (document.map { (" <span class=\"meta\">(\($0.about))</span>" as Markup).html } ?? "")
            return
        }
        let title = Self.title(of: node)
        let href = Markup.attribute("href", value: MarkdownAddress.encoded(document?.address ?? typed))
        let rel = Markup.attribute("rel", value: kind == .external ? "noopener nofollow ugc" : nil)
        html += ("<a\(href)\(Markup.attribute("title", value: title.isEmpty ? nil : title))\(rel)>" as Markup).html
    }

    /// An image of the text is shown, with its legend when it stands alone; any other becomes a link, for no page of ours
    /// calls a third party.
    private mutating func image(_ node: MarkdownDocument.Node, _ isEntering: Bool) -> Bool {
        guard isEntering else { return true }
        let address = Self.address(of: node)
        let alternative = MarkdownPlainWriter.words(of: node)
        let shown = alternative.isEmpty ? address : alternative
        if case .image(let image) = files[address] {
            html += isFigure(cmark_node_parent(node)) ? figure(image(alternative), Self.title(of: node)) : image(alternative).html
            return false
        }
        let markup: Markup =
            switch MarkdownAddress.kind(of: address) {
            case .local: "<a href=\"\(MarkdownAddress.encoded(address))\">\(shown)</a>"
            case .external: "<a href=\"\(MarkdownAddress.encoded(address))\" rel=\"noopener nofollow ugc\">\(shown)</a>"
            case .contact, nil: "\(alternative)"
            }
        html += markup.html
        return false
    }

    private func figure(_ image: Markup, _ legend: String) -> String {
        let caption: Markup = legend.isEmpty ? .empty : "<figcaption>\(legend)</figcaption>"
        return ("<figure class=\"image\">\(image)\(caption)</figure>\n" as Markup).html
    }

    /// Whether a paragraph holds one image of the text and nothing else.
    private func isFigure(_ node: MarkdownDocument.Node?) -> Bool {
        guard let node, cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH, let child = cmark_node_first_child(node),
            cmark_node_next(child) == nil, cmark_node_get_type(child) == CMARK_NODE_IMAGE,
            case .image = files[Self.address(of: child)]
        else { return false }
        return true
    }

    private static func address(of node: MarkdownDocument.Node) -> String {
        cmark_node_get_url(node).map { String(cString: $0) } ?? ""
    }

    private static func title(of node: MarkdownDocument.Node) -> String {
        cmark_node_get_title(node).map { String(cString: $0) } ?? ""
    }
}
