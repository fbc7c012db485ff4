/// A text in lines of at most 76 printable ASCII characters (RFC 2045 §6.7).
enum QuotedPrintable {
    private static let width = 75

    /// Lines of the text end with LF; those of the answer with CRLF.
    static func encode(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { encode(line: $0) }.joined(separator: "\r\n")
    }

    private static func encode(line: Substring) -> String {
        var lines: [String] = []
        var current = ""
        let scalars = Array(line.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isLast = index == scalars.count - 1
            // The bytes of a character stay on one line, so that a reader that shows them raw shows whole ones.
            let written = String(scalar).utf8.map { escaped($0, isLast: isLast) }.joined()
            if current.utf8.count + written.utf8.count > width {
                lines.append(current + "=")
                current = ""
            }
            current += written
        }
        return (lines + [current]).joined(separator: "\r\n")
    }

    private static func escaped(_ byte: UInt8, isLast: Bool) -> String {
        switch byte {
        case 0x09, 0x20: isLast ? hexadecimal(byte) : String(UnicodeScalar(byte))
        case UInt8(ascii: "="): hexadecimal(byte)
        case 0x21...0x7E: String(UnicodeScalar(byte))
        default: hexadecimal(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "=0\(digits)" : "=\(digits)"
    }
}
