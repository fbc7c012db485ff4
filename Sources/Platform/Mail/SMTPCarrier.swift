import CCurl
import Dispatch
import Foundation
import Synchronization

/// Takes letters to a mail server by SMTP, through libcurl, on a thread of its own.
public final class SMTPCarrier: MailCarrier {
    private let server: MailServer
    private let name: String
    private let queue = DispatchQueue(label: "essaim.mail")
    private let connection = Mutex<SMTPConnection?>(nil)
    private let stopping = SMTPStop()
    /// Servers take only so many mails on one connection.
    private static let most = 50

    /// - Parameter publicURL: the address of the site, whose host is the name said to the server.
    public init(_ server: MailServer, publicURL: String) {
        self.server = server
        name = URLComponents(string: publicURL)?.host ?? "localhost"
    }

    public func carry(_ letter: Letter) async -> Delivery { await tell(letter).delivery }

    /// Carries a letter and tells how it went, step by step.
    public func tell(_ letter: Letter) async -> (delivery: Delivery, conversation: SMTPConversation) {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.work(letter)) }
        }
    }

    public func rest() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.connection.withLock { $0 = nil }
                continuation.resume()
            }
        }
    }

    public func stop() { stopping.begin() }

    private func work(_ letter: Letter) -> (delivery: Delivery, conversation: SMTPConversation) {
        guard !stopping.isAsked else { return (.stopped, SMTPConversation()) }
        guard server.security != .none || server.user == nil || server.isLocal else {
            return (.later(.insecure, answer: ""), SMTPConversation())
        }
        return connection.withLock { connection in
            if let known = connection, known.carried >= Self.most { connection = nil }
            guard let current = connection ?? SMTPConnection(server, name: name, stopping) else {
                return (.later(.unreachable, answer: "libcurl"), SMTPConversation())
            }
            let (code, conversation) = current.carry(letter)
            let delivery = Delivery(code, conversation)
            // After a failure the next letter finds a new connection.
            if case .sent = delivery { connection = current } else { connection = nil }
            return (delivery, conversation)
        }
    }
}

/// Whether the site stops, and since when.
final class SMTPStop: Sendable {
    private let since = Mutex<ContinuousClock.Instant?>(nil)
    /// How long a server has to answer for a mail that it has received whole.
    private static let patience = Duration.seconds(10)

    var isAsked: Bool { since.withLock { $0 != nil } }

    func begin() { since.withLock { $0 = $0 ?? .now } }

    /// Whether a try ends now: a mail of which a part has not left is not delivered, one that has left whole may be.
    func ends(isWhole: Bool) -> Bool {
        since.withLock { since in
            guard let since else { return false }
            return !isWhole || ContinuousClock.now - since > Self.patience
        }
    }
}
