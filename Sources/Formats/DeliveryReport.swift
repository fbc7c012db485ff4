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
        let (headers, body) = MIMEParts.split(message[...])
        let type = headers["content-type"] ?? ""
        guard type.lowercased().hasPrefix("multipart/report"), let boundary = HeaderParameters.read(type)["boundary"] else { return nil }
        var statuses: [[String: String]] = []
        var original: String?
        for part in MIMEParts.parts(of: body, boundary: boundary) {
            let (own, content) = MIMEParts.split(part)
            switch (own["content-type"] ?? "").lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
            case "message/delivery-status", "message/global-delivery-status": statuses += Self.blocks(of: content)
            case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
                original = original ?? MIMEParts.split(content).headers["message-id"].map(Self.bare)
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

    /// The blocks of fields of a report: the first is about the message, each other about a recipient.
    private static func blocks(of content: ArraySlice<UInt8>) -> [[String: String]] {
        var blocks: [[String: String]] = []
        // A report says a few lines of each recipient.
        var rest = content.prefix(256 << 10)
        while !rest.isEmpty, blocks.count < MIMEParts.most {
            let (fields, after) = MIMEParts.split(rest)
            if !fields.isEmpty { blocks.append(fields) }
            rest = after
        }
        return blocks
    }
}
