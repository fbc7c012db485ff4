import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Reviews

/// Advice: answered by the host, by an account or a private link, then followed up six months later.
@Suite struct AdviceTests {
    @Test(arguments: [
        ("2026-04-15", "2026-10-15"), ("2026-08-31", "2027-02-28"), ("2027-08-30", "2028-02-29"), ("2026-07-01", "2027-01-01"),
        ("2026-06-30", "2026-12-30"), ("2026-12-31", "2027-06-30"),
    ])
    func `six months later is the same day, or the last of the month`(_ day: String, _ later: String) {
        #expect(Advice.followUpDay(after: Day(iso: day)!).iso == later)
    }

    @Test func `the host keeps, answers and declines, with words, all on one form`() async throws {
        let test = try await TestSite()
        await test.closedReview()
        let advice = try await test.advice()
        let bare = await test.post("\(test.review)/reponses", ["answer-\(advice[0])": "kept", "answer-\(advice[1])": "declined"], as: .yann)
        #expect(bare.status == 422 && bare.text.contains("Dites pourquoi"))
        #expect(await test.post("\(test.review)/reponses", ["words-\(advice[0])": "Des mots seuls"], as: .yann).status == 422)
        #expect(await test.post("\(test.review)/reponses", [:], as: .yann).status == 422)
        for name in [Cast.Name.ana, .nadia, .iris] {
            #expect(await test.post("\(test.review)/reponses", ["answer-\(advice[0])": "kept"], as: name).status == 403, "\(name)")
        }
        let fields = ["answer-\(advice[0])": "kept", "answer-\(advice[1])": "declined", "words-\(advice[1])": "La commune ne le veut pas."]
        #expect(await test.post("\(test.review)/reponses", fields, as: .yann).status == 303)
        let page = await test.get(test.review, as: .ana).text
        #expect(page.contains("Piste retenue") && page.contains("Piste écartée") && page.contains("La commune ne le veut pas."))
        #expect(try await test.mails(to: .nadia).last?.contains("Yann a répondu à 2 conseils") == true)
        // Only what changes is written again; the answer before stays readable.
        #expect(await test.post("\(test.review)/reponses", fields, as: .yann).status == 422)
        let changed = fields.merging(["answer-\(advice[1])": "answered", "words-\(advice[1])": "Peut-être au printemps."]) { $1 }
        #expect(await test.post("\(test.review)/reponses", changed, as: .yann).status == 303)
        let after = await test.get(test.review, as: .ana).text
        #expect(after.contains("Peut-être au printemps.") && after.contains("Une réponse précédente") && after.contains("La commune ne le veut pas."))
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM advice_answer WHERE replaced_at IS NULL") } == 2)
    }

