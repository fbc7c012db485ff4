/// Long texts as people write them: CommonMark with tables, strikethrough, bare addresses, task lists and footnotes,
/// and one directive of ours, a paragraph `[[citation:ID]]`.
public enum Markdown {
    /// The text as HTML that is safe to show: tags typed by people are shown as text, addresses other than
    /// `http`, `https`, `mailto`, `tel` and local ones are dropped (their words stay), images that are no file of the
    /// text become links.
    /// - Parameters:
    ///   - headingOffset: added to heading levels, so that they fit under the page's own (at most `h6`).
    ///   - idPrefix: begins every `id`; give each text of a page its own.
    ///   - files: the files of the text, by the address that leads to them.
    ///   - directive: what stands in place of a directive (`citation:ID`), as a block; nothing when nil.
    public static func html(
        _ source: String, headingOffset: Int = 2, idPrefix: String = "s-", files: [String: MarkdownFile] = [:],
        directive: (String) -> Markup? = { _ in nil }
    ) -> Markup {
        let document = MarkdownDocument(source)
        var writer = MarkdownWriter(headingOffset: headingOffset, idPrefix: idPrefix, files: files)
        document.walk { node, isEntering in
            guard isEntering, let directives = MarkdownDocument.directives(of: node) else {
                return writer.write(node, isEntering: isEntering)
            }
            for name in directives { writer.insert(directive(name)) }
            return false
        }
        return writer.finished()
    }

    /// The words alone, a line for each block, for search and counting; directives are left out.
    public static func plain(_ source: String) -> String {
        let document = MarkdownDocument(source)
        var writer = MarkdownPlainWriter()
        document.walk { node, isEntering in
            if isEntering, MarkdownDocument.directives(of: node) != nil { return false }
            writer.write(node, isEntering: isEntering)
            return true
        }
        return writer.finished()
    }

    /// The identifiers of the directives of a name, in order, repeated ones too.
    public static func directives(in source: String, named name: String = "citation") -> [String] {
        guard source.utf8.contains(UInt8(ascii: "[")) else { return [] }
        let document = MarkdownDocument(source)
        var identifiers: [String] = []
        document.walk { node, isEntering in
            guard isEntering, let directives = MarkdownDocument.directives(of: node) else { return true }
            identifiers += directives.filter { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
            return false
        }
        return identifiers
    }

    /// The addresses that links and images lead to, in order, repeated ones too.
    public static func references(in source: String) -> [MarkdownReference] {
        guard source.utf8.contains(UInt8(ascii: "(")) || source.utf8.contains(UInt8(ascii: ":")) else { return [] }
        var references: [MarkdownReference] = []
        MarkdownDocument(source).walk { node, isEntering in
            if isEntering, let reference = MarkdownReference(node) { references.append(reference) }
            return true
        }
        return references
    }

    /// True when a reader would see nothing: no word, no directive, no image.
    public static func isBlank(_ source: String) -> Bool {
        // What begins with a letter shows it: most texts do, and need not be read to their end.
        if source.unicodeScalars.first(where: { !$0.properties.isWhitespace })?.properties.isAlphabetic == true { return false }
        let document = MarkdownDocument(source)
        var isBlank = true
        document.walk { node, isEntering in
            if isEntering { isBlank = isBlank && !document.isVisible(node) }
            return isBlank
        }
        return isBlank
    }
}
