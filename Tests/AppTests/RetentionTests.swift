import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// What was kept long enough goes, once a day; nothing goes when the clock jumped.
@Suite struct RetentionTests {
    private func count(_ test: TestSite, _ statement: SQL) async throws -> Int { try await test.site.database.read { try $0.count(statement) } }

    /// Rows of each kind, now.
    private func fill(_ test: TestSite) async throws {
        let ana = test.cast[.ana]
        try await test.site.amend(as: "test.filled", by: .site) { change in
            let now = change.now
            try change.run("INSERT INTO half_session (token_hash, person_id, created_at) VALUES ('h', \(ana), \(now))")
            try change.run("INSERT INTO known_network (network_hash, person_id, seen_at) VALUES ('n', \(ana), \(now))")
            try change.run("INSERT INTO form_sending (key, nonce, sent_at) VALUES ('k', 'n', \(now))")
            try change.run("INSERT INTO email_change (secret_hash, person_id, email, created_at, expires_at) VALUES ('e', \(ana), 'x', \(now), \(now))")
            try change.run("INSERT INTO sign_in_link (secret_hash, purpose, person_id, created_at, expires_at) VALUES ('s', 'sign_in', \(ana), \(now), \(now))")
            _ = try change.makeLink(to: "x", for: ana, purpose: "sheet", until: now)
            try change.run("INSERT INTO mail (id, created_at, person_id, address, subject, body, sent_at, state) VALUES ('m', \(now), \(ana), 'x', 'Sujet', 'Un lien', \(now), 'sent')")
            try change.trace("account", ana, as: "account.signedIn")
        }
    }

    @Test func `each line counts, then takes, what is over and nothing else`() async throws {
        let test = try await TestSite()
        try await fill(test)
        #expect(try await RetentionTable.dryRun(test.site).allSatisfy { $0.count == 0 })
        test.clock.advance(days: 31)
        let due = try await RetentionTable.dryRun(test.site).filter { $0.count > 0 }.map(\.key)
        #expect(Set(due).isSuperset(of: ["platform.retention.sessions", "platform.retention.halfSessions", "platform.retention.mailBodies", "platform.retention.forms", "platform.retention.signInLinks", "platform.retention.addresses"]))
        #expect(!due.contains("platform.retention.networks") && !due.contains("platform.retention.mails"))
        #expect(try await count(test, "SELECT COUNT(*) FROM half_session") == 1)
        try await RetentionTable.apply(test.site)
        #expect(try await test.site.database.read { try $0.text("SELECT subject || body FROM mail WHERE id = 'm'") } == "Sujet")
        #expect(try await RetentionTable.dryRun(test.site).allSatisfy { $0.count == 0 })
        #expect(try await count(test, "SELECT COUNT(*) FROM known_network") == 1)
        test.clock.advance(days: 400)
        try await RetentionTable.apply(test.site)
        #expect(try await count(test, "SELECT COUNT(*) FROM known_network") == 0)
        #expect(try await count(test, "SELECT COUNT(*) FROM mail WHERE id = 'm'") == 0)
        #expect(try await count(test, "SELECT COUNT(*) FROM audit WHERE action = 'account.signedIn'") == 0)
        #expect(try await count(test, "SELECT COUNT(*) FROM audit WHERE object_kind = 'programme'") > 0)
    }

    @Test func `an account unused for three years is told, then closed, its name kept`() async throws {
        let test = try await TestSite()
        test.clock.advance(days: 3 * 365 + 1)
        try await test.site.amend(as: "test.seen", by: .site) { change in
            try change.run("UPDATE account SET seen_at = \(change.now) WHERE person_id <> \(test.cast[.ana])")
            change.leaveAsItIs()
        }
        try await RetentionTable.apply(test.site)
        #expect(try await count(test, "SELECT COUNT(*) FROM mail WHERE subject LIKE 'Votre compte sera fermé%'") == 1)
        test.clock.advance(days: 31)
        try await RetentionTable.apply(test.site)
        #expect(try await count(test, "SELECT COUNT(*) FROM account WHERE closed_at IS NOT NULL") == 1)
        #expect(try await test.site.database.read { try $0.text("SELECT name FROM person WHERE id = \(test.cast[.ana])") } == "Ana")
    }

    @Test func `nothing is taken nor erased when the clock jumps, until it comes back or somebody looked`() async throws {
        let test = try await TestSite()
        try await fill(test)
        try await Upkeep.run(test.site)
        #expect(await test.post("/compte/effacement", ["kind": "complete", "authorship": "removed", "confirmed": "1"], as: .bo).status == 303)
        let now = test.site.now().day()
        let rows = try await count(test, "SELECT COUNT(*) FROM session")
        test.clock.move(to: Day(iso: "2099-01-01")!)
        try await Upkeep.run(test.site)
        try await Upkeep.run(test.site)
        #expect(try await count(test, "SELECT COUNT(*) FROM session") == rows)
        #expect(try await count(test, "SELECT COUNT(*) FROM erasure WHERE done_at IS NOT NULL") == 0)
        guard case .ahead(let days) = try await Upkeep.clock(test.site) else { Issue.record("the jump is not seen"); return }
        #expect(days > 20_000)
        test.clock.move(to: now.adding(days: 8))
        try await Upkeep.run(test.site)
        #expect(try await count(test, "SELECT COUNT(*) FROM erasure WHERE done_at IS NOT NULL") == 1)
        #expect(try await count(test, "SELECT COUNT(*) FROM form_sending WHERE key = 'k'") == 0)
    }
}
