import Formats

/// A mail ready to leave: who it goes from and to, and its bytes.
public struct Letter: Sendable {
    public let returns: String
    public let recipient: String
    public let bytes: [UInt8]

    /// A mail of the outbox.
    init(_ mail: Outbox.Taken, from server: MailServer, siteName: String) {
        returns = server.returns(of: mail.id)
        recipient = mail.address
        bytes =
            MailMessage(
                identifier: MailIdentity.messageId(mail.id, sender: server.sender), date: mail.createdAt,
                from: (siteName, server.sender), to: (mail.name ?? "", mail.address), subject: mail.subject, text: mail.body
            ).bytes
    }

    /// A mail that is in no outbox: a trial.
    public init(to recipient: String, from server: MailServer, siteName: String, subject: String, text: String, at now: Instant) {
        let id = Identifier.new(at: now)
        returns = server.returns(of: id)
        self.recipient = recipient
        bytes =
            MailMessage(
                identifier: MailIdentity.messageId(id, sender: server.sender), date: now, from: (siteName, server.sender),
                to: ("", recipient), subject: subject, text: text
            ).bytes
    }
}

/// Who takes letters to a mail server, one at a time.
public protocol MailCarrier: Sendable {
    func carry(_ letter: Letter) async -> Delivery
    /// No letter follows for now: the connection is closed.
    func rest() async
    /// The site stops: what has not left stays; what is leaving has a few seconds.
    func stop()
}
