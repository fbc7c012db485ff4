/// Why a mail has not arrived: each has its sentence, `platform.outbox.reason.…`.
public enum MailReason: String, Sendable, Codable, CaseIterable {
    // What stops every mail: the server, or how the site is set up.
    case unreachable, slow, insecure, unauthorised, senderRefused, busy
    // What stops this one for a while.
    case deferred
    // What stops this one for good.
    case recipientRefused, contentRefused, badAddress, bounced
    // It waited until it was of no use: since long, or after its link was over.
    case stale, expired

    /// All mails wait then, and leave as soon as one does.
    var isOfServer: Bool {
        switch self {
        case .unreachable, .slow, .insecure, .unauthorised, .senderRefused, .busy: true
        case .deferred, .recipientRefused, .contentRefused, .badAddress, .bounced, .stale, .expired: false
        }
    }

    static let ofServer = allCases.filter(\.isOfServer)
}
