import CCmarkGfm
import Synchronization

/// A parsed text, as a tree of the C library that lives as long as this value.
struct MarkdownDocument: ~Copyable {
    typealias Node = OpaquePointer

    private let root: Node?

    init(_ source: String) {
        root = Self.parse(source)
    }

    deinit {
        cmark_node_free(root)
    }

    /// Lends the top of the tree.
    func withRoot<T>(_ body: (Node?) -> T) -> T { body(root) }

    /// Visits each node as it begins and as it ends; the closure answers whether to go inside (when it begins).
    func walk(_ visit: (_ node: Node, _ isEntering: Bool) -> Bool) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
            let isEntering = event == CMARK_EVENT_ENTER
            if !visit(node, isEntering), isEntering, !Self.isLeaf(node) {
                cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
            }
        }
    }

    /// `name:ID` for each directive when a paragraph holds nothing else (one a line), or nil.
    static func directives(of node: Node) -> [String]? {
        guard cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH else { return nil }
        var lines = [""]
        var child = cmark_node_first_child(node)
        while let current = child {
            switch cmark_node_get_type(current) {
            case CMARK_NODE_TEXT: lines[lines.count - 1] += literal(current)
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: lines.append("")
            default: return nil
            }
            child = cmark_node_next(current)
        }
        let names = lines.compactMap(directive)
        return names.count == lines.count ? names : nil
    }

    /// Whether a node alone shows something.
    func isVisible(_ node: Node) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_IMAGE: true
        case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE:
            Self.literal(node).unicodeScalars.contains { !$0.properties.isWhitespace }
        default: false
        }
    }

    static func literal(_ node: Node) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    /// Nodes for which the iterator gives no second visit.
    private static func isLeaf(_ node: Node) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT,
            CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
            true
        default: false
        }
    }

    /// The inside of `[[name:ID]]`: a name in small letters, an identifier of letters, figures, `-`, `_` and `.`.
    private static func directive(_ line: String) -> String? {
        guard line.hasPrefix("[["), line.hasSuffix("]]") else { return nil }
        let inside = line.dropFirst(2).dropLast(2)
        let parts = inside.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, (1...100).contains(parts[1].count),
            parts[0].allSatisfy({ (97...122).contains($0) }),
            parts[1].allSatisfy({ French.isASCIIWord($0 | 0x20) || [45, 46, 95].contains($0) })
        else { return nil }
        return String(inside)
    }

    // MARK: Parsing

    private static let extensions = ["table", "strikethrough", "autolink", "tasklist"]

    /// The library keeps its table of special characters in a global that each parsing changes: one at a time.
    private static let parsing = Mutex(false)

    private static func parse(_ source: String) -> Node? {
        let allowsTables = MarkdownLimits.allowsTables(in: source)
        let allowsBareAddresses = MarkdownLimits.allowsBareAddresses(in: source)
        let source = MarkdownLimits.tamed(source)
        return parsing.withLock { isReady in
            if !isReady { cmark_gfm_core_extensions_ensure_registered() }
            isReady = true
            guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8) else { return nil }
            defer { cmark_parser_free(parser) }
            for name in extensions where (name != "table" || allowsTables) && (name != "autolink" || allowsBareAddresses) {
                cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
            }
            var source = source
            source.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            }
            let root = cmark_parser_finish(parser)
            cmark_consolidate_text_nodes(root)
            return root
        }
    }
}
