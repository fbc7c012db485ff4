import CCmarkGfm

/// The tables of a text: a head of columns, then rows; each scrolls by itself on a narrow screen.
struct MarkdownTable {
    private var alignments: [UInt8] = []
    private var column = 0
    private var isHeader = false
    private var hasBody = false

    mutating func open(_ node: MarkdownDocument.Node) -> String {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        let known = cmark_gfm_extensions_get_table_alignments(node)
        alignments = known.map { Array(UnsafeBufferPointer(start: $0, count: columns)) } ?? []
        hasBody = false
        return "<div class=\"markdown-table\" tabindex=\"0\">\n<table>\n"
    }

    func close() -> String {
        (hasBody ? "</tbody>\n" : "") + "</table>\n</div>\n"
    }

    mutating func openRow(isHeader: Bool) -> String {
        column = 0
        self.isHeader = isHeader
        if isHeader { return "<thead>\n<tr>" }
        defer { hasBody = true }
        return hasBody ? "<tr>" : "<tbody>\n<tr>"
    }

    func closeRow() -> String {
        isHeader ? "</tr>\n</thead>\n" : "</tr>\n"
    }

    mutating func openCell() -> String {
        defer { column += 1 }
        let alignment =
            switch alignments.indices.contains(column) ? alignments[column] : 0 {
            case UInt8(ascii: "c"): " class=\"markdown-center\""
            case UInt8(ascii: "r"): " class=\"markdown-right\""
            default: ""
            }
        return isHeader ? "<th scope=\"col\"\(alignment)>" : "<td\(alignment)>"
    }

    func closeCell() -> String {
        isHeader ? "</th>" : "</td>"
    }
}
