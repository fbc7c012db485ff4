import Database
import Formats
import Logging

/// Sends the mails of the outbox, one at a time, apart from the requests: whatever stops, each is sent at least once, always
/// under the same name, and never by two programs at a time.
public actor Postman {
    private let site: Site
    private let server: MailServer
    private let carrier: any MailCarrier
    /// Who takes the mails: this program, this time.
    private let name = Secrets.token()
    /// What was sent and is not yet written, because the disk was full: it is not sent again by this program.
    private var unwritten: [(mail: Outbox.Taken, fate: MailSchedule.Fate)] = []
    /// Failures of the server in a row, and until when nothing is tried.
    private var failures = 0
    private var pausedUntil: Instant?
    private var complained: Instant?
    /// How often mails that wait are looked at, when no bell rings: those of other programs, those to try again.
    private static let rhythm = Duration.seconds(5)

    public init(_ site: Site, _ server: MailServer, by carrier: any MailCarrier) {
        (self.site, self.server, self.carrier) = (site, server, carrier)
    }

    /// How many mails wait, and how many did not arrive.
    public static func counts(_ site: Site) async throws -> (waiting: Int, failed: Int) {
        try await site.database.read { (try Outbox.waiting($0), try Outbox.failed($0)) }
    }

    /// Sends mails until `stop`.
    public func run() async {
        // Whoever starts the site has perhaps just set it right.
        try? await hasten()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [site] in
                while !Task.isCancelled {
                    site.letterbox.ring()
                    try? await Task.sleep(for: Self.rhythm)
                }
            }
            for await _ in site.letterbox.rings { await deliverDue() }
            group.cancelAll()
        }
    }

    /// Ends `run`: a mail that is leaving has a few seconds, the others stay in the outbox.
    public nonisolated func stop() {
        carrier.stop()
        site.letterbox.close()
    }

    /// Tries every mail whose moment has come, until the server fails.
    public func deliverDue() async {
        if site.letterbox.takeUrgency() { pausedUntil = nil }
        do {
            try await writeAgain()
            while !isPaused(at: site.now()), try await deliverOne() {}
        } catch {
            complain(error)
        }
        await carrier.rest()
    }

    /// A moment further than any pause was read on a clock that was wrong.
    private func isPaused(at now: Instant) -> Bool {
        pausedUntil.map { now < $0 && $0 <= now + MailSchedule.pause(after: .max) } ?? false
    }

    /// Answers false when there is nothing more to try now.
    private func deliverOne() async throws -> Bool {
        let (taker, now) = (name, site.now())
        // The lease is longer than a try: whoever stopped in the middle holds a mail no longer than that.
        let lease = server.timeout + server.timeout
        guard let mail = try await site.database.write({ try Outbox.take(as: taker, for: lease, at: now, $0) }) else { return false }
        if let refusal = MailSchedule.refusal(mail.standing, at: now) {
            try await write(mail, refusal)
            return true
        }
        let delivery = await deliver(mail)
        try await write(mail, MailSchedule.fate(of: mail.standing, after: delivery, at: site.now()))
        return await heed(delivery)
    }

    private func deliver(_ mail: Outbox.Taken) async -> Delivery {
        guard MailMessage.isAddress(mail.address) else { return .never(.badAddress, answer: "") }
        return await carrier.carry(Letter(mail, from: server, siteName: site.configuration.siteName))
    }

    /// What a try says of the server; answers whether the next mail can be tried.
    private func heed(_ delivery: Delivery) async -> Bool {
        switch delivery {
        case .stopped: return false
        case .later(let reason, _) where reason.isOfServer:
            failures += 1
            pausedUntil = site.now() + MailSchedule.pause(after: failures)
            site.log.warning("le serveur de courriel ne prend rien ; le site réessaiera", metadata: ["raison": "\(site.words(.french).name("platform.outbox.reason", of: reason))"])
            return false
        case .sent where failures > 0:
            failures = 0
            pausedUntil = nil
            do { try await hasten() } catch { complain(error) }
            return true
        case .sent, .later, .never: return true
        }
    }

    private func hasten() async throws {
        let now = site.now()
        try await site.database.write { try Outbox.hasten(at: now, $0) }
    }

    private func write(_ mail: Outbox.Taken, _ fate: MailSchedule.Fate) async throws {
        let taker = name
        do {
            guard case .failed(let reason, _) = fate else {
                let now = site.now()
                return try await site.database.write { try Outbox.settle(mail.id, fate, as: taker, at: now, $0) }
            }
            // What an administrator will see and act upon has its line in the journal.
            try await site.amend(as: "mail.failed", by: .site, isPublic: false) { change in
                try Outbox.settle(mail.id, fate, as: taker, at: change.now, change)
                try change.trace("mail", mail.id, mail.details(reason))
            }
        } catch {
            if case .sent = fate { unwritten.append((mail, fate)) }
            throw error
        }
    }

    private func writeAgain() async throws {
        while let (mail, fate) = unwritten.first {
            let (taker, now) = (name, site.now())
            try await site.database.write { try Outbox.settle(mail.id, fate, as: taker, at: now, $0) }
            unwritten.removeFirst()
        }
    }

    /// The database does not answer: said once a minute.
    private func complain(_ error: any Error) {
        let now = site.now()
        if let complained, now < complained + .minutes(1), complained <= now { return }
        complained = now
        site.log.error("les courriels n'ont pas pu être envoyés", metadata: ["erreur": "\(error)"])
    }
}
