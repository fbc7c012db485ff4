import CCurl
import Formats

/// What came of one try to send a mail.
public enum Delivery: Sendable, Equatable {
    /// The server took it, and answers for it from now on.
    case sent(answer: String)
    case later(MailReason, answer: String)
    case never(MailReason, answer: String)
    /// The site stops: nothing was sent, the try does not count.
    case stopped

    /// The meaning of how a conversation ended (RFC 5321 §4.2): a 5xx about the recipient or the content is for good, a 4xx
    /// for a while; whatever stops the others too (network, TLS, log-in, sender) is for a while.
    init(_ code: CURLcode, _ conversation: SMTPConversation) {
        let reply = conversation.refusal
        let words = reply?.text ?? conversation.trouble
        switch code {
        case CURLE_OK: self = .sent(answer: conversation.lastReply?.text ?? "")
        case CURLE_ABORTED_BY_CALLBACK: self = .stopped
        case CURLE_OPERATION_TIMEDOUT: self = .later(.slow, answer: words)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED:
            self = .later(.insecure, answer: words)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: self = .later(.unreachable, answer: words)
        default:
            guard let reply else {
                self = .later(code == CURLE_LOGIN_DENIED ? .unauthorised : .unreachable, answer: words)
                return
            }
            self = Self.meaning(of: reply, at: conversation.step)
        }
    }

    static func meaning(of reply: SMTPReply, at step: SMTPConversation.Step) -> Delivery {
        let isForGood = reply.code >= 500
        switch step {
        case _ where reply.code == 421: return .later(.busy, answer: reply.text)
        case .connection, .greeting, .encryption: return .later(.busy, answer: reply.text)
        case .identification: return .later(isForGood ? .unauthorised : .busy, answer: reply.text)
        // What the site is refused as a sender stops every mail: they wait until it is set right.
        case .sender: return .later(isForGood ? .senderRefused : .deferred, answer: reply.text)
        case .recipient: return isForGood ? .never(.recipientRefused, answer: reply.text) : .later(.deferred, answer: reply.text)
        case .content: return isForGood ? .never(.contentRefused, answer: reply.text) : .later(.deferred, answer: reply.text)
        }
    }
}
