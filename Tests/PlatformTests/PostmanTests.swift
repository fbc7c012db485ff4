import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// Mails leave at least once, under one name, by one program at a time.
struct PostmanTests {
    private let carrier = FakeCarrier()

    @Test func `a mail leaves once, with its own name and its own returns`() async throws {
        let site = try await TestSite()
        let id = try await site.write()
        let postman = site.postman(carrier)
        await postman.deliverDue()
        await postman.deliverDue()
        #expect(carrier.count == 1)
        let letter = carrier.letters[0]
        let token = id.replacing("-", with: "")
        #expect(letter.returns == "retours+\(token)@exemple.org" && letter.recipient == "ana@essai.example")
        #expect(String(decoding: letter.bytes, as: UTF8.self).contains("Message-ID: <\(token)@exemple.org>\r\n"))
        let mail = try await site.mail(id)
        #expect(mail.state == .sent && mail.sentAt != nil && mail.attempts == 1 && mail.answer == "250 ok")
    }

    @Test func `a mail that is deferred is tried again later and later, always the same`() async throws {
        let site = try await TestSite()
        let id = try await site.write()
        let postman = site.postman(carrier)
        carrier.answer(.later(.deferred, answer: "451 plus tard"))
        await postman.deliverDue()
        await postman.deliverDue()
        #expect(carrier.count == 1)
        #expect(try await site.mail(id).reason == .deferred)
        site.clock.advance(.minutes(2))
        await postman.deliverDue()
        #expect(carrier.count == 2)
        site.clock.advance(.minutes(2))
        await postman.deliverDue()
        #expect(carrier.count == 2)
        carrier.answer(.sent(answer: "250 ok"))
        site.clock.advance(.minutes(4))
        await postman.deliverDue()
        #expect(carrier.count == 3 && Set(carrier.letters.map(\.bytes)).count == 1)
        let mail = try await site.mail(id)
        #expect(mail.state == .sent && mail.reason == nil && mail.attempts == 3)
    }

    @Test func `after days of refusals the site gives up; a refusal for good ends at once, with its line in the journal`() async throws {
        let site = try await TestSite()
        let (id, postman) = (try await site.write(), site.postman(carrier))
        carrier.answer(.later(.deferred, answer: "451"))
        for _ in 0..<40 {
            await postman.deliverDue()
            site.clock.advance(.hours(6))
        }
        let given = try await site.mail(id)
        #expect(given.state == .failed && given.reason == .deferred && (20...30).contains(given.attempts))
        carrier.answer(.never(.recipientRefused, answer: "550 5.1.1 inconnue"))
        let refused = try await site.write()
        let before = carrier.count
        await postman.deliverDue()
        site.clock.advance(days: 1)
        await postman.deliverDue()
        #expect(carrier.count == before + 1)
        #expect(try await site.mail(refused).reason == .recipientRefused)
        let traces = try await site.site.database.read { try $0.texts("SELECT object_id FROM audit WHERE action = 'mail.failed' ORDER BY at") }
        #expect(traces == [id, refused])
    }

    @Test func `while the server is away one mail is tried at a time; all leave when it is back`() async throws {
        let site = try await TestSite()
        try await site.write(5)
        let postman = site.postman(carrier)
        carrier.answer(.later(.unreachable, answer: ""))
        await postman.deliverDue()
        await postman.deliverDue()
        #expect(carrier.count == 1)
        #expect(site.log.lines.contains { $0.contains("le serveur de courriel ne prend rien") })
        for _ in 0..<6 {
            site.clock.advance(.minutes(20))
            await postman.deliverDue()
        }
        #expect(carrier.count == 7)
        carrier.answer(.sent(answer: "250"))
        site.clock.advance(.minutes(20))
        await postman.deliverDue()
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE state = 'sent'") == 5)
        #expect(carrier.count == 12)
    }

    @Test func `two programs never send one mail twice`() async throws {
        let here = try await TestSite()
        let there = try await here.again()
        try await here.write(30)
        let (one, two) = (here.postman(carrier), Postman(there, .test, by: carrier))
        async let first: Void = one.deliverDue()
        async let second: Void = two.deliverDue()
        _ = await (first, second)
        #expect(carrier.count == 30 && Set(carrier.letters.map(\.returns)).count == 30)
        #expect(try await here.count("SELECT COUNT(*) FROM mail WHERE state = 'sent' AND attempts = 1 AND leased_by IS NULL") == 30)
        try there.database.close()
    }

