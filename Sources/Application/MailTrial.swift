import Foundation
import Platform

/// One mail sent by hand, with everything that happened on its way.
struct MailTrial {
    let site: Site
    let server: MailServer

    /// - Throws: `Failure` when the mail is not taken.
    func run(to address: String, say: (String) -> Void) async throws {
        let words = site.words(.french)
        say("Serveur : \(server)\(server.user.map { ", identifiant \($0)" } ?? ", sans identifiant")")
        say("De \(server.sender) à \(address)")
        let letter = Letter(
            to: address, from: server, siteName: site.configuration.siteName,
            subject: words("platform.mail.trial.subject", ["site": site.configuration.siteName]),
            text: words("platform.mail.trial.text", ["site": site.configuration.siteName, "link": site.configuration.link("/")]), at: site.now())
        let carrier = SMTPCarrier(server, publicURL: site.configuration.publicURL)
        let (delivery, conversation) = await carrier.tell(letter)
        await carrier.rest()
        for passed in conversation.passed { say("✓ \(name(passed.step)) : \(passed.words)") }
        switch delivery {
        case .sent: say("Le serveur a pris le courriel. S'il n'arrive pas, regardez parmi les indésirables, puis SPF et DKIM.")
        case .stopped: return
        case .later(let reason, let answer): throw failure(reason, answer, at: conversation.step, code: 75, say)
        case .never(let reason, let answer): throw failure(reason, answer, at: conversation.step, code: 69, say)
        }
    }

    private func failure(
        _ reason: MailReason, _ answer: String, at step: SMTPConversation.Step, code: Int32, _ say: (String) -> Void
    ) -> Failure {
        say("✗ \(name(step))\(answer.isEmpty ? "" : " : \(answer)")")
        return Failure(site.words(.french).name("platform.outbox.reason", of: reason), code: code)
    }

    private func name(_ step: SMTPConversation.Step) -> String { site.words(.french).name("platform.outbox.step", of: step) }
}
