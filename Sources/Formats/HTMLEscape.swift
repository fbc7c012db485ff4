/// The five characters that HTML reads as its own, written so that it reads them as text.
enum HTMLEscape {
    /// Appends the text with `& < > " '` escaped, in one pass over the bytes; nothing is copied when none is there.
    static func append(_ text: String, to html: inout String) {
        var text = text
        let extra = text.withUTF8 { bytes in bytes.reduce(into: 0) { $0 += entity(of: $1)?.utf8CodeUnitCount ?? 1 } }
        guard extra > text.utf8.count else {
            html += text
            return
        }
        html += String(unsafeUninitializedCapacity: extra) { buffer in
            text.withUTF8 { bytes in
                var end = 0
                for byte in bytes {
                    guard let entity = entity(of: byte) else {
                        buffer[end] = byte
                        end += 1
                        continue
                    }
                    for offset in 0..<entity.utf8CodeUnitCount { buffer[end + offset] = entity.utf8Start[offset] }
                    end += entity.utf8CodeUnitCount
                }
                return end
            }
        }
    }

    @inline(__always)
    private static func entity(of byte: UInt8) -> StaticString? {
        guard byte <= UInt8(ascii: ">") else { return nil }
        return switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
