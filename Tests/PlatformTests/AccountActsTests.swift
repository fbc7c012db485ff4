import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// The page of one account, and how whoever administers the site helps its person.
struct AccountActsTests {
    private func path(_ name: Cast.Name, _ site: TestSite) -> String { AccountAdministration.path(of: site.cast[name]) }

    private func mails(to name: Cast.Name, _ site: TestSite) async throws -> [String] {
        try await site.site.database.read { try $0.texts("SELECT subject FROM mail WHERE address = \(Cast.email(name)) ORDER BY created_at, id") }
    }

    @Test func `the page says what helps to help, never on which devices nor what is written`() async throws {
        let site = try await TestSite(isDemonstration: false, mail: .test)
        let carrier = FakeCarrier()
        _ = try await site.write()
        carrier.answer(.never(.recipientRefused, answer: "550"))
        await site.postman(carrier).deliverDue()
        let page = await site.get(path(.ana, site), as: .sam).text
        #expect(page.contains("ana@essai.example") && page.contains("aucun\u{A0}: un lien par courriel") && page.contains("<dt>Sessions ouvertes</dt><dd>1</dd>"))
        #expect(page.contains("1 courriel à cette adresse n’a pas été remis. Cette adresse est refusée") && page.contains("destinataire=ana%40essai.example"))
        #expect(page.contains("/administration/journal?personne=\(site.cast[.ana])") && page.contains("/administration/effacement?person=ana%40essai.example"))
        #expect(!page.contains(FactorResetRoutes.path) && !page.contains("Fonction de ana") && !page.contains("Essai</a>"))
        #expect(await site.get("/administration/effacement?person=ana%40essai.example", as: .sam).text.contains("value=\"ana@essai.example\""))
        #expect(await site.get(FactorReset.path(for: "ana@essai.example"), as: .sam).text.contains("value=\"ana@essai.example\""))
        #expect(await site.get(AccountAdministration.path(of: "inconnu"), as: .sam).status == 404)
        let own = await site.get(path(.sam, site), as: .sam).text
        #expect(own.contains("C’est votre propre compte") && !own.contains("/acces\"") && !own.contains("/abri\""))
        for name in [Cast.Name.nadia, .hugo, .ana] {
            #expect(await site.get(path(.ana, site), as: name).status == 403)
            for act in ["acces", "abri", "administration"] { #expect(await site.post("\(path(.ana, site))/\(act)", ["reason": "x"], as: name).status == 403) }
        }
    }

    @Test func `who never came is invited again, the others receive a link that lets them in once`() async throws {
        let site = try await TestSite()
        let bo = site.cast[.bo]
        try await site.site.database.write {
            try $0.run("DELETE FROM session WHERE person_id = \(bo)")
            try $0.run("UPDATE account SET seen_at = NULL WHERE person_id = \(bo)")
        }
        #expect(await site.get(path(.bo, site), as: .sam).text.contains("le lien envoyé n’est plus bon"))
        #expect(await site.post("\(path(.bo, site))/acces", as: .sam).header("location") == "\(path(.bo, site))?fait=acces")
        #expect(try await site.linkInMail(to: Cast.email(.bo))?.hasPrefix("/invitation/") == true)
        #expect(await site.get(path(.bo, site), as: .sam).text.contains("le lien est bon jusqu’au lun. 16 mars 2026"))
        #expect(await site.post("\(path(.ana, site))/acces", as: .sam).status == 303)
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("Sam, qui administre Essaim, vous envoie un lien") == true)
        let link = try #require(try await site.linkInMail(to: Cast.email(.ana)))
        let entered = await site.stranger.post(link)
        #expect(await site.browser(after: entered).get("/compte").status == 200)
        #expect(await site.stranger.post(link).status == 404)
        #expect(await site.get("/administration/journal", as: .sam).text.contains("a envoyé un lien de connexion à Ana"))
    }