    @Test func `a host without account answers behind a private link, which opens nothing else`() async throws {
        let test = try await TestSite()
        try await test.closeAccount(.yann)
        await test.closedReview()
        let link = try await test.link(to: .yann)
        #expect(link.hasPrefix("/conseils/"))
        let page = await test.get(link)
        #expect(page.status == 200 && page.text.contains("Payer le recul.") && page.text.contains("name=\"answer-"))
        let advice = try await test.advice()
        #expect(await test.post("\(link)/reponses", ["answer-\(advice[0])": "declined"]).status == 422)
        let sent = await test.post("\(link)/reponses", ["answer-\(advice[0])": "declined", "words-\(advice[0])": "Trop tôt."])
        #expect(sent.status == 303 && sent.header("location")?.hasPrefix(link) == true)
        #expect(await test.get(test.review, as: .bo).text.contains("Trop tôt."))
        let secret = link.split(separator: "/").last ?? ""
        for other in ["/validation/\(secret)", "/fiche/\(secret)"] { #expect(await test.get(other).status == 404) }
        #expect(await test.get("\(link)/pas-moi").text.contains("devra en recevoir un autre"))
        #expect(await test.post("\(link)/pas-moi").status == 200)
        #expect(await test.get(link).status == 404)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Vérifier l’adresse de Yann"))
        #expect(try await test.mails(to: .nadia).last?.contains("est arrivé à quelqu’un d’autre") == true)
        #expect(await test.post("\(test.review)/rappel", as: .nadia).status == 303)
        #expect(try await test.link(to: .yann) != link)
        #expect(await !test.get("/a-faire", as: .nadia).text.contains("Vérifier l’adresse de Yann"))
    }

    @Test func `an officer enters what came by phone, and it is said so`() async throws {
        let test = try await TestSite()
        await test.closedReview()
        let advice = try await test.advice()[0]
        let fields = ["answer-\(advice)": "answered", "words-\(advice)": "On en parle au bureau."]
        #expect(await test.post("\(test.review)/saisie", fields, as: .nadia).status == 422)
        #expect(await test.get("\(test.review)/saisie", as: .ana).status == 403)
        let whole = fields.merging(["person": test.cast[.yann], "channel": "phone"]) { $1 }
        #expect(await test.post("\(test.review)/saisie", whole, as: .nadia).status == 303)
        #expect(await test.get(test.review, as: .yann).text.contains("saisie par Nadia, reçue par téléphone"))
        #expect(await test.post("\(test.review)/saisie", whole.merging(["person": test.cast[.ana]]) { $1 }, as: .nadia).status == 422)
    }

    @Test func `six months later it is asked about once, by mail and in what is to do`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-15")!)
        await test.closedReview()
        let advice = try await test.advice()
        _ = await test.post(
            "\(test.review)/reponses", ["answer-\(advice[0])": "kept", "answer-\(advice[1])": "declined", "words-\(advice[1])": "Non."], as: .yann)
        let before = try await test.mails(to: .yann).count
        try await Upkeep.run(test.site)
        #expect(try await AdviceMail.sendDue(test.site) == 0)
        test.clock.move(to: Day(iso: "2026-10-15")!)
        try await test.renewSessions()
        #expect(try await AdviceMail.sendDue(test.site) == 0, "a clock that jumped is not believed")
        try await Upkeep.believe(test.site)
        #expect(try await AdviceMail.sendDue(test.site) == 1, "what was declined is not asked about")
        #expect(try await AdviceMail.sendDue(test.site) == 0)
        let mails = try await test.mails(to: .yann)
        #expect(mails.count == before + 1 && mails.last?.contains("six mois") == true)
        for name in [Cast.Name.yann, .nadia] {
            #expect(await test.get("/a-faire", as: name).text.contains("Dire ce qu’est devenu le conseil de la visite (Caen)"), "\(name)")
        }
        #expect(await test.post("\(test.review)/suites", ["outcome-\(advice[0])": "done"], as: .ana).status == 403)
        let told = ["outcome-\(advice[0])": "under_way", "told-\(advice[0])": "Une ligne de budget demandée."]
        #expect(await test.post("\(test.review)/suites", told, as: .yann).status == 303)
        #expect(await test.get(test.review, as: .ana).text.contains("Une ligne de budget demandée."))
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Dire ce qu’est devenu") == false)
        test.clock.move(to: Day(iso: "2027-04-15")!)
        try await test.renewSessions()
        try await Upkeep.believe(test.site)
        #expect(try await AdviceMail.sendDue(test.site) == 1, "what is under way is asked about again")
        #expect(await test.post("\(test.review)/suites", ["outcome-\(advice[0])": "done", "told-\(advice[0])": "Votée."], as: .nadia).status == 303)
        #expect(await test.get("/a-faire", as: .yann).text.contains("Dire ce qu’est devenu") == false)
    }

    @Test func `the advice of a programme are a list for those who may read them`() async throws {
        let test = try await TestSite()
        await test.closedReview()
        let advice = try await test.advice()
        _ = await test.post("\(test.review)/reponses", ["answer-\(advice[0])": "kept", "words-\(advice[0])": "=1+1"], as: .yann)
        let list = "/programmes/essai/conseils"
        let shown = await test.get(list, as: .nadia).text
        #expect(shown.contains("<ol class=\"entries\"><li><h2><a href=\"/programmes/essai/visites/caen/bilan#conseil-") && !shown.contains("Markup("))
        for name in [Cast.Name.ana, .nadia, .yann] {
            let page = await test.get(list, as: name).text
            #expect(page.contains("Payer le recul.") && page.contains("Ouvrir le comité."), "\(name)")
        }
        for name in [Cast.Name.hugo, .maud, .zoe] { #expect(await test.get(list, as: name).text.contains("Payer le recul.") == false, "\(name)") }
        let kept = await test.get("\(list)?etat=kept&q=recul", as: .ana).text
        #expect(kept.contains("Payer le recul.") && !kept.contains("Ouvrir le comité."))
        let table = await test.get("\(list)/export?format=ouvert", as: .nadia).text
        #expect(table.contains("Payer le recul.") && table.contains("'=1+1"), "a formula is text")
        #expect(await test.get("/programmes/essai", as: .nadia).text.contains("/programmes/essai/conseils"))
        #expect(await test.get("/programmes/essai", as: .maud).text.contains("/programmes/essai/conseils") == false)
    }

    @Test func `whoever asks to be forgotten leaves a place without a word`() async throws {
        let test = try await TestSite()
        await test.closedReview()
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.chloe], by: .site, test.site)
        let page = await test.get(test.review, as: .ana).text
        #expect(page.contains("Payer le recul.") == false && page.contains("Ouvrir le comité."))
        #expect(try await ReviewChecking.problems(test).isEmpty)
    }
}
