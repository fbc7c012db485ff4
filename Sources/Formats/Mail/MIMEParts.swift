/// The outer shape of a message (RFC 5322, RFC 2046): headers, body, the parts between boundaries. Lenient about line ends and
/// about messages that were cut; it never fails and never looks further than what it is given.
enum MIMEParts {
    /// What is read of the headers of one part, and of its boundaries: a machine writes far less.
    private static let headersLimit = 64 << 10
    static let most = 200

    /// Headers by lower-case name (the first of two wins), folded lines joined, and what follows the empty line.
    static func split(_ bytes: ArraySlice<UInt8>) -> (headers: [String: String], body: ArraySlice<UInt8>) {
        var headers: [String: String] = [:]
        var current = ""
        func keep() {
            guard let colon = current.firstIndex(of: ":") else { return }
            let name = current[..<colon].lowercased()
            if headers[name] == nil { headers[name] = CleanText.line(String(current[current.index(after: colon)...])) }
        }
        var rest = bytes
        while let (line, after) = nextLine(rest) {
            rest = after
            if line.isEmpty { break }
            guard line.endIndex - bytes.startIndex <= headersLimit else { continue }
            if line.first == 0x20 || line.first == 0x09 {
                current += " " + CleanText.line(MailCharset.header(line))
            } else {
                keep()
                current = MailCharset.header(line)
            }
        }
        keep()
        return (headers, rest)
    }

    /// What stands between the lines of a boundary. The line end before a boundary belongs to it (RFC 2046 §5.1.1).
    static func parts(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var rest = body
        while let (line, after) = nextLine(rest) {
            if line.starts(with: mark) {
                if let start { parts.append(body[start..<line.startIndex]) }
                guard parts.count < most else { return parts }
                start = after.startIndex
                if line.dropFirst(mark.count).starts(with: Array("--".utf8)) { return parts }
            }
            rest = after
        }
        // A message that was cut: its last part is as it is.
        if let start, start < body.endIndex { parts.append(body[start...]) }
        return parts
    }

    /// A line without its end (LF or CRLF), and what follows; nil at the end.
    static func nextLine(_ bytes: ArraySlice<UInt8>) -> (line: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard !bytes.isEmpty else { return nil }
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = bytes[..<end]
        return (line.last == 0x0D ? line.dropLast() : line, end < bytes.endIndex ? bytes[(end + 1)...] : bytes[end...])
    }
}
