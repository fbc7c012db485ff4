/// Forms that carry files (`multipart/form-data`, RFC 7578), read from a whole body in memory.
public enum Multipart {
    /// One field of the form: a value, or a file when it has a file name.
    public struct Part: Sendable, Hashable {
        public let name: String
        public let filename: String?
        public let contentType: String?
        public let bytes: [UInt8]

        /// The bytes as text, bad UTF-8 replaced.
        public var text: String { String(decoding: bytes, as: UTF8.self).streamSafe }
    }

    /// A form with more parts is refused.
    public static let partLimit = 100
    /// The headers of one part may not be longer (bytes).
    static let headerLimit = 8_192

    /// The parts in order, or nil when the body is not a whole form: no first or last boundary (a body cut in the
    /// middle), headers unreadable or too long, a part without name, too many parts.
    public static func parse(_ body: [UInt8], boundary: String) -> [Part]? {
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        let opening = Array("--\(boundary)".utf8)
        let delimiter = [13, 10] + opening
        let start = body.starts(with: opening) ? opening.count : end(of: delimiter, in: body[...])
        guard var index = start else { return nil }
        var parts: [Part] = []
        while !body[index...].starts(with: "--".utf8) {
            while index < body.count, body[index] == 32 || body[index] == 9 { index += 1 }
            guard body[index...].starts(with: [13, 10]), let next = end(of: delimiter, in: body[index...]),
                index + 2 <= next - delimiter.count, parts.count < partLimit,
                let part = part(body[(index + 2)..<(next - delimiter.count)])
            else { return nil }
            parts.append(part)
            index = next
        }
        return parts
    }

    /// The boundary announced by a `Content-Type` header, or nil when it is not `multipart/form-data`.
    public static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        return HeaderParameters.read(contentType)["boundary"]
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        guard let bodyStart = end(of: [13, 10, 13, 10], in: bytes.prefix(headerLimit)) else { return nil }
        var disposition: [String: String] = [:]
        var contentType: String?
        for line in bytes[..<bodyStart].split(separator: 10) {
            let text = CleanText.line(String(decoding: line, as: UTF8.self))
            if text.isEmpty { continue }
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let value = CleanText.line(String(text[text.index(after: colon)...]))
            switch text[..<colon].lowercased() {
            case "content-disposition": disposition = HeaderParameters.read(value)
            case "content-type": contentType = value
            default: continue
            }
        }
        guard let name = disposition["name"] else { return nil }
        return Part(
            name: unescaped(name), filename: disposition["filename"].map(unescaped), contentType: contentType,
            bytes: Array(bytes[bodyStart...]))
    }

    /// Browsers write a quote and line ends inside a name as `%22`, `%0D`, `%0A` (WHATWG HTML, multipart encoding).
    private static func unescaped(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        return name.replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: " ")
    }

    /// The index just after the first occurrence of the pattern in the bytes.
    private static func end(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { haystack in
            guard haystack.count >= pattern.count else { return nil }
            for start in 0...(haystack.count - pattern.count) where haystack[start] == pattern[0] {
                var offset = 1
                while offset < pattern.count, haystack[start + offset] == pattern[offset] { offset += 1 }
                if offset == pattern.count { return bytes.startIndex + start + offset }
            }
            return nil
        }
    }
}