    @Test func `the same person is not written to again and again, one is not helped by oneself, nor who has no address`() async throws {
        let site = try await TestSite()
        for _ in 0..<6 { #expect(await site.post("\(path(.ana, site))/acces", as: .sam).status == 303) }
        let refused = await site.post("\(path(.ana, site))/acces", as: .sam)
        #expect(refused.status == 429 && refused.text.contains("Trop d’essais"))
        #expect(await site.post("\(path(.bo, site))/acces", as: .sam).status == 303)
        #expect(await site.post("\(path(.sam, site))/acces", as: .sam).status == 422)
        let (emma, yann) = (site.cast[.emma], site.cast[.yann])
        try await site.site.database.write {
            try $0.run("UPDATE person SET email = NULL, email_key = NULL WHERE id = \(emma)")
            try $0.run("UPDATE account SET closed_at = 5 WHERE person_id = \(yann)")
        }
        #expect(await site.post("\(path(.emma, site))/acces", as: .sam).text.contains("n’a pas d’adresse électronique"))
        #expect(await site.post("\(path(.yann, site))/acces", as: .sam).text.contains("Ce compte est fermé"))
        #expect(!(await site.get(path(.yann, site), as: .sam).text.contains("/acces\"")))
        site.clock.advance(.hours(1))
        #expect(await site.post("\(path(.bo, site))/acces", as: .sam).status == 401, "shown again who one is")
    }

    @Test func `put in a safe place, nothing that opened the account opens it, and its person comes back by their address`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let entered = site.browser(after: await site.signIn(.ana))
        _ = await entered.post("/compte/calendrier")
        let page = await entered.get("/compte/calendrier").text
        let feed = String(page[try #require(page.firstRange(of: "/calendrier/")).lowerBound...].prefix { $0 != "\"" })
        #expect(await site.get(feed).status == 200)
        _ = await site.stranger.post("/connexion/lien", ["email": Cast.email(.ana)])
        let link = try #require(try await site.linkInMail(to: Cast.email(.ana)))
        let act = "\(path(.ana, site))/abri"
        #expect(await site.get(act, as: .sam).text.contains("L’adresse de son agenda, celles où ses notes"))
        #expect(await site.post(act, ["reason": " "], as: .sam).text.contains("id=\"reason-error\""))
        #expect(await site.post(act, ["reason": "Ordinateur volé"], as: .sam).header("location") == "\(path(.ana, site))?fait=abri")
        #expect(await entered.get("/compte").status == 401)
        #expect(await site.get("/compte", as: .ana).status == 401)
        #expect(await site.stranger.post(link).status == 404)
        #expect(await site.signIn(.ana).status == 422)
        #expect(await site.get(feed).status == 404)
        let mail = try #require(try await site.lastMail(to: Cast.email(.ana)))
        #expect(mail.contains("Ordinateur volé") && mail.contains("/connexion\n"))
        _ = await site.stranger.post("/connexion/lien", ["email": Cast.email(.ana)])
        let back = await site.stranger.post(try #require(try await site.linkInMail(to: Cast.email(.ana))))
        #expect(await site.browser(after: back).get("/compte").text.contains("Choisir un mot de passe"))
        #expect(await site.get("/administration/journal?personne=\(site.cast[.ana])", as: .sam).text.contains("a mis à l’abri le compte d’Ana\u{A0}: Ordinateur volé"))
        #expect(await site.post("\(path(.sam, site))/abri", ["reason": "x"], as: .sam).status == 422)
    }

    @Test func `put in a safe place, a person's own addresses for notes and private links are closed, and nobody else's`() async throws {
        let site = try await TestSite()
        let (ana, bo, visit) = (site.cast[.ana], site.cast[.bo], site.cast.caen.visit)
        try await site.site.amend(as: "test.addresses", by: .site) { change in
            change.leaveAsItIs()
            for person in [ana, bo] {
                try change.run(
                    """
                    INSERT INTO reply_address (id, secret_hash, visit_id, person_id, created_at, expires_at)
                    VALUES (\(change.newId()), \(person), \(visit), \(person), \(change.now), \(change.now + .days(9)))
                    """)
                _ = try change.makeLink(to: visit, for: person, purpose: "sheet", until: change.now + .days(9))
            }
        }
        #expect(await site.post("\(path(.ana, site))/abri", ["reason": "Ordinateur volé"], as: .sam).status == 303)
        for table in ["reply_address", "private_link"] {
            let open = try await site.site.database.read { try $0.texts("SELECT person_id FROM \(SQL(text: table)) WHERE revoked_at IS NULL") }
            #expect(open == [bo], "\(table)")
        }
    }

    @Test func `the administration taken from somebody is not theirs in what they had begun`() async throws {
        let site = try await TestSite()
        let begun = Actor(Viewer(personId: site.cast[.sam], isAdministrator: true))
        try await site.site.database.write { [sam = site.cast[.sam]] in try $0.run("UPDATE account SET is_administrator = 0 WHERE person_id = \(sam)") }
        await #expect(throws: Forbidden.self) {
            try await site.site.amend(as: "test.late", by: begun) { change in
                try change.require(.administerSite)
                change.leaveAsItIs()
            }
        }
    }

    // MARK: - Administering

    @Test func `nobody gives it to themselves, to who never came, nor takes it from the last one`() async throws {
        let site = try await TestSite()
        let (sam, ana) = (site.cast[.sam], site.cast[.ana])
        let (administrator, member) = try await site.site.database.read { (try AccountEntry.load(sam, $0), try AccountEntry.load(ana, $0)) }
        let other = Actor(Viewer(personId: site.cast[.hugo], isAdministrator: true))
        func refusal(_ isGiven: Bool, _ entry: AccountEntry, by actor: Actor, others: Int = 1) -> String? {
            do { try AdministrationGrant.check(isGiven, to: entry, by: actor, others: others) } catch { return (error as? Refused)?.key }
            return nil
        }
        var (invited, closed) = (member, member)
        invited.seenAt = nil
        closed.closedAt = Instant(milliseconds: 1)
        #expect(refusal(true, member, by: other) == nil)
        #expect(refusal(true, member, by: Actor(Viewer(personId: ana))) == "platform.grant.oneself")
        #expect(refusal(false, administrator, by: Actor(Viewer(personId: sam))) == "platform.grant.oneself")
        #expect(refusal(true, invited, by: other) == "platform.grant.neverCame")
        #expect(refusal(true, closed, by: other) == "platform.accounts.refusal.closed")
        #expect(refusal(true, administrator, by: other) == "platform.grant.already")
        #expect(refusal(false, member, by: other) == "platform.grant.already")
        #expect(refusal(false, administrator, by: other) == nil)
        #expect(refusal(false, administrator, by: other, others: 0) == "platform.grant.last")
    }

    @Test func `given then taken, at once, told to the person and to all who administer, in their language`() async throws {
        let site = try await TestSite()
        let ana = site.cast[.ana]
        try await site.site.database.write { try $0.run("UPDATE person SET language = 'en' WHERE id = \(ana)") }
        let act = "\(path(.ana, site))/administration"
        #expect(await site.get(act, as: .sam).text.contains("Confier l’administration du site à Ana"))
        #expect(await site.post(act, ["act": "give", "reason": ""], as: .sam).status == 422)
        #expect(await site.get("/administration", as: .ana).status == 403)
        #expect(await site.post(act, ["act": "give", "reason": "Relais des congés"], as: .sam).header("location") == "\(path(.ana, site))?fait=administration")
        #expect(await site.get("/administration", as: .ana).status == 200)
        #expect(try await mails(to: .ana, site).last == "The administration of Essaim is now yours")
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("Relais des congés") == true)
        #expect(try await mails(to: .sam, site).last == "Ana administre désormais Essaim", "somebody else may have done it from their session")
        #expect(try await mails(to: .nadia, site).isEmpty)
        #expect(await site.post("\(path(.sam, site))/administration", ["act": "take", "reason": "x"], as: .sam).status == 422)
        #expect(await site.post("\(path(.sam, site))/administration", ["act": "take", "reason": "Fin du relais"], as: .ana).status == 303)
        #expect(await site.get("/administration", as: .sam).status == 403)
        #expect(try await mails(to: .sam, site).last == "Vous n’administrez plus Essaim")
        #expect(try await mails(to: .ana, site).last == "Sam no longer administers Essaim")
        #expect(await site.get("/administration/journal", as: .ana).text.contains("took the administration of the site from Sam: Fin du relais"))
    }

    @Test func `two who take it from each other at once leave one`() async throws {
        let site = try await TestSite()
        let (sam, ana) = (site.cast[.sam], site.cast[.ana])
        try await site.site.database.write { try $0.run("UPDATE account SET is_administrator = 1 WHERE person_id = \(ana)") }
        async let first: Void = AdministrationGrant(false, to: ana, reason: "x").apply(site.site, by: Actor(Viewer(personId: sam, isAdministrator: true)))
        async let second: Void = AdministrationGrant(false, to: sam, reason: "x").apply(site.site, by: Actor(Viewer(personId: ana, isAdministrator: true)))
        var refusals = 0
        do { try await first } catch { refusals += 1 }
        do { try await second } catch { refusals += 1 }
        #expect(refusals == 1)
        #expect(try await site.site.database.read { try Accounts.administrators($0) }.count == 1)
    }
}
