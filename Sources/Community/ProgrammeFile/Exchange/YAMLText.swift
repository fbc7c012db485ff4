/// Writes a programme file as a person would: two spaces in, no quotes where none are needed, long texts in blocks.
struct YAMLText {
    private(set) var text = ""

    init(_ node: FileNode) {
        switch node {
        case .record(let entries): write(entries, indent: 0)
        case .list(let items): write(items, indent: 0)
        case .text(let scalar): text = YAMLText.scalar(scalar, indent: 0) + "\n"
        }
    }

    private mutating func write(_ entries: [(key: String, value: FileNode)], indent: Int, afterDash: Bool = false) {
        for (position, entry) in entries.enumerated() {
            if position > 0 || !afterDash { text += YAMLText.spaces(indent) }
            text += entry.key + ":"
            writeValue(entry.value, indent: indent + 2)
        }
    }

    private mutating func writeValue(_ node: FileNode, indent: Int) {
        switch node {
        case .text(let scalar): text += " " + YAMLText.scalar(scalar, indent: indent) + "\n"
        case .record(let entries) where entries.isEmpty: text += " {}\n"
        case .list(let items) where items.isEmpty: text += " []\n"
        case .record(let entries):
            text += "\n"
            write(entries, indent: indent)
        case .list(let items):
            text += "\n"
            write(items, indent: indent)
        }
    }

    private mutating func write(_ items: [FileNode], indent: Int) {
        for item in items {
            text += YAMLText.spaces(indent) + "-"
            switch item {
            case .record(let entries) where !entries.isEmpty:
                text += " "
                write(entries, indent: indent + 2, afterDash: true)
            default: writeValue(item, indent: indent + 2)
            }
        }
    }

    private static func scalar(_ text: String, indent: Int) -> String {
        if isPlain(text) { return text }
        if text.utf8.contains(UInt8(ascii: "\n")), isBlock(text) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return "|-\n" + lines.map { $0.isEmpty ? "" : spaces(indent) + $0 }.joined(separator: "\n")
        }
        return quoted(text)
    }

    /// Words that YAML can read as nothing but a text: they begin with a letter and hold no sign of YAML's.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, !reserved.contains(text) else {
            return !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                && !text.hasPrefix("0")
        }
        guard text.unicodeScalars.last != " ", !text.contains("  ") else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || " '’-–(),./0123456789«»\u{A0}\u{202F}".unicodeScalars.contains(scalar)
        }
    }

    private static let reserved: Set<String> = [
        "null", "Null", "NULL", "true", "false", "yes", "no", "on", "off", "True", "False", "Yes", "No",
    ]

    /// Lines that a literal block keeps exactly.
    private static func isBlock(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first != " ", first != "\t", first != "\n" else { return false }
        guard !text.hasSuffix("\n") else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x2030...0xD7FF, 0xE000...0xFDCF: true
            default: false
            }
        }
    }

    /// Between double quotes, with JSON's escapes, which are YAML's too.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            case "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                result +=
                    "\\u" + String(repeating: "0", count: scalar.value < 0x1000 ? 2 : 0)
                    + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension ProgrammeFile {
    /// The programme as a file, in YAML. Comments are not kept; everything else is: `read(file.yaml())` is the file.
    public func yaml() -> String { YAMLText(WritingKeys.node(of: self)).text }
}
