import CCmarkGfm

/// The nodes that extensions add; the library knows them by name only.
enum MarkdownKind {
    case table, tableRow, tableCell, strikethrough, taskItem, other

    init(of node: MarkdownDocument.Node) {
        switch cmark_node_get_type_string(node).map({ String(cString: $0) }) {
        case "table": self = .table
        case "table_row", "table_header": self = .tableRow
        case "table_cell": self = .tableCell
        case "strikethrough": self = .strikethrough
        case "tasklist": self = .taskItem
        default: self = .other
        }
    }
}
