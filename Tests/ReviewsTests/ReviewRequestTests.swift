import Database
import Formats
import Platform
import TestSupport
import Testing

/// The collective review of a visit: written by several at once, closed, never the host's before.
@Suite struct ReviewRequestTests {
    @Test func `several people write at once and nothing is lost`() async throws {
        let test = try await TestSite()
        await withTaskGroup(of: Void.self) { group in
            for name in Cast.visitors { group.addTask { _ = await test.post(test.review, as: name) } }
        }
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM review") } == 1)
        await withTaskGroup(of: Int.self) { group in
            for name in Cast.visitors {
                for number in 1...4 { group.addTask { await test.say("methods", "Ligne \(number) de \(name.rawValue).", as: name).status } }
            }
            for await status in group { #expect(status == 303) }
        }
        let page = await test.get(test.review, as: .iris).text
        for name in Cast.visitors {
            for number in 1...4 { #expect(page.contains("Ligne \(number) de \(name.rawValue).")) }
        }
        let positions = try await test.site.database.read { try $0.count("SELECT COUNT(DISTINCT position) FROM review_line") }
        #expect(positions == 20)
    }

    @Test func `what others add and who writes is told as it happens, to its readers alone`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        #expect(await test.get("\(test.review)/direct", as: .yann).status == 404, "the host, before it is opened")
        let bo = try #require(await test.follow("\(test.review)/direct", as: .bo))
        #expect(await bo.hears("event: presence"))
        #expect(await test.post("\(test.review)/presence", as: .ana).status == 200)
        #expect(await bo.hears("Ana écrit en ce moment."))
        await test.say("methods", "SECRET-DE-BILAN", as: .ana)
        #expect(await bo.hears("Ana vient d’ajouter"))
        _ = await test.post("\(test.review)/cloture", ["silent": "1"], as: .nadia)
        #expect(await bo.hears("\"said\":\"\""))
        #expect(!bo.text.contains("SECRET"))
        bo.close()
        let page = await test.get(test.review, as: .bo).text
        #expect(!page.contains("data-live=\""), "a closed review follows nothing")
    }

    @Test func `it is prefilled with the visiting group, one line for each`() async throws {
        let test = try await TestSite()
        #expect(await test.get(test.review, as: .ana).text.contains("Ouvrir le bilan collectif"))
        _ = await test.post(test.review, as: .ana)
        var page = await test.get(test.review, as: .ana).text
        for name in ["Ana", "Bo", "Chloe", "Driss", "Emma", "Nadia", "Iris", "Yann"] { #expect(page.contains(name)) }
        #expect(page.contains("Il manque 5 personnes\u{A0}: Ana, Bo, Chloe, Driss et Emma."))
        #expect(page.contains("<option value=\"\(test.cast[.ana])\" selected>"), "oneself first")
        await test.say("learning", "Reculer d’un pas.", as: .nadia, about: .bo)
        page = await test.get(test.review, as: .ana).text
        #expect(page.contains("<strong>Bo</strong>") && page.contains("écrit par Nadia,"))
        #expect(page.contains("Il manque 4 personnes\u{A0}: Ana, Chloe, Driss et Emma."))
        let present = (Cast.visitors.dropLast() + [.nadia]).map { ("present", test.cast[$0]) }
        #expect(await test.post("\(test.review)/presents", pairs: present, as: .bo).status == 303)
        #expect(await test.get(test.review, as: .ana).text.contains("Il manque 3 personnes\u{A0}: Ana, Chloe et Driss."))
        #expect(await test.say("learning", "Rien.", as: .ana, about: .paul).status == 422)
    }

    @Test func `what is refused comes back as it was typed`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        #expect(await test.say("results", "  ", as: .ana).status == 422)
        let long = String(repeating: "é", count: 2_001)
        let back = await test.say("advice", long, as: .ana)
        #expect(back.status == 422 && back.text.contains(long) && back.text.contains("2\u{202F}000"))
        await test.say("results", "Une.", as: .ana)
        _ = await test.post("\(test.review)/cloture", ["silent": "1"], as: .nadia)
        let late = await test.say("results", "Trop tard mais gardé.", as: .bo)
        #expect(late.status == 422 && late.text.contains("Le bilan est clôturé"))
    }

    @Test func `a line is rewritten by its author or whom it is about, and two rewritings are both kept`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        await test.say("learning", "Avant.", as: .nadia, about: .bo)
        let line = try await test.site.database.read { try $0.text("SELECT id FROM review_line") } ?? ""
        let path = "\(test.review)/lignes/\(line)"
        #expect(await test.get(path, as: .ana).status == 403)
        #expect(await test.post(path, ["text_learning": "Volé."], as: .ana).status == 403)
        #expect(await test.get(path, as: .bo).text.contains("Avant."))
        #expect(await test.post(path, ["text_learning": "Après, par Bo."], as: .bo).header("location")?.contains("changed") == true)
        let other = await test.post(path, ["text_learning": "Après, par Nadia."], as: .nadia)
        #expect(other.header("location")?.contains("keptBoth") == true)
        let page = await test.get(test.review, as: .ana).text
        #expect(page.contains("Après, par Bo.") && page.contains("Après, par Nadia.") && !page.contains("Avant."))
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM review_line WHERE text = 'Avant.'") } == 1)
    }

