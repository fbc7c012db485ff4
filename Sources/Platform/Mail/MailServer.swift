import Formats

/// The mail server that the site gives its mails to, and the address it writes from.
public struct MailServer: Sendable, CustomStringConvertible {
    public enum Security: String, Sendable, CaseIterable {
        /// In clear: for a server of the same machine.
        case none
        /// In clear, then encrypted before anything is said (port 587).
        case starttls
        /// Encrypted at once (port 465).
        case tls

        public var port: Int { [.none: 25, .starttls: 587, .tls: 465][self]! }
    }

    public var host: String
    public var port: Int
    public var security: Security
    public var user: String?
    public var password: String
    /// Certificates that are trusted instead of the system's, in a file.
    public var authorities: String?
    /// How long a try may last.
    public var timeout: Duration
    /// The address that mails come from.
    public var sender: String
    /// Where a server that cannot deliver says so; `*` stands for the mail it is about.
    public var returns: String

    public init(
        host: String, port: Int? = nil, security: Security = .starttls, user: String? = nil, password: String = "",
        authorities: String? = nil, timeout: Duration = .seconds(60), sender: String, returns: String? = nil
    ) {
        (self.host, self.security, self.user, self.password) = (host, security, user, password)
        (self.authorities, self.timeout, self.sender) = (authorities, timeout, sender)
        self.port = port ?? security.port
        self.returns = returns ?? sender
    }

    /// Whether what is said to it stays on this machine.
    public var isLocal: Bool { Self.isLocal(host) }

    static func isLocal(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    public static func isAddress(_ text: String) -> Bool { MailMessage.isAddress(text) }

    /// The sender of the envelope: where a refusal of this mail comes back.
    func returns(of mailId: String) -> String { returns.replacing("*", with: MailIdentity.token(mailId)) }

    /// Without its password.
    public var description: String { "\(host):\(port) (\(["none": "sans chiffrement", "starttls": "STARTTLS", "tls": "TLS"][security.rawValue]!))" }
}

/// The names of a mail outside the site.
enum MailIdentity {
    /// `019a…` without its hyphens: 62 of its bits are drawn at random, nobody guesses the one of a mail they did not get.
    static func token(_ mailId: String) -> String { mailId.replacing("-", with: "") }

    /// The `Message-ID`, the same at every try.
    static func messageId(_ mailId: String, sender: String) -> String {
        "\(token(mailId))@\(sender.split(separator: "@").last.map(String.init) ?? "essaim.invalid")"
    }

    /// The mail that an address of returns or a `Message-ID` names.
    static func mailId(in text: String) -> String? {
        guard let match = text.lowercased().firstMatch(of: #/[0-9a-f]{32}/#) else { return nil }
        let digits = Array(String(match.output))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
