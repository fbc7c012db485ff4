import Database
import Formats
import Platform
import TestSupport
import Testing
import Texts

@testable import Library

@Suite struct PublicationTests {
    private func slug(_ scene: Scene) async throws -> String {
        let text = scene.text
        return try await scene.test.site.database.read { try $0.text("SELECT slug FROM publication WHERE text_id = \(text)") } ?? ""
    }

    private func audience(_ id: String, _ scene: Scene) async throws -> Audience? {
        try await scene.test.site.database.read { try $0.protection(of: id)?.audience }
    }

    @Test func `what is published is what whoever publishes had before them`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        let left = try #require(formBase(await scene.test.get(scene.publication, as: .nadia).text, sentTo: scene.publication))
        let before = try await scene.test.site.database.read { [text = scene.text] in try TextQueries.head(text, $0).sections[1].body }
        try await scene.revise(before + "…", isFormOnly: true)
        let refused = await scene.publish(["base": left])
        #expect(refused.status == 422 && refused.text.contains("Relisez-la, puis confirmez"))
        #expect(try await scene.test.site.database.read { try $0.count("SELECT COUNT(*) FROM publication") } == 0)
        let now = try #require(formBase(refused.text, sentTo: scene.publication))
        #expect(await scene.publish(["base": now]).status == 303)
    }

    @Test func `nothing is published while the rule is not met, and every reason is given`() async throws {
        let scene = try await Scene.make(isConsented: false)
        let page = await scene.test.get(scene.publication, as: .nadia)
        #expect(page.status == 200)
        #expect(page.text.contains("data-ok=\"false\""))
        let refused = await scene.publish(["authors": "", "territory": ""])
        #expect(refused.status == 422)
        for words in ["la réponse de la structure", "0 personne du groupe de visite sur 5", "attend l’accord", "Nommez au moins", "Choisissez un territoire"] {
            #expect(refused.text.contains(words), "\(words)")
        }
        #expect(refused.text.contains("Deux jours à Colombelles."), "what was typed is still there")
        #expect(try await slug(scene).isEmpty)
    }

    @Test func `once the rule is met, anybody reads it at its address, and it is found`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        #expect(await scene.publish().status == 303)
        #expect(try await slug(scene) == "colombelles-l-emploi-choisi")
        let page = await scene.test.get("/ressources/colombelles-l-emploi-choisi")
        #expect(page.status == 200)
        for words in [
            "Colombelles, l’emploi choisi", "Deux jours à Colombelles.", "Nadia, chargée de mission", "CC BY-SA 4.0", "Caen la Mer",
            "On décide ensemble, &lt;même&gt; quand", "Fonction de yann", "sans réponse", "Une seule gérance &lt;entendue&gt;", "Dimension cooperation",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(!page.text.contains(">Yann<") && !page.text.contains("Chloe"), "validators are printed by function")
        #expect(await scene.test.get("/ressources").text.contains("/ressources/colombelles-l-emploi-choisi"))
        #expect(await scene.test.get("/").text.contains("/ressources/colombelles-l-emploi-choisi"))
        #expect(await scene.test.get("/territoires").text.contains("?territoire=caen"))
        #expect(await scene.test.get("/recherche?q=ateliers+velo").text.contains("/ressources/colombelles-l-emploi-choisi"))
        // Quoted words are found as the quotation, not as the resource.
        let found = await scene.test.get("/recherche?q=ensemble").text
        #expect(found.contains("/ressources/colombelles-l-emploi-choisi/sources/"))
        #expect(!found.contains("\"/ressources/colombelles-l-emploi-choisi\""))
    }

    @Test func `the filter of a programme keeps all that belongs to it, under its title of today`() async throws {
        let scene = try await Scene.make()
        func found(_ programme: String) async -> Bool {
            await scene.test.get("/recherche?q=ateliers&programme=\(programme)", as: .nadia).text.contains("href=\"/textes/\(scene.text)\"")
        }
        #expect(await found("Essai"))
        let settings = ["title": "Autre nom", "license": "CC-BY-SA-4.0", "share": "50", "answer_days": "21", "requires_signatory": "1"]
        #expect(await scene.test.post("/programmes/essai/reglages", settings, as: .nadia).status == 303)
        #expect(await found("Autre%20nom"))
        #expect(await !found("Essai"))
    }

    @Test func `the workshop's text stays where it was: only the revision published is public`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish()
        #expect(try await audience(scene.text, scene) == .scope)
        #expect(try await audience(scene.excerpt, scene) == .everyone)
        try await scene.revise("Un passage de travail.", isFormOnly: false)
        #expect(!(await scene.test.get("/ressources/colombelles-l-emploi-choisi").text.contains("passage de travail")))
    }

    @Test func `only the officer and the coordinator who see the text publish it`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        for (name, status) in [
            (Cast.Name.iris, 403), (.ana, 403), (.yann, 403), (.hugo, 404), (.maud, 404), (.paul, 404), (.zoe, 404), (.sam, 404), (.stranger, 404),
        ] {
            #expect(await scene.publish(as: name).status == status, "\(name)")
            #expect(await scene.test.get(scene.publication, as: name).status == status, "\(name)")
        }
        #expect(try await slug(scene).isEmpty)
    }

    @Test func `what is published is traced, the visit comes to its last stage, validators and collectors are told`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish()
        let (text, visit, iris) = (scene.text, scene.test.cast.caen.visit, scene.test.cast[.iris])
        let (actions, stage, told, collector) = try await scene.test.site.database.read { reader in
            (
                try reader.texts("SELECT action FROM audit WHERE object_id = \(text)"),
                try reader.text("SELECT stage FROM visit WHERE id = \(visit)"),
                try reader.count("SELECT count(*) FROM mail WHERE subject LIKE '%publié%'"),
                try reader.count("SELECT count(*) FROM mail WHERE person_id = \(iris)")
            )
        }
        #expect(actions.contains("text.published"))
        #expect(stage == "published")
        #expect(told == 7, "the host, five visitors and who collected the consent")
        #expect(collector == 1)
    }

    @Test func `before its day nobody outside reads it, whatever the clock does; on its day it opens`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        #expect(await scene.publish(["not_before": "25 mars 2026"]).status == 303)
        let path = "/ressources/\(try await slug(scene))"
        func isHidden() async throws -> Bool {
            let isOpen = try await audience(scene.excerpt, scene) == .everyone
            let found = await scene.test.get("/recherche?q=ateliers").text.contains(path)
            let listed = await scene.test.get("/ressources").text.contains(path)
            return await scene.test.get(path).status == 404 && !found && !listed && !isOpen
        }
        #expect(try await isHidden())
        #expect(await scene.test.get(path, as: .ana).text.contains("Aperçu"), "the visiting group may look")
        for day in ["2026-03-24", "2026-01-01", "2026-03-24"] {
            scene.test.clock.move(to: Day(iso: day)!)
            try await scene.test.renewSessions()
            #expect(try await Publishing.openDue(scene.test.site) == 0)
            #expect(await scene.test.post("\(scene.publication)/ouverture", as: .nadia).status != 303)
            #expect(try await isHidden())
        }
        scene.test.clock.move(to: Day(iso: "2026-03-25")!)
        try await scene.test.renewSessions()
        #expect(try await Publishing.openDue(scene.test.site) == 1)
        #expect(try await Publishing.openDue(scene.test.site) == 0)
        #expect(await scene.test.get(path).status == 200)
    }

    @Test(arguments: ["2038-01-19", "2099-12-31"])
    func `a clock that jumped opens nothing until somebody looked at it`(_ jump: String) async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        #expect(await scene.publish(["not_before": "2026-06-25"]).status == 303)
        try await Upkeep.run(scene.test.site)
        scene.test.clock.move(to: try #require(Day(iso: jump)))
        try await Upkeep.run(scene.test.site)
        #expect(try await Publishing.openDue(scene.test.site) == 0)
        #expect(try await Reminders.sendDue(scene.test.site) == 0)
        #expect(await scene.test.get("/ressources/\(try await slug(scene))").status == 404)
        try await Upkeep.believe(scene.test.site)
        #expect(try await Publishing.openDue(scene.test.site) == 1)
    }

    @Test func `a quotation refused meanwhile keeps a scheduled text closed`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["not_before": "2026-03-25"])
        let excerpt = scene.excerpt
        try await scene.test.site.amend(as: "test.unconsented", by: .site) { change in
            try change.run("UPDATE consent SET is_given = 0 WHERE excerpt_id = \(excerpt)")
            try change.trace("excerpt", excerpt)
        }
        scene.test.clock.move(to: Day(iso: "2026-03-26")!)
        #expect(try await Publishing.openDue(scene.test.site) == 0)
        #expect(await scene.test.get("/ressources/\(try await slug(scene))").status == 404)
    }

    @Test func `an old address leads to the new one for ever`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["slug": "premier"])
        await scene.publish(["slug": "second"])
        await scene.publish(["slug": "troisieme"])
        for old in ["premier", "second"] {
            let response = await scene.test.get("/ressources/\(old)/source.md")
            #expect(response.status == 301)
            #expect(response.header("location") == "/ressources/troisieme/source.md")
        }
        await scene.publish(["slug": "premier"])
        #expect(await scene.test.get("/ressources/premier").status == 200)
        #expect(await scene.test.get("/ressources/troisieme").status == 301)
        #expect(await scene.publish(["slug": "Pas Une Adresse"]).status == 422)
    }

    @Test func `a correction of form is published as a new version, with what changed`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish()
        try await scene.revise("Un atelier de vélo.", isFormOnly: true)
        #expect(await scene.publish().status == 303)
        let page = await scene.test.get("/ressources/\(try await slug(scene))").text
        #expect(page.contains("version 2"))
        #expect(page.contains("<ins>"))
    }

    @Test func `dimensions left without a word are said before publishing, and meant`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        let page = await scene.test.get(scene.publication, as: .nadia).text
        #expect(page.contains("2 dimensions ne sont pas couvertes") && page.contains("#couverture") && page.contains("name=\"unexplained\""))
        let refused = await scene.publish(["unexplained": ""])
        #expect(refused.status == 422 && refused.text.contains("confirmez que vous publiez sans elles"))
        #expect(await scene.publish().status == 303)
        let resource = await scene.test.get("/ressources/\(try await slug(scene))").text
        #expect(resource.contains("Non couvertes, sans raison donnée") && !resource.contains("Aucune raison"))
    }

    @Test func `the page of a text says that it can be published, then that it is`() async throws {
        let scene = try await Scene.make()
        let text = "/textes/\(scene.text)"
        #expect(await scene.test.get(text, as: .nadia).text.contains("La validation de ce texte est demandée."))
        try await scene.answerEnough()
        #expect(await scene.test.get(text, as: .nadia).text.contains("Ce texte peut être publié."))
        #expect(!(await scene.test.get(text, as: .ana).text.contains("Ce texte peut être publié.")))
        await scene.publish()
        for name in [Cast.Name.nadia, .ana] {
            let page = await scene.test.get(text, as: name).text
            #expect(page.contains("Ce texte est publié.") && page.contains("Voir la page publique"))
        }
        #expect(await scene.test.get("\(scene.publication)?fait=publie", as: .nadia).text.contains("Le texte est public."))
    }

    @Test func `before publishing, the page says who may still answer`() async throws {
        let scene = try await Scene.make()
        for name in [Cast.Name.yann, .ana, .bo, .chloe] { try await scene.answer(name) }
        #expect(await scene.test.get(scene.publication, as: .nadia).text.contains("2 personnes ont encore jusqu’au ven. 20 mars 2026 pour répondre."))
    }

    @Test func `a public version says what it is, and is not drawn from nothing`() async throws {
        let scene = try await Scene.make()
        #expect(await scene.test.post("/textes/\(scene.text)/version-publique", as: .nadia).status == 303)
        let title = try await scene.test.site.database.read { reader in
            try reader.text("SELECT revision.title FROM text JOIN revision ON revision.id = head_id WHERE kind = 'public_version'")
        }
        #expect(title == "Colombelles, l’emploi choisi – version publique")
        let empty = await scene.test.post("/programmes/essai/visites/lille/textes", ["kind": "synthesis"], as: .nadia)
        let path = String((empty.header("location") ?? "").split(separator: "?").first ?? "")
        #expect(!(await scene.test.get(path, as: .nadia).text.contains("version-publique")))
        #expect(await scene.test.post("\(path)/version-publique", as: .nadia).status == 422)
    }

    @Test func `an answer that the officer entered says so in public`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        let (request, yann, nadia) = (scene.request, scene.test.cast[.yann], scene.test.cast[.nadia])
        try await scene.test.site.database.write { writer in
            try writer.run("UPDATE endorsement SET received_by = 'phone', entered_by = \(nadia) WHERE request_id = \(request) AND person_id = \(yann)")
        }
        await scene.publish()
        #expect(await scene.test.get("/ressources/\(try await slug(scene))").text.contains("Réponse reçue par téléphone, saisie par l’équipe du programme."))
    }

    @Test func `a change of substance is not published before it is validated again`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        try await scene.revise("Tout autre chose.", isFormOnly: false)
        let refused = await scene.publish()
        #expect(refused.status == 422)
        #expect(refused.text.contains("révision 1"))
    }

    @Test func `a publication taken back is gone from pages and search, and its quotations with it`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish()
        let path = "/ressources/\(try await slug(scene))"
        #expect(await scene.test.post("\(scene.publication)/retrait", ["withdrawal": " "], as: .nadia).status == 422)
        #expect(await scene.test.post("\(scene.publication)/retrait", ["withdrawal": "Erreur."], as: .ana).status == 403)
        #expect(await scene.test.post("\(scene.publication)/retrait", ["withdrawal": "Erreur de version."], as: .nadia).status == 303)
        let gone = await scene.test.get(path)
        #expect(gone.status == 410)
        #expect(!gone.text.contains("Colombelles"))
        #expect(try await audience(scene.excerpt, scene) == .scope)
        #expect(!(await scene.test.get("/recherche?q=ateliers").text.contains(path)))
        #expect(await scene.publish().status == 303)
        #expect(await scene.test.get(path).status == 200)
    }

    @Test func `a visit whose publication is taken back is validated again, and its history says so`() async throws {
        let scene = try await Scene.make()
        let visit = scene.test.cast.caen.visit
        func stage() async throws -> String? {
            try await scene.test.site.database.read { try $0.text("SELECT stage FROM visit WHERE id = \(visit)") }
        }
        try await scene.answerEnough()
        await scene.publish()
        #expect(try await stage() == "published")
        _ = await scene.test.post("\(scene.publication)/retrait", ["withdrawal": "Erreur de version."], as: .nadia)
        #expect(try await stage() == "validated")
        let details = try await scene.test.site.database.read {
            try $0.text("SELECT details FROM audit WHERE object_id = \(visit) AND action = 'visit.wentBack'")
        }
        #expect(details == #"{"from":"published","to":"validated"}"#)
        #expect(await scene.test.get("/historique/\(visit)", as: .nadia).text.contains("a ramené la visite à l’étape d’avant"))
        await scene.publish()
        #expect(try await stage() == "published")
    }

    @Test func `a host who does not answer cannot silence: the steering group decides after the deadline, and says why`() async throws {
        let scene = try await Scene.make()
        for name in [Cast.Name.ana, .bo, .chloe] { try await scene.answer(name) }
        let reason = "Trois relances sans réponse."
        let decide = { (name: Cast.Name, reason: String) in
            await scene.test.post("\(scene.publication)/arbitrage", ["reason": reason], as: name).status
        }
        let refer = { await scene.test.post("/textes/\(scene.text)/validation/arbitrage", as: .nadia).status }
        #expect(await refer() == 422, "too early")
        scene.test.clock.move(to: Day(iso: "2026-03-21")!)
        try await scene.test.renewSessions()
        #expect(await refer() == 422, "never reminded")
        #expect(await scene.test.get(scene.publication, as: .nadia).text.contains("envoyez un rappel"))
        #expect(await scene.test.post("/textes/\(scene.text)/validation/rappels", as: .nadia).status == 303)
        for name in [Cast.Name.maud, .hugo] {
            #expect(await scene.test.get(scene.publication, as: name).status == 404, "neither is in the visit's circle")
            #expect(await decide(name, reason) == 404)
        }
        #expect(await scene.test.get(scene.publication, as: .nadia).text.contains("Saisir le comité de pilotage"))
        #expect(await scene.test.get("/textes/\(scene.text)/validation", as: .nadia).text.contains("Saisir le comité de pilotage"))
        #expect(await refer() == 303)
        #expect(await scene.test.get("/a-faire", as: .maud).text.contains("Décider pour la structure"))
        #expect(await scene.test.get("/textes/\(scene.text)/validation", as: .maud).text.contains("\(scene.publication)\">Décider"))
        #expect(await scene.test.get(scene.publication, as: .maud).text.contains("Enregistrer la décision"))
        #expect(await decide(.nadia, reason) == 403)
        #expect(await decide(.maud, "") == 422)
        #expect(await decide(.maud, reason) == 303)
        #expect(!(await scene.test.get("/a-faire", as: .maud).text.contains("Décider pour la structure")))
        #expect(await scene.test.get(scene.publication, as: .nadia).text.contains("Le comité de pilotage a décidé"))
        #expect(await scene.publish().status == 303)
        let page = await scene.test.get("/ressources/\(try await slug(scene))").text
        #expect(page.contains("Trois relances sans réponse."))
        #expect(page.contains("sans réponse"))
    }

    @Test func `a public version is drawn once, with the same sections and quotations, and goes its own way`() async throws {
        let scene = try await Scene.make()
        let drawn = await scene.test.post("/textes/\(scene.text)/version-publique", as: .nadia)
        #expect(drawn.status == 303)
        #expect(await scene.test.post("/textes/\(scene.text)/version-publique", as: .iris).header("location") == drawn.header("location"))
        #expect(await scene.test.post("/textes/\(scene.text)/version-publique", as: .ana).status == 403)
        let id = String((drawn.header("location") ?? "").split(separator: "/").last ?? "")
        let (text, excerpt) = (scene.text, scene.excerpt)
        let (origin, isQuoted) = try await scene.test.site.database.read { reader in
            (
                try reader.text("SELECT drawn_from_id FROM text WHERE id = \(id)"),
                try reader.exists("SELECT excerpt_id FROM quotation WHERE text_id = \(id) AND excerpt_id = \(excerpt)")
            )
        }
        #expect(origin == text)
        #expect(isQuoted)
        #expect(await scene.test.get("/textes/\(id)/publication", as: .nadia).text.contains("La validation n’a pas encore été demandée"))
    }

    @Test func `taken back then published for a later day, a text is hidden until that day`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish()
        let path = "/ressources/\(try await slug(scene))"
        _ = await scene.test.post("\(scene.publication)/retrait", ["withdrawal": "Erreur."], as: .nadia)
        #expect(await scene.publish(["not_before": "2030-01-01"]).status == 303)
        #expect(await scene.test.get(path).status == 404)
        #expect(try await audience(scene.excerpt, scene) == .scope)
        #expect(!(await scene.test.get("/recherche?q=ateliers").text.contains(path)))
        #expect(try await Publishing.openDue(scene.test.site) == 0)
        scene.test.clock.move(to: Day(iso: "2030-01-01")!)
        #expect(try await Publishing.openDue(scene.test.site) == 1)
        #expect(await scene.test.get(path).status == 200)
    }

    @Test func `a publication ends the reading of the answers before it`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        try await scene.answer(.driss, "endorse_with_reservation", text: "Un chiffre manque.")
        func todo() async -> Bool { await scene.test.get("/a-faire", as: .nadia).text.contains("Lire les réponses à la validation") }
        #expect(await todo())
        #expect(await scene.publish().status == 303)
        #expect(await !todo())
    }

    @Test func `a scheduled publication whose rule broke is to repair, by its day`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["not_before": "2026-03-25"])
        #expect(!(await scene.test.get("/a-faire", as: .nadia).text.contains("une condition manque")))
        try await scene.revise("Tout autre chose.", isFormOnly: false)
        #expect(!(await scene.test.get("/a-faire", as: .nadia).text.contains("une condition manque")), "the revision scheduled is the one validated")
        let excerpt = scene.excerpt
        try await scene.test.site.database.write { try $0.run("UPDATE consent SET is_given = 0 WHERE excerpt_id = \(excerpt)") }
        #expect(await scene.test.get("/a-faire", as: .nadia).text.contains("une condition manque"))
        #expect(!(await scene.test.get("/a-faire", as: .ana).text.contains("une condition manque")))
    }

    @Test func `a scheduled address is told to nobody who may not read it`() async throws {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["not_before": "2026-03-25", "slug": "a-venir"])
        let visit = "/programmes/essai/visites/caen"
        #expect(await scene.test.get(visit, as: .nadia).text.contains("a-venir"))
        #expect(!(await scene.test.get(visit, as: .maud).text.contains("a-venir")))
    }

    @Test func `a host without account is written to behind a private link: a decision, then the right of reply while it is public`() async throws {
        let scene = try await Scene.make()
        for name in [Cast.Name.ana, .bo, .chloe] { try await scene.answer(name) }
        let (test, yann) = (scene.test, scene.test.cast[.yann])
        try await test.site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(yann)") }
        func link(_ prefix: String) async throws -> String {
            let mail =
                try await test.site.database.read {
                    try $0.texts("SELECT body FROM mail WHERE person_id = \(yann) ORDER BY created_at, id")
                }.last { $0.contains("\(prefix)/") } ?? ""
            guard let range = mail.firstRange(of: "\(prefix)/") else { return "" }
            return String(mail[range.lowerBound...].prefix { !$0.isWhitespace })
        }
        test.clock.move(to: Day(iso: "2026-03-21")!)
        try await test.renewSessions()
        _ = await test.post("/textes/\(scene.text)/validation/rappels", as: .nadia)
        _ = await test.post("/textes/\(scene.text)/validation/arbitrage", as: .nadia)
        #expect(await test.post("\(scene.publication)/arbitrage", ["reason": "Trois relances."], as: .maud).status == 303)
        let decision =
            try await test.site.database.read {
                try $0.text("SELECT body FROM mail WHERE person_id = \(yann) AND body LIKE '%a décidé de la suite%'")
            } ?? ""
        #expect(decision.contains("/validation/") && !decision.contains("/textes/"))
        #expect(await scene.publish().status == 303)
        let reply = try await link("/reponse")
        test.clock.move(to: Day(iso: "2027-03-21")!)
        try await test.renewSessions()
        #expect(await test.get(reply).text.contains("tant qu’il est public"))
        #expect(await test.post("\(reply)/droit-de-reponse", ["reply_body": "Un an après.", "reply_base": "0"]).status == 303)
        #expect(await test.get("/ressources/\(try await slug(scene))").text.contains("Un an après."))
        _ = await test.post("\(scene.publication)/retrait", ["withdrawal": "Erreur."], as: .nadia)
        #expect(await test.get(reply).status == 404)
    }
}