    @Test func `what a crash left in the middle is tried again once its time is over, under the same name`() async throws {
        let site = try await TestSite()
        let id = try await site.write()
        let now = site.site.now()
        let taken = try await site.site.database.write { try Outbox.take(as: "another", for: .minutes(2), at: now, $0) }
        #expect(taken?.id == id)
        let postman = site.postman(carrier)
        await postman.deliverDue()
        #expect(carrier.count == 0)
        site.clock.advance(.minutes(3))
        await postman.deliverDue()
        #expect(carrier.letters.map(\.returns) == [MailServer.test.returns(of: id)])
        // The other was only slow: what it says now of a try that failed does not count any more.
        try await site.site.database.write { try Outbox.settle(id, .failed(.deferred, answer: ""), as: "another", at: now, $0) }
        #expect(try await site.mail(id).state == .sent)
    }

    @Test func `a site that stops leaves the mail as it was`() async throws {
        let site = try await TestSite()
        let (id, postman) = (try await site.write(), site.postman(carrier))
        carrier.answer(.stopped)
        await postman.deliverDue()
        let mail = try await site.mail(id)
        #expect(mail.state == .waiting && mail.attempts == 0)
        carrier.answer(.sent(answer: "250"))
        await site.postman(carrier).deliverDue()
        #expect(try await site.mail(id).state == .sent)
    }

    @Test func `what left while nothing could be written is not sent again`() async throws {
        let site = try await TestSite(onServer: false)
        let (id, postman) = (try await site.write(), site.postman(carrier))
        try await site.site.database.write { writer in
            try writer.script("CREATE TRIGGER full BEFORE UPDATE ON mail WHEN NEW.state = 'sent' BEGIN SELECT RAISE(ABORT, 'full'); END")
        }
        await postman.deliverDue()
        site.clock.advance(.hours(1))
        await postman.deliverDue()
        #expect(carrier.count == 1)
        #expect(try await site.mail(id).state == .waiting)
        try await site.site.database.write { try $0.script("DROP TRIGGER full") }
        await postman.deliverDue()
        #expect(carrier.count == 1)
        #expect(try await site.mail(id).state == .sent)
    }

    @Test func `what cannot arrive or is of no use any more is not sent`() async throws {
        let site = try await TestSite()
        let postman = site.postman(carrier)
        let bad = try await site.write(to: "ana@essai.example> SIZE=1")
        let link = try await site.write(usefulUntil: .minutes(20))
        let old = try await site.write()
        site.clock.advance(days: 6)
        await postman.deliverDue()
        #expect(carrier.count == 0)
        #expect(try await site.mail(bad).state == .failed)
        let (over, stale) = (try await site.mail(link), try await site.mail(old))
        #expect(over.state == .abandoned && over.reason == .expired)
        #expect(stale.state == .failed && stale.reason == .stale)
        _ = try await site.write(to: "pas une adresse")
        await postman.deliverDue()
        #expect(carrier.count == 0)
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE reason = 'badAddress'") == 1)
    }

    @Test func `a clock that was wrong holds nothing back`() async throws {
        let site = try await TestSite()
        try await site.write(2)
        let postman = site.postman(carrier)
        site.clock.move(to: Day(iso: "2026-03-04")!)
        carrier.answer(.later(.unreachable, answer: ""), .stopped)
        await postman.deliverDue()
        site.clock.move(to: Day(iso: "2026-03-02")!)
        carrier.answer(.sent(answer: "250"))
        await postman.deliverDue()
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE state = 'sent'") == 2)
    }

    @Test(.timeLimit(.minutes(10))) func `a mail leaves as soon as it is written, and a stop ends all`() async throws {
        let site = try await TestSite()
        let postman = site.postman(carrier)
        let running = Task { await postman.run() }
        let id = try await site.write()
        while try await site.mail(id).state != .sent { try await Task.sleep(for: .milliseconds(5)) }
        postman.stop()
        await running.value
    }
}
