/// The words of a message that came as HTML alone: blocks become lines, what a mail program quotes is left out, nothing is run.
enum HTMLText {
    /// Elements whose content is not for people to read.
    private static let hidden: Set<String> = ["script", "style", "head", "title", "template", "noscript", "svg", "math", "object"]
    private static let blocks: Set<String> = [
        "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "header",
        "footer", "hr", "dl", "dt", "dd",
    ]
    private static let paragraphs: Set<String> = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"]
    private static let void: Set<String> = ["br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed"]

    static func read(_ html: String) -> String {
        var text = ""
        var rest = Substring(html)
        // The element being skipped, and how many of its name are open in it.
        var skipped: (name: String, depth: Int)?
        walk: while let start = rest.firstIndex(of: "<") {
            if skipped == nil { text += words(rest[..<start]) }
            rest = rest[start...]
            if rest.hasPrefix("<!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { break walk }
            let tag = Tag(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
            if var open = skipped {
                if tag.name == open.name, !tag.isVoid { open.depth += tag.isClosing ? -1 : 1 }
                skipped = open.depth <= 0 ? nil : open
                continue
            }
            if !tag.isClosing, !tag.isVoid, hidden.contains(tag.name) || tag.isQuotation {
                skipped = (tag.name, 1)
                continue
            }
            if tag.name == "li" { text += tag.isClosing ? "" : "\n- " } else if blocks.contains(tag.name) { text += paragraphs.contains(tag.name) ? "\n\n" : "\n" }
            // Outlook marks where the message that is answered begins; nothing of the writer follows.
            if tag.identifier == "divRplyFwdMsg" || tag.identifier == "appendonsend" { return tidy(text) }
        }
        if skipped == nil, !rest.contains("<") { text += words(rest) }
        return tidy(text)
    }

    private struct Tag {
        let name: String
        let isClosing: Bool
        let isVoid: Bool
        let isQuotation: Bool
        let identifier: String

        init(_ content: Substring) {
            isClosing = content.hasPrefix("/")
            let body = isClosing ? content.dropFirst() : content
            let found = body.prefix { $0.isLetter || $0.isNumber }.lowercased()
            name = found
            isVoid = HTMLText.void.contains(found) || body.hasSuffix("/")
            let attributes = body.dropFirst(found.count)
            identifier = Self.value("id", attributes)
            let classes = Self.value("class", attributes)
            isQuotation =
                (found == "blockquote" && Self.value("type", attributes).lowercased() == "cite")
                || ["gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"].contains { classes.contains($0) }
        }

        private static func value(_ name: String, _ attributes: Substring) -> String {
            guard let range = attributes.firstRange(of: "\(name)=") else { return "" }
            let rest = attributes[range.upperBound...]
            guard let mark = rest.first, mark == "\"" || mark == "'" else { return String(rest.prefix { !$0.isWhitespace }) }
            return String(rest.dropFirst().prefix { $0 != mark })
        }
    }

    /// Runs of white space are one space, as a browser shows them.
    private static func words(_ text: Substring) -> String {
        var result = ""
        var inSpace = false
        for character in entities(text) {
            let isSpace = character == " " || character == "\n" || character == "\t" || character == "\r\n" || character == "\r"
            if !(isSpace && inSpace) { result.append(isSpace ? " " : character) }
            inSpace = isSpace
        }
        return result
    }

    private static let names: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "laquo": "«", "raquo": "»", "eacute": "é", "egrave": "è",
        "ecirc": "ê", "euml": "ë", "agrave": "à", "acirc": "â", "ccedil": "ç", "ugrave": "ù", "ucirc": "û", "icirc": "î", "iuml": "ï", "ocirc": "ô",
        "oelig": "œ", "Eacute": "É", "Egrave": "È", "Agrave": "À", "Ccedil": "Ç", "OElig": "Œ", "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”",
        "hellip": "…", "ndash": "–", "mdash": "—", "euro": "€", "bull": "•", "middot": "·", "deg": "°", "copy": "©", "times": "×", "thinsp": "\u{2009}",
    ]

    private static func entities(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var result = ""
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[rest.index(after: start)...]
            let name = rest.prefix(12).prefix { $0 != ";" && !$0.isWhitespace && $0 != "&" }
            let after = rest.dropFirst(name.count)
            guard after.first == ";", let character = character(String(name)) else {
                result += "&"
                continue
            }
            result.append(character)
            rest = after.dropFirst()
        }
        return result + rest
    }

    private static func character(_ name: String) -> Character? {
        if let known = names[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map(Character.init)
    }

    /// Two line ends at most in a row, no space at the ends of lines.
    private static func tidy(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({ CleanText.line(String($0)) })
        where !(line.isEmpty && (lines.last?.isEmpty ?? true)) { lines.append(line) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
