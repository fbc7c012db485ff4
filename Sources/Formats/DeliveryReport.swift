/// What a mail server says later of a mail that it had taken (RFC 3464): a message `multipart/report` sent to the address of
/// returns.
public struct DeliveryReport: Sendable, Equatable {
    public enum Action: String, Sendable {
        case failed, delayed, delivered, relayed, expanded
    }

    public let action: Action
    /// `5.1.1`, or nothing.
    public let status: String
    /// The words of the server that refused.
    public let diagnostic: String
    /// The `Message-ID` of the mail that it speaks of, without its `<>`.
    public let original: String?

    /// - Returns: nil for a message that is none: an automatic answer, a letter.
    public init?(_ message: [UInt8]) {
        let (headers, body) = Self.split(message[...])
        let type = headers["content-type"] ?? ""
        guard type.lowercased().hasPrefix("multipart/report"), let boundary = HeaderParameters.read(type)["boundary"] else { return nil }
        var statuses: [[String: String]] = []
        var original: String?
        for part in Self.parts(of: body, boundary: boundary) {
            let (own, content) = Self.split(part)
            switch (own["content-type"] ?? "").lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
            case "message/delivery-status", "message/global-delivery-status": statuses += Self.blocks(of: content)
            case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
                original = original ?? Self.split(content).headers["message-id"].map(Self.bare)
            default: continue
            }
        }
        // One mail has one recipient here; a failure is what matters when a report speaks of several.
        let told = statuses.compactMap { fields in
            fields["action"].flatMap { Action(rawValue: $0.lowercased()) }.map { (action: $0, fields: fields) }
        }
        guard let chosen = told.first(where: { $0.action == .failed }) ?? told.first else { return nil }
        action = chosen.action
        status = String((chosen.fields["status"] ?? "").prefix { $0.isASCII && ($0.isNumber || $0 == ".") })
        diagnostic = chosen.fields["diagnostic-code"].map(Self.withoutType) ?? ""
        self.original = original
    }

    /// `<a@b>` → `a@b`.
    private static func bare(_ value: String) -> String {
        String(value.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
    }

    /// `smtp; 550 5.1.1 unknown` → `550 5.1.1 unknown`.
    private static func withoutType(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";") else { return value }
        return CleanText.line(String(value[value.index(after: semicolon)...]))
    }

    /// Headers by lower-case name (the first of two wins), folded lines joined, and what follows the empty line.
    private static func split(_ bytes: ArraySlice<UInt8>) -> (headers: [String: String], body: ArraySlice<UInt8>) {
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
            if line.first == 0x20 || line.first == 0x09 {
                current += " " + CleanText.line(String(decoding: line, as: UTF8.self))
            } else {
                keep()
                current = String(decoding: line, as: UTF8.self)
            }
        }
        keep()
        return (headers, rest)
    }

    /// The blocks of fields of a report: the first is about the message, each other about a recipient.
    private static func blocks(of content: ArraySlice<UInt8>) -> [[String: String]] {
        var blocks: [[String: String]] = []
        var rest = content
        while !rest.isEmpty {
            let (fields, after) = split(rest)
            if !fields.isEmpty { blocks.append(fields) }
            rest = after
        }
        return blocks
    }

    private static func parts(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var rest = body
        while let (line, after) = nextLine(rest) {
            if line.starts(with: mark) {
                if let start { parts.append(body[start..<line.startIndex]) }
                start = after.startIndex
                if line.dropFirst(mark.count).starts(with: Array("--".utf8)) { return parts }
            }
            rest = after
        }
        // A report that was cut: its last part is as it is.
        if let start, start < body.endIndex { parts.append(body[start...]) }
        return parts
    }

    /// A line without its end (LF or CRLF), and what follows; nil at the end.
    private static func nextLine(_ bytes: ArraySlice<UInt8>) -> (line: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard !bytes.isEmpty else { return nil }
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = bytes[..<end]
        return (line.last == 0x0D ? line.dropLast() : line, end < bytes.endIndex ? bytes[(end + 1)...] : bytes[end...])
    }
}
