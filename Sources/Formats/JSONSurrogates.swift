/// JSON writes an emoji as two escapes (`\ud83c\udf31`), which YAML readers refuse; this writes the character instead.
enum JSONSurrogates {
    /// The text unchanged unless it is JSON (begins with `{` or `[`) and has such pairs.
    static func replaced(in text: String) -> String {
        let opening = text.unicodeScalars.first { !$0.properties.isWhitespace }
        guard opening == "{" || opening == "[" else { return text }
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "\\")) else { return text }
        var written: [UInt8] = []
        written.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let scalar = pair(in: bytes, at: index) {
                written += Array(String(Character(scalar)).utf8)
                index += 12
                continue
            }
            // An escaped backslash is stepped over whole, so that `\\ud83c` stays what it says.
            let length = bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            written += bytes[index..<min(index + length, bytes.count)]
            index += length
        }
        return String(decoding: written, as: UTF8.self)
    }

    private static func pair(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard let high = unit(in: bytes, at: index), (0xD800..<0xDC00).contains(high),
            let low = unit(in: bytes, at: index + 6), (0xDC00..<0xE000).contains(low)
        else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private static func unit(in bytes: [UInt8], at index: Int) -> UInt32? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    }
}
