import Formats

/// An answer of a mail server: its number and all its words, with the number.
struct SMTPReply: Sendable, Equatable {
    let code: Int
    let text: String

    var isRefusal: Bool { code >= 400 }
}

/// What was said with a mail server during one try, as far as it may be shown: never a password, never a content.
public struct SMTPConversation: Sendable, Equatable {
    /// Where in the conversation one is, in order.
    public enum Step: String, Sendable, CaseIterable {
        case connection, greeting, encryption, identification, sender, recipient, content
    }

    /// A step that ended well, with what the server or the library said of it.
    public struct Passed: Sendable, Equatable {
        public let step: Step
        public let words: String
    }

    public private(set) var step = Step.connection
    public private(set) var passed: [Passed] = []
    private(set) var lastReply: SMTPReply?
    /// What the library says of its own failure: a certificate, a name that does not exist.
    public internal(set) var trouble = ""
    private var lines: [String] = []
    private var encryption: String?
    private var isOver = false

    public init() {}

    /// The answer that ended the try, when one did.
    var refusal: SMTPReply? { lastReply.flatMap { $0.isRefusal ? $0 : nil } }

    /// A line that the site said: only its verb is looked at.
    mutating func said(_ line: String) {
        switch line.prefix(while: { !$0.isWhitespace }).uppercased() {
        case "EHLO", "HELO": step = encryption == nil ? .greeting : step
        case "STARTTLS": step = .encryption
        case "AUTH": step = .identification
        case "MAIL": step = .sender
        case "RCPT": step = .recipient
        case "DATA": step = .content
        // What is answered to it is not about the mail.
        case "QUIT": isOver = true
        default: break
        }
    }

    /// A line that the server said.
    mutating func heard(_ raw: String) {
        let line = Self.shown(raw)
        guard !isOver, let code = Int(line.prefix(3)), line.count >= 3 else { return }
        lines.append(line)
        guard !line.dropFirst(3).hasPrefix("-") else { return }
        let reply = SMTPReply(code: code, text: Self.shown(lines.joined(separator: " ")))
        lines = []
        lastReply = reply
        switch (step, code) {
        case (.connection, 200..<300): pass(.greeting, reply.text)
        case (.identification, 200..<300), (.sender, 200..<300), (.recipient, 200..<300): pass(step, reply.text)
        case (.content, 200..<300): pass(.content, reply.text)
        default: break
        }
    }

    /// What the library says of the connection.
    mutating func noted(_ raw: String) {
        let line = Self.shown(raw)
        if line.hasPrefix("Connected to ") { pass(.connection, line) }
        if line.hasPrefix("SSL connection using ") {
            encryption = String(line.dropFirst("SSL connection using ".count))
        }
        if line.hasPrefix("SSL certificate verify ok"), let encryption { pass(.encryption, encryption) }
    }

    private mutating func pass(_ step: Step, _ words: String) {
        if !passed.contains(where: { $0.step == step }) { passed.append(Passed(step: step, words: words)) }
        if step == .greeting, self.step == .connection { self.step = .greeting }
    }

    /// One line of at most 400 characters, fit to be kept and shown.
    static func shown(_ text: String) -> String { String(CleanText.line(text).prefix(400)) }
}
