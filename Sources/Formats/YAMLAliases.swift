/// Finds `*name` where `&name` stands too, before the file is composed: a chain of aliases unfolds without end.
enum YAMLAliases {
    /// Where the first alias of an anchor of the same text stands, or nil. A text where both only look like it (in a
    /// block of prose) is refused with it; `*` and `&` followed by a space, as people write them, never are.
    static func first(in text: String) -> String.Index? {
        let bytes = text.utf8
        guard bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) else { return nil }
        let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes).map(\.name))
        return names(after: UInt8(ascii: "*"), in: bytes).first { anchors.contains($0.name) }?.index
    }

    private static func names(after sign: UInt8, in bytes: String.UTF8View) -> [(name: Substring, index: String.Index)] {
        var names: [(name: Substring, index: String.Index)] = []
        var previous = UInt8(ascii: "\n")
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == sign, isSeparator(previous) {
                let start = bytes.index(after: index)
                let name = bytes[start...].prefix(while: isNameByte)
                if !name.isEmpty, name.endIndex == bytes.endIndex || isSeparator(bytes[name.endIndex]) {
                    names.append((Substring(name), index))
                }
            }
            previous = byte
        }
        return names
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        " \t\r\n?:,[]{}%@`-".utf8.contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
