/// A stretch of a statement: code, or something whose characters mean nothing (a literal, a quoted name, a comment).
enum SQLPiece: Equatable {
    case code(Substring)
    case closed(Substring)

    /// The pieces of a text, in order, whole.
    static func all(of text: String) -> [SQLPiece] {
        var pieces: [SQLPiece] = []
        let bytes = text.utf8
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            guard let end = closedEnd(from: index, in: bytes) else {
                index = bytes.index(after: index)
                continue
            }
            if start < index { pieces.append(.code(text[start..<index])) }
            pieces.append(.closed(text[index..<end]))
            index = end
            start = end
        }
        if start < bytes.endIndex { pieces.append(.code(text[start...])) }
        return pieces
    }

    /// The end of what begins here and is not code.
    private static func closedEnd(from index: String.Index, in bytes: String.UTF8View) -> String.Index? {
        let next = bytes.index(after: index)
        switch (bytes[index], next < bytes.endIndex ? bytes[next] : 0) {
        case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
            // A doubled quote closes and opens again at once: the two pieces touch, and nothing is between them.
            return bytes[next...].firstIndex(of: bytes[index]).map { bytes.index(after: $0) } ?? bytes.endIndex
        case (UInt8(ascii: "-"), UInt8(ascii: "-")):
            return bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        case (UInt8(ascii: "/"), UInt8(ascii: "*")):
            var end = bytes.index(after: next)
            while end < bytes.endIndex {
                let after = bytes.index(after: end)
                if bytes[end] == UInt8(ascii: "*"), after < bytes.endIndex, bytes[after] == UInt8(ascii: "/") {
                    return bytes.index(after: after)
                }
                end = after
            }
            return bytes.endIndex
        default: return nil
        }
    }
}
