import CCurl
import Formats
import TestSupport
import Testing

@testable import Platform

/// What an answer of a mail server means, and what follows.
struct MailScheduleTests {
    private let start = Instant(milliseconds: 1_772_525_109_000)

    private func standing(attempts: Int = 0, usefulUntil: Instant? = nil) -> MailSchedule.Standing {
        MailSchedule.Standing(since: start, attempts: attempts, usefulUntil: usefulUntil)
    }

    @Test func `a refusal of the recipient or of the content is for good, anything else for a while`() {
        func meaning(_ code: Int, _ step: SMTPConversation.Step) -> Delivery { .meaning(of: SMTPReply(code: code, text: "\(code) mots"), at: step) }
        #expect(meaning(550, .recipient) == .never(.recipientRefused, answer: "550 mots"))
        #expect(meaning(554, .content) == .never(.contentRefused, answer: "554 mots"))
        #expect(meaning(450, .recipient) == .later(.deferred, answer: "450 mots"))
        #expect(meaning(451, .content) == .later(.deferred, answer: "451 mots"))
        #expect(meaning(535, .identification) == .later(.unauthorised, answer: "535 mots"))
        #expect(meaning(454, .identification) == .later(.busy, answer: "454 mots"))
        #expect(meaning(553, .sender) == .later(.senderRefused, answer: "553 mots"))
        #expect(meaning(554, .connection) == .later(.busy, answer: "554 mots"))
        #expect(meaning(421, .recipient) == .later(.busy, answer: "421 mots"))
    }

    @Test func `what ends without an answer is told by what was being done`() {
        var conversation = SMTPConversation()
        conversation.trouble = "SSL certificate problem"
        #expect(Delivery(CURLE_PEER_FAILED_VERIFICATION, conversation) == .later(.insecure, answer: "SSL certificate problem"))
        #expect(Delivery(CURLE_COULDNT_CONNECT, conversation) == .later(.unreachable, answer: "SSL certificate problem"))
        #expect(Delivery(CURLE_OPERATION_TIMEDOUT, conversation) == .later(.slow, answer: "SSL certificate problem"))
        #expect(Delivery(CURLE_LOGIN_DENIED, conversation) == .later(.unauthorised, answer: "SSL certificate problem"))
        #expect(Delivery(CURLE_ABORTED_BY_CALLBACK, conversation) == .stopped)
    }

    @Test func `a conversation is followed step by step, and keeps no secret`() {
        var conversation = SMTPConversation()
        conversation.noted("Connected to mx (127.0.0.1) port 25 (#0)\n")
        conversation.heard("220 mx ESMTP\r\n")
        conversation.said("EHLO site\r\n")
        conversation.heard("250-mx\r\n")
        conversation.heard("250 AUTH PLAIN\r\n")
        conversation.said("AUTH PLAIN AG1vbgBzZWNyZXQ=\r\n")
        conversation.heard("235 2.7.0 ok\r\n")
        conversation.said("MAIL FROM:<a@b.c>\r\n")
        conversation.heard("250 ok\r\n")
        conversation.said("RCPT TO:<d@e.f>\r\n")
        conversation.heard("550-5.1.1 no\r\n")
        conversation.heard("550 5.1.1 such user\r\n")
        conversation.said("QUIT\r\n")
        conversation.heard("221 bye\r\n")
        #expect(conversation.step == .recipient)
        #expect(conversation.passed.map(\.step) == [.connection, .greeting, .identification, .sender])
        #expect(conversation.refusal == SMTPReply(code: 550, text: "550-5.1.1 no 550 5.1.1 such user"))
        #expect(!"\(conversation)".contains("AG1vbgBzZWNyZXQ"))
    }

    @Test func `waits grow, longer for a mail that is deferred than for a server that is away`() {
        let deferred = (1...9).map { MailSchedule.wait(after: $0, .deferred) }
        #expect(deferred == deferred.sorted() && deferred.first == .minutes(1) && deferred.last == .hours(6))
        #expect((1...9).map { MailSchedule.wait(after: $0, .unreachable) }.max() == .minutes(15))
        #expect(deferred.allSatisfy { $0 < MailSchedule.horizon })
    }

    @Test func `after five days the site gives up, and says why`() {
        let late = start + .days(5) - .hours(2)
        let deferral = Delivery.later(.deferred, answer: "451 plus tard")
        #expect(MailSchedule.fate(of: standing(attempts: 3), after: deferral, at: start) == .again(at: start + .hours(1), .deferred, answer: "451 plus tard"))
        #expect(MailSchedule.fate(of: standing(attempts: 20), after: deferral, at: late) == .failed(.deferred, answer: "451 plus tard"))
        #expect(MailSchedule.fate(of: standing(attempts: 20), after: .stopped, at: late) == .asItWas)
        #expect(MailSchedule.fate(of: standing(), after: .never(.recipientRefused, answer: "550"), at: start) == .failed(.recipientRefused, answer: "550"))
    }

    @Test func `a mail whose link is over, or that waited for a server for too long, is not tried`() {
        #expect(MailSchedule.refusal(standing(usefulUntil: start + .minutes(20)), at: start + .minutes(20)) == .over(.expired, answer: ""))
        #expect(MailSchedule.refusal(standing(usefulUntil: start + .minutes(20)), at: start + .minutes(19)) == nil)
        #expect(MailSchedule.refusal(standing(), at: start + .days(5)) == .failed(.stale, answer: ""))
        #expect(MailSchedule.refusal(standing(), at: start + .days(4)) == nil)
        #expect(MailSchedule.refusal(standing(attempts: 1), at: start + .days(5)) == nil)
        // The next try would come after the end of its link.
        let wait = Delivery.later(.deferred, answer: "451")
        #expect(MailSchedule.fate(of: standing(attempts: 2, usefulUntil: start + .minutes(10)), after: wait, at: start) == .over(.expired, answer: "451"))
    }

    @Test func `the names of a mail outside lead back to it`() {
        let id = Identifier.new(at: start)
        let server = MailServer(host: "mx", sender: "site@exemple.org", returns: "retours+*@exemple.org")
        #expect(MailIdentity.mailId(in: server.returns(of: id)) == id)
        #expect(MailIdentity.mailId(in: MailIdentity.messageId(id, sender: server.sender).uppercased()) == id)
        #expect(MailIdentity.mailId(in: "retours@exemple.org") == nil)
        #expect(MailServer(host: "mx", sender: "a@b.c").returns(of: id) == "a@b.c")
        for (host, isLocal) in [("localhost", true), ("127.0.0.1", true), ("::1", true), ("127.evil.example", false), ("mx.exemple.org", false)] {
            #expect(MailServer(host: host, sender: "a@b.c").isLocal == isLocal, "\(host)")
        }
        #expect(!"\(MailServer(host: "mx", user: "u", password: "secret", sender: "a@b.c"))".contains("secret"))
    }
}
