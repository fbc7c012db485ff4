import Database
import Formats

/// What a mail server says later of a mail that it had taken: read from the message that it sends back.
public enum Bounces {
    public enum Outcome: Sendable, Equatable {
        /// No report: an automatic answer, a letter.
        case ignored
        /// A report about no mail of this site.
        case unknown
        /// The report says that the mail is on its way, or late.
        case noted(DeliveryReport.Action)
        case failed(subject: String, address: String)
    }

    /// Reads a message and writes that the mail it is about did not arrive.
    /// - Parameter recipient: the address of returns that the message was sent to, when the mail server tells it.
    public static func read(_ message: [UInt8], recipient: String?, _ site: Site) async throws -> Outcome {
        guard let report = DeliveryReport(message) else { return .ignored }
        guard let id = recipient.flatMap(MailIdentity.mailId) ?? report.original.flatMap(MailIdentity.mailId) else { return .unknown }
        guard let entry = try await site.database.read({ try? OutboxEntry.load(id, $0) }) else { return .unknown }
        guard report.action == .failed else { return .noted(report.action) }
        // A report that comes twice, or about a mail that was given up, changes nothing.
        guard [.waiting, .sent].contains(entry.state) else { return .failed(subject: entry.subject, address: entry.address) }
        let words = SMTPConversation.shown([report.status, report.diagnostic].filter { !$0.isEmpty }.joined(separator: " — "))
        try await site.amend(as: "mail.bounced", by: .site, isPublic: false) { change in
            try change.run(
                """
                UPDATE mail SET state = 'failed', reason = \(MailReason.bounced), answer = \(words), leased_until = NULL, leased_by = NULL
                WHERE id = \(id) AND state IN ('waiting', 'sent')
                """)
            try change.trace("mail", id, entry.personId.map { ["person": $0] } ?? [:])
        }
        return .failed(subject: entry.subject, address: entry.address)
    }
}
