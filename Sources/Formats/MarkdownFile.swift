import CCmarkGfm

/// A file that a text carries, at an address of the text.
public enum MarkdownFile: Sendable {
    /// An image: its element, given the words for who does not see it.
    case image(@Sendable (_ alternative: String) -> Markup)
    /// A document: where it is, what it is (« PDF, 1,2 Mo »).
    case document(address: String, about: String)
}

/// An address that a text leads to, by a link or by an image.
public struct MarkdownReference: Sendable, Equatable {
    public let address: String
    public let isImage: Bool
    /// The words of the link, or those for who does not see the image.
    public let words: String

    init?(_ node: MarkdownDocument.Node) {
        let type = cmark_node_get_type(node)
        guard type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE, let url = cmark_node_get_url(node) else { return nil }
        address = String(cString: url)
        isImage = type == CMARK_NODE_IMAGE
        words = MarkdownPlainWriter.words(of: node)
    }
}

extension Markdown {
    /// Words as they are written in a text to be read as they are.
    public static func escaped(_ words: String) -> String {
        words.map { "\\`*_[]<>&~\"".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