    @Test func `a line taken away comes back`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        await test.say("results", "À retirer.", as: .ana)
        let line = try await test.site.database.read { try $0.text("SELECT id FROM review_line") } ?? ""
        #expect(await test.post("\(test.review)/lignes/\(line)/retrait", as: .bo).status == 403)
        #expect(await test.post("\(test.review)/lignes/\(line)/retrait", as: .ana).status == 303)
        #expect(await test.get(test.review, as: .bo).text.contains("À retirer.") == false)
        #expect(await test.get(test.review, as: .ana).text.contains("lignes/\(line)/retour"))
        _ = await test.post("\(test.review)/lignes/\(line)/retour", as: .ana)
        #expect(await test.get(test.review, as: .bo).text.contains("À retirer."))
    }

    @Test func `the host reads nothing before it is closed or opened to it`() async throws {
        let test = try await TestSite()
        #expect(await test.get(test.review, as: .yann).status == 404)
        _ = await test.post(test.review, as: .ana)
        await test.say("advice", "SECRET-DU-GROUPE", as: .ana)
        for name in [Cast.Name.yann, .zoe, .hugo, .maud, .paul, .sam, .stranger] {
            #expect(await test.get(test.review, as: name).status == 404, "\(name)")
            for page in ["/programmes/essai/visites/caen", "/programmes/essai", "/a-faire", "/programmes/essai/conseils"] {
                #expect(await test.get(page, as: name).text.contains("SECRET-DU-GROUPE") == false, "\(name) \(page)")
            }
        }
        #expect(await test.post("\(test.review)/structure", as: .ana).status == 403)
        #expect(await test.post("\(test.review)/structure", as: .nadia).status == 303)
        #expect(await test.get(test.review, as: .yann).text.contains("SECRET-DU-GROUPE"))
        #expect(await test.say("results", "Nous aussi avons appris.", as: .yann).status == 303)
        #expect(await test.say("advice", "À moi-même.", as: .yann).status == 422)
        #expect(await test.get(test.review, as: .zoe).status == 404)
    }

    @Test func `closing freezes it, tells the host, and can be undone until somebody answers`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        #expect(await test.post("\(test.review)/cloture", as: .nadia).status == 422, "nothing said")
        await test.say("advice", "Payer le recul.", as: .chloe)
        #expect(await test.post("\(test.review)/cloture", as: .ana).status == 403)
        #expect(await test.post("\(test.review)/cloture", ["silent": "1"], as: .nadia).status == 303)
        let page = await test.get(test.review, as: .yann).text
        #expect(page.contains("Payer le recul.") && page.contains("class=\"hash\"") && page.contains("id=\"repondre\""))
        let mail = try await test.mails(to: .yann).last ?? ""
        #expect(mail.contains("1 conseil") && mail.contains("/programmes/essai/visites/caen/bilan#conseils"))
        #expect(await test.get("/a-faire", as: .yann).text.contains("Répondre au conseil du groupe de visite (Caen)"))
        #expect(await test.get(test.review, as: .nadia).text.contains("bilan/reouverture"))
        #expect(await test.post("\(test.review)/reouverture", as: .nadia).status == 303)
        await test.say("advice", "Un second.", as: .ana)
        _ = await test.post("\(test.review)/cloture", ["silent": "1"], as: .nadia)
        let first = try await test.advice()[0]
        _ = await test.post("\(test.review)/reponses", ["answer-\(first)": "kept"], as: .yann)
        #expect(await test.post("\(test.review)/reouverture", as: .nadia).status == 422)
        #expect(try await ReviewChecking.problems(test).isEmpty)
        try await test.site.database.write { try $0.run("UPDATE review_line SET text = 'Changé.' WHERE part = 'advice'") }
        #expect(try await ReviewChecking.problems(test).count == 1)
    }

    @Test func `closing it before everybody spoke is meant, with their names`() async throws {
        let test = try await TestSite()
        _ = await test.post(test.review, as: .ana)
        for name in [Cast.Name.ana, .bo, .chloe] { await test.say("learning", "Oui.", as: name, about: name) }
        let page = await test.get(test.review, as: .nadia).text
        #expect(page.contains("Clôturer bien que 2 personnes n’aient pas dit ce qu’elles ont appris\u{A0}: Driss et Emma"))
        let refused = await test.post("\(test.review)/cloture", as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("2 personnes n’ont pas dit ce qu’elles ont appris\u{A0}: confirmez"))
        #expect(await test.get(test.review, as: .nadia).text.contains("bilan/cloture"), "still open")
        for name in [Cast.Name.driss, .emma] { await test.say("learning", "Aussi.", as: name, about: name) }
        #expect(await !test.get(test.review, as: .nadia).text.contains("Clôturer bien que"))
        #expect(await test.post("\(test.review)/cloture", as: .nadia).status == 303)
    }

    @Test func `it is a stage of the visit, and a thing to do for who comes along`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-16")!)
        let visit = "/programmes/essai/visites/caen"
        #expect(await test.get(visit, as: .nadia).text.contains("Bilan"))
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Tenir le bilan collectif (Caen)"))
        #expect(await test.get("/a-faire", as: .ana).text.contains("Tenir le bilan collectif") == false)
        _ = await test.post(test.review, as: .ana)
        await test.say("learning", "Oui.", as: .ana, about: .ana)
        #expect(await test.get(visit, as: .nadia).text.contains("1 sur 5 ont dit"))
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Clôturer le bilan collectif (Caen)"))
        _ = await test.post("\(test.review)/cloture", ["silent": "1"], as: .nadia)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("bilan collectif") == false)
    }

    @Test func `the record leaves as a table`() async throws {
        let test = try await TestSite()
        await test.closedReview()
        let table = await test.get("\(test.review)/export?format=ouvert", as: .bo)
        #expect(table.text.contains("Ce que chaque personne a appris,Ana,On peut reculer d’un pas.,Ana,"))
        #expect(await test.get("\(test.review)/export", as: .maud).status == 404)
    }
}

/// What `essaim check` says of reviews.
enum ReviewChecking {
    static func problems(_ test: TestSite) async throws -> [String] {
        try await test.site.database.read { reader in
            try test.site.features.first { $0.name == "Reviews" }?.checks?(reader) ?? ["no check"]
        }
    }
}
