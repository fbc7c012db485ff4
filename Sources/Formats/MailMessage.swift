/// A mail as it travels (RFC 5322): plain text, in ASCII lines of at most 78 characters, so that every server takes it.
public struct MailMessage: Sendable, Equatable {
    /// Unique, and the same at every try: who receives it twice keeps it once.
    public var identifier: String
    public var date: Instant
    public var from: (name: String, address: String)
    public var to: (name: String, address: String)
    public var subject: String
    public var text: String

    public init(
        identifier: String, date: Instant, from: (name: String, address: String), to: (name: String, address: String), subject: String,
        text: String
    ) {
        (self.identifier, self.date, self.from, self.to, self.subject, self.text) = (identifier, date, from, to, subject, text)
    }

    public static func == (left: MailMessage, right: MailMessage) -> Bool { left.bytes == right.bytes }

    /// Headers, an empty line, the text; lines end with CRLF. Whatever is typed in a name, a subject or a text, there is no
    /// header but these.
    public var bytes: [UInt8] {
        let headers = [
            ("Date", Self.written(date)), ("From", EncodedWords.mailbox(from.name, from.address)),
            ("To", EncodedWords.mailbox(to.name, to.address)), ("Message-ID", "<\(identifier)>"),
            ("Subject", EncodedWords.line(subject, after: "Subject: ")),
            // Nobody's absence is told to a machine (RFC 3834 §5).
            ("Auto-Submitted", "auto-generated"), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "quoted-printable"),
        ]
        let head = headers.map { "\($0): \($1)\r\n" }.joined()
        return Array("\(head)\r\n\(QuotedPrintable.encode(CleanText.normalize(text)))\r\n".utf8)
    }

    /// Whether a text can be the address of a mail: one `@` between something and a domain, nothing that would end it or
    /// begin another.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && !text.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F || $0.properties.isWhitespace || "<>,;:\"()[]\\".unicodeScalars.contains($0) }
    }

    /// `Tue, 03 Mar 2026 08:05:09 +0000`, whatever the language of the machine.
    static func written(_ date: Instant) -> String {
        let (day, _) = date.civil(in: "UTC")
        let time = date.rfc3339.dropFirst(11).dropLast()
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekday), \(day.day < 10 ? "0" : "")\(day.day) \(months[day.month - 1]) \(day.year) \(time) +0000"
    }
}
