/// A message that came from outside (RFC 5322), read for what a person wrote in it and what they joined.
public struct ReceivedMail: Sendable, Equatable {
    /// A file that somebody joined; or a text part beside the first.
    public struct Attachment: Sendable, Equatable {
        public var name: String
        public var type: String
        public var bytes: [UInt8]
    }

    public var identifier: String?
    public var from: (name: String, address: String)
    public var subject: String
    /// Every address that it went to, as its headers and those of mail servers say.
    public var recipients: [String]
    /// What is written in it, quoted text and signature included: plain text where there is some, else that of its HTML.
    public var text: String
    public var attachments: [Attachment]
    /// Whether it has more text than anybody writes: `text` is its beginning.
    public var isTooLong: Bool
    /// Whether a machine wrote it: an absence, a list, a report (RFC 3834).
    public var isAutomatic: Bool
    /// Whether the server that took it says that its sender's domain did not send it (RFC 8601).
    public var isDisowned: Bool

    private static let deepest = 10
    /// The bytes of text that are read; of HTML, which says little in many.
    private static let longest = 1 << 20
    private static let longestHTML = 4 << 20

    public init(_ message: [UInt8]) {
        let (headers, body) = MIMEParts.split(message[...])
        var reading = Reading()
        reading.read(headers, body, depth: 0)
        identifier = headers["message-id"].map { String($0.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }) }.flatMap { $0.isEmpty ? nil : $0 }
        from = MailHeaders.mailbox(headers["from"] ?? headers["sender"] ?? "")
        subject = MailHeaders.words(headers["subject"] ?? "")
        recipients = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcptto", "to", "cc"].flatMap { MailHeaders.addresses(headers[$0] ?? "") }
        text = CleanText.normalize(reading.plain ?? reading.html.map(HTMLText.read) ?? "")
        isTooLong = reading.plain == nil ? reading.isHTMLCut : reading.isPlainCut
        attachments = reading.attachments
        isAutomatic = Self.isAutomatic(headers, from: from.address)
        isDisowned = Self.isDisowned(headers["authentication-results"] ?? "")
    }

    public static func == (left: ReceivedMail, right: ReceivedMail) -> Bool {
        left.identifier == right.identifier && left.from == right.from && left.subject == right.subject && left.recipients == right.recipients
            && left.text == right.text && left.attachments == right.attachments && left.isAutomatic == right.isAutomatic && left.isTooLong == right.isTooLong
    }

    /// What the last server found: a failure of the whole (DMARC), or of both of what makes it.
    private static func isDisowned(_ results: String) -> Bool {
        let words = results.lowercased().split { " ;\t()".contains($0) }
        return words.contains("dmarc=fail") || (words.contains("spf=fail") && words.contains("dkim=fail"))
    }

    private static let machines: Set<String> = [
        "mailer-daemon", "postmaster", "noreply", "no-reply", "ne-pas-repondre", "nepasrepondre", "do-not-reply", "donotreply",
    ]

    /// What machines say of themselves, by the standard and by habit.
    private static func isAutomatic(_ headers: [String: String], from address: String) -> Bool {
        if let submitted = headers["auto-submitted"]?.lowercased(), !submitted.hasPrefix("no") { return true }
        if let precedence = headers["precedence"]?.lowercased(), ["bulk", "junk", "list", "auto_reply"].contains(precedence) { return true }
        if ["x-autoreply", "x-autorespond", "list-id", "list-unsubscribe", "x-failed-recipients"].contains(where: { headers[$0] != nil }) { return true }
        if headers["return-path"].map({ $0.filter { !$0.isWhitespace } }) == "<>" { return true }
        if (headers["content-type"] ?? "").lowercased().hasPrefix("multipart/report") { return true }
        let local = address.prefix { $0 != "@" }
        return address.isEmpty || machines.contains(String(local))
    }

    /// The walk through the parts of a message.
    private struct Reading {
        var plain: String?
        var html: String?
        var attachments: [Attachment] = []
        var isPlainCut = false
        var isHTMLCut = false
        private var seen = 0

        mutating func read(_ headers: [String: String], _ body: ArraySlice<UInt8>, depth: Int) {
            seen += 1
            guard depth <= ReceivedMail.deepest, seen <= MIMEParts.most else { return }
            let header = headers["content-type"] ?? "text/plain"
            let type = String(header.lowercased().prefix { $0 != ";" && !$0.isWhitespace })
            let parameters = HeaderParameters.read(header)
            if type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty {
                for part in MIMEParts.parts(of: body, boundary: boundary) {
                    let (own, content) = MIMEParts.split(part)
                    read(own, content, depth: depth + 1)
                }
                return
            }
            let bytes = TransferEncoding.decode(body, headers["content-transfer-encoding"] ?? "")
            let isAttached = (headers["content-disposition"] ?? "").lowercased().hasPrefix("attachment")
            let name = MailHeaders.filename(headers)
            if type.hasPrefix("text/"), !isAttached, name == nil {
                let charset = parameters["charset"] ?? ""
                if type == "text/html" {
                    let (kept, isCut) = Self.beginning(of: bytes, ReceivedMail.longestHTML - (html?.utf8.count ?? 0))
                    (html, isHTMLCut) = ((html ?? "") + MailCharset.text(kept, named: charset), isHTMLCut || isCut)
                } else if type == "text/plain" {
                    let (kept, isCut) = Self.beginning(of: bytes, ReceivedMail.longest - (plain?.utf8.count ?? 0))
                    let text = MailCharset.text(kept, named: charset)
                    let flowed = parameters["format"]?.lowercased() == "flowed" ? FlowedText.unfold(text, deletesSpace: parameters["delsp"]?.lowercased() == "yes") : text
                    (plain, isPlainCut) = (plain.map { "\($0)\n\(flowed)" } ?? flowed, isPlainCut || isCut)
                }
                return
            }
            guard !bytes.isEmpty else { return }
            attachments.append(Attachment(name: name ?? "", type: type, bytes: bytes))
        }

        /// So many bytes at most, no letter cut in two.
        private static func beginning(of bytes: [UInt8], _ room: Int) -> (ArraySlice<UInt8>, isCut: Bool) {
            guard bytes.count > room else { return (bytes[...], false) }
            var end = max(0, room)
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            return (bytes[..<end], true)
        }
    }
}

/// Paragraphs that a mail program cut in lines, to be joined again (RFC 3676).
enum FlowedText {
    static func unfold(_ text: String, deletesSpace: Bool) -> String {
        var lines: [String] = []
        var goesOn = false
        // The paragraph being joined: grown in its place, a copy of it at each line would take the square of its length.
        var paragraph = ""
        for raw in CleanText.normalize(text).split(separator: "\n", omittingEmptySubsequences: false) {
            // A signature stands alone; a quoted line is left as it is, to be seen as one.
            let isQuoted = raw.hasPrefix(">")
            let line = !isQuoted && raw.hasPrefix(" ") ? String(raw.dropFirst()) : String(raw)
            let flows = !isQuoted && line.hasSuffix(" ") && line != "-- "
            let joins = goesOn && !isQuoted && line != "-- "
            if !joins, goesOn {
                lines.append(paragraph)
                paragraph = ""
            }
            if joins || flows {
                if joins, deletesSpace { paragraph.removeLast() }
                paragraph += line
                if !flows {
                    lines.append(paragraph)
                    paragraph = ""
                }
            } else {
                lines.append(line)
            }
            goesOn = flows
        }
        if goesOn { lines.append(paragraph) }
        return lines.joined(separator: "\n")
    }
}
