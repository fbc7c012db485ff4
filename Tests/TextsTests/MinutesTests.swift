import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// Minutes of visits and seminars: written, sent for remarks, amended, approved on one revision.
struct MinutesTests {
    private let seminars = "/programmes/essai/seminaires"

    /// Minutes of Caen, held on the day before, whole.
    private func written(_ site: TestSite) async throws -> String {
        _ = await site.post("\(site.visit)/tenue", as: .nadia)
        let id = await site.open(.minutes)
        for section in TextKind.minutes.sections { #expect(try await site.write("Section \(section).", in: id, section: section).status == 303) }
        return id
    }

    private func held() async throws -> (TestSite, String) {
        let site = try await TestSite(on: Day(iso: "2026-04-20")!)
        return (site, try await written(site))
    }

    private func send(_ id: String, _ names: [Cast.Name], _ site: TestSite) async -> Response {
        await site.ask(id, by: "2026-04-30", names)
    }

    private func remark(_ id: String, as name: Cast.Name, _ site: TestSite, _ kind: String = "endorse", _ text: String = "") async -> Response {
        let more = kind == "object" ? ["objection": "error"] : [:]
        return await site.post(
            "/textes/\(id)/validation/reponse", ["exact": kind == "object" ? "no" : "yes", "kind": kind, "text": text].merging(more) { $1 }, as: name)
    }

    private func state(_ id: String, _ site: TestSite) async throws -> TextState {
        try await site.site.database.read { reader in
            guard let thing = try reader.protection(of: id) else { throw NotFound() }
            return try TextState.of(TextQueries.text(id, reader), TextQueries.head(id, reader), thing, reader)
        }
    }

    @Test func `they are sent to those who were there, and approved when nobody has anything to add`() async throws {
        let (site, id) = try await held()
        #expect(try await state(id, site) == .writing)
        #expect(await site.get("/a-faire", as: .nadia).text.contains("Envoyer pour remarques"))
        let slot = site.cast.caen.slots[0]
        for name in [Cast.Name.ana, .bo] { #expect(await site.post("\(site.visit)/presence/\(slot)", as: name).status == 303) }
        let form = await site.get("/textes/\(id)/validation/demande", as: .nadia).text
        #expect(form.contains("Qui le relit") && form.contains("value=\"\(site.cast[.ana])\" checked") && !form.contains("value=\"\(site.cast[.emma])\" checked"))
        let sent = await send(id, Cast.visitors, site)
        #expect(sent.status == 303)
        #expect(await site.get(sent.header("location") ?? "", as: .nadia).text.contains("Le compte rendu est envoyé pour remarques."))
        #expect(try await state(id, site) == .inReview(answers: 0, of: 5))
        #expect(try await site.mails(to: .ana).last?.contains("c’est bien ce qui s’est dit et décidé") == true)
        #expect(await site.get("/a-faire", as: .ana).text.contains("Relire le compte rendu"))
        let page = await site.get("/textes/\(id)/validation", as: .ana).text
        #expect(page.contains("Est-ce bien ce qui s’est dit et décidé") && !page.contains("publiable"))
        for name in Cast.visitors { #expect(await remark(id, as: name, site).status == 303) }
        #expect(try await state(id, site) == .approved)
        #expect(await site.get("/textes/\(id)", as: .yann).text.contains("par les réponses des personnes invitées à la relire"))
        #expect(await site.get(site.visit, as: .ana).text.contains("Approuvé"))
        #expect(await site.get("/programmes/essai/textes?genre=minutes", as: .ana).text.contains("Approuvé"))
        let stage = try await site.site.database.read { try $0.text("SELECT stage FROM visit WHERE slug = 'caen'") }
        #expect(stage == "held", "minutes validate no visit")
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains("Compte rendu")))
    }

    @Test func `a remark holds the approval until they are amended, and a meeting may approve them`() async throws {
        let (site, id) = try await held()
        _ = await send(id, [.ana, .bo], site)
        _ = await remark(id, as: .ana, site)
        #expect(await remark(id, as: .bo, site, "endorse_with_reservation", "").text.contains("Écrivez votre remarque."))
        #expect(await remark(id, as: .bo, site, "endorse_with_reservation", "Le maire était là.").status == 303)
        #expect(try await state(id, site) == .remarked)
        #expect(await site.get("/a-faire", as: .nadia).text.contains("Amender ou faire approuver"))
        _ = try await site.write("Le maire était là.", in: id, section: "proceedings")
        #expect(try await state(id, site) == .amended)
        #expect(await site.get("/textes/\(id)", as: .nadia).text.contains("Renvoyer pour approbation"))
        let path = "/textes/\(id)/approbation"
        let wrong = await site.post(path, ["approved_on": "2026-05-30", "approved_how": " "], as: .nadia)
        #expect(wrong.status == 422 && wrong.text.contains("Cette date est à venir") && wrong.text.contains("Dites qui a approuvé"))
        #expect(await site.post(path, ["approved_on": "20/04/2026", "approved_how": "x"], as: .ana).status == 403)
        #expect(await site.post(path, ["approved_on": "20/04/2026", "approved_how": "Le groupe, à l’unanimité."], as: .nadia).status == 303)
        #expect(try await state(id, site) == .approved)
        let page = await site.get("/textes/\(id)", as: .bo).text
        #expect(page.contains("noté par Nadia") && page.contains("Le groupe, à l’unanimité."))
        #expect(await site.get("/historique/\(id)", as: .bo).text.contains("a noté l’approbation de la révision"))
        #expect(await site.post("\(path)/retrait", as: .nadia).status == 303)
        #expect(try await state(id, site) == .amended)
        #expect(await site.post("\(path)/retrait", as: .nadia).status == 422)
        _ = await site.post(path, ["approved_on": "20/04/2026", "approved_how": "Le groupe."], as: .nadia)
        _ = try await site.write("Autre chose.", in: id, section: "follow_up")
        #expect(try await state(id, site) == .approvedBefore, "an approval is of one revision")
        _ = await send(id, [.ana, .bo], site)
        #expect(try await state(id, site) == .inReview(answers: 0, of: 2))
    }

    @Test func `what is done about them speaks of remarks and approval, never of a validation`() async throws {
        let (site, id) = try await held()
        _ = await send(id, [.ana, .bo], site)
        let page = await site.get("/textes/\(id)/validation", as: .nadia).text
        #expect(page.contains("Corriger l’envoi") && !page.contains("demandé la validation"))
        let correction = await site.get("/textes/\(id)/validation/correction", as: .nadia).text
        #expect(correction.contains("Corriger l’envoi pour remarques") && !correction.contains("demande de validation"))
        let done = await site.post("/textes/\(id)/validation/annulation", ["reason": "Trop tôt."], as: .nadia)
        let after = await site.get(done.header("location") ?? "", as: .nadia).text
        #expect(after.contains("L’envoi est corrigé") && after.contains("À renvoyer pour remarques") && after.contains("a annulé l’envoi du compte rendu"))
        #expect(!after.contains("Validation rouverte") && !after.contains("Une nouvelle demande est nécessaire"))
        #expect(try await site.mails(to: .ana).last?.contains("n’est plus à relire") == true)
        #expect(try await state(id, site) == .toSendAgain)
        #expect(await site.get("/a-faire", as: .nadia).text.contains("Envoyer pour remarques"))
        let history = await site.get("/historique/\(id)", as: .nadia).text
        #expect(history.contains("pour remarques à 2 personnes") && !history.contains("a demandé la validation"))
    }

    @Test func `nobody is ticked beforehand as long as nobody signed`() async throws {
        let (site, id) = try await held()
        let form = await site.get("/textes/\(id)/validation/demande", as: .nadia).text
        #expect(form.contains("Personne n’a signé la feuille de présence") && !form.contains(" checked"))
    }

    @Test func `the officer is told to write them, then of each remark as it comes`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-04-20")!)
        func todos() async -> String { await site.get("/a-faire", as: .nadia).text }
        #expect(!(await todos().contains("Écrire le compte rendu")))
        _ = await site.post("\(site.visit)/tenue", as: .nadia)
        #expect(await todos().contains("Écrire le compte rendu\u{A0}: Caen"))
        let id = await site.open(.minutes)
        #expect(await todos().contains("/textes/\(id)\""))
        for section in TextKind.minutes.sections { _ = try await site.write("Section.", in: id, section: section) }
        #expect(!(await todos().contains("Écrire le compte rendu")))
        _ = await send(id, [.ana, .bo, .emma], site)
        #expect(!(await todos().contains("Lire une remarque")))
        _ = await remark(id, as: .bo, site, "endorse_with_reservation", "Le maire était là.")
        #expect(await todos().contains("Lire une remarque sur le compte rendu\u{A0}: Caen"))
        _ = await remark(id, as: .ana, site, "endorse_with_reservation", "La maire aussi.")
        #expect(await todos().contains("Lire 2 remarques sur le compte rendu\u{A0}: Caen"))
    }

    @Test func `the board and the things to do agree, whatever became of the visit`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await site.post("\(site.visit)/tenue", as: .nadia)
        func stage(_ stage: String) async throws { try await site.site.database.write { try $0.run("UPDATE visit SET stage = \(stage) WHERE slug = 'caen'") } }
        for one in ["held", "written_up", "validated"] {
            try await stage(one)
            #expect(await site.get("/a-faire", as: .nadia).text.contains("Écrire le compte rendu\u{A0}: Caen"), "\(one)")
            #expect(await site.get("/programmes/essai/avancement", as: .nadia).text.contains("\(site.visit)/relances/minutes"), "\(one)")
        }
        try await stage("published")
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains("Écrire le compte rendu")))
        let board = await site.get("/programmes/essai/avancement", as: .nadia).text
        #expect(board.contains("pas écrit") && !board.contains("\(site.visit)/relances/minutes"))
    }

    @Test func `those of a seminar are asked for the day after it, unless it was called off`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-05-13")!)
        func todos() async -> String { await site.get("/a-faire", as: .nadia).text }
        let added = await site.post(seminars, ["title": "Mi-parcours", "first_day": "13/05/2026", "length": "one", "mode": "on_site", "place": ""], as: .nadia)
        let address = try #require(added.header("location")?.split(separator: "?").first.map(String.init))
        #expect(!(await todos().contains("Écrire le compte rendu\u{A0}: Mi-parcours")))
        site.clock.move(to: Day(iso: "2026-05-14")!)
        try await site.renewSessions()
        let asked = await todos()
        #expect(asked.contains("Écrire le compte rendu\u{A0}: Mi-parcours") && asked.contains("\(address)#compte-rendu"))
        #expect(!(await site.get("/a-faire", as: .ana).text.contains("Mi-parcours")))
        try await site.site.database.write { try $0.run("UPDATE event SET state = 'cancelled' WHERE title = 'Mi-parcours'") }
        #expect(!(await todos().contains("Mi-parcours")))
        try await site.site.database.write { try $0.run("UPDATE event SET state = 'confirmed' WHERE title = 'Mi-parcours'") }
        _ = await site.post("\(address)/compte-rendu", as: .nadia)
        #expect(!(await todos().contains("\(address)#compte-rendu")), "begun")
    }

    @Test func `whoever came to a seminar without account answers behind a link`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-05-12")!)
        let added = await site.post(seminars, ["title": "Mi-parcours", "first_day": "13/05/2026", "length": "one", "mode": "on_site", "place": ""], as: .nadia)
        let address = try #require(added.header("location")?.split(separator: "?").first.map(String.init))
        _ = await site.post("\(address)/participation", ["comes": "1"], as: .bo)
        try await site.closeAccount(.bo)
        site.clock.move(to: Day(iso: "2026-05-14")!)
        try await site.renewSessions()
        let opened = await site.post("\(address)/compte-rendu", as: .nadia)
        let id = String((opened.header("location") ?? "").split(separator: "?")[0].split(separator: "/").last ?? "")
        for section in TextKind.minutes.sections { _ = try await site.write("Décidé.", in: id, section: section) }
        #expect(await site.post("/textes/\(id)/validation/demande", pairs: [("deadline", "2026-05-30"), ("validators", site.cast[.bo])], as: .nadia).status == 303)
        let link = try await site.link(to: .bo, "/validation")
        let page = await site.get(link).text
        #expect(page.contains("Décidé.") && page.contains("Est-ce bien ce qui s’est dit et décidé") && !page.contains("publiable"))
        #expect(await site.post("\(link)/reponse", ["exact": "yes", "kind": "endorse"]).status == 303)
        #expect(try await state(id, site) == .approved)
    }

    @Test func `a meeting approves them while answers are waited for, by whoever knows it`() async throws {
        let (site, id) = try await held()
        _ = await send(id, [.ana, .bo], site)
        _ = await remark(id, as: .ana, site)
        #expect(await site.get("/textes/\(id)", as: .nadia).text.contains("bien qu’une personne n’ait pas répondu\u{A0}: Bo"))
        let given = ["approved_on": "20/04/2026", "approved_how": "Le groupe."]
        let refused = await site.post("/textes/\(id)/approbation", given, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("confirmez que l’approbation est notée") && refused.text.contains("Le groupe."))
        #expect(await site.post("/textes/\(id)/approbation", given.merging(["approved_silent": "1"]) { $1 }, as: .nadia).status == 303)
        #expect(try await state(id, site) == .approved)
    }

    @Test func `a disagreement is answered before anything is approved, and silence approves nothing`() async throws {
        let (site, id) = try await held()
        _ = await send(id, [.ana, .bo], site)
        #expect(await remark(id, as: .ana, site, "object", "Rien de tel n’a été décidé.").status == 303)
        #expect(try await state(id, site) == .objected)
        #expect(await site.post("/textes/\(id)/approbation", ["approved_on": "20/04/2026", "approved_how": "x"], as: .nadia).status == 422)
        let (other, silent) = try await held()
        _ = await send(silent, Cast.visitors, other)
        other.clock.move(to: Day(iso: "2026-05-04")!)
        try await Reminders.sendDue(other.site)
        #expect(try await state(silent, other) == .inReview(answers: 0, of: 5))
    }

    @Test func `a seminar has its minutes, that the community reads and those who came approve`() async throws {
        let site = try await TestSite(on: Day(iso: "2026-05-12")!)
        let added = await site.post(seminars, ["title": "Mi-parcours", "first_day": "13/05/2026", "length": "one", "mode": "on_site", "place": ""], as: .nadia)
        let address = try #require(added.header("location"))
        #expect(!(await site.get(address, as: .nadia).text.contains("Écrire le compte rendu")), "not before it begins")
        site.clock.move(to: Day(iso: "2026-05-13")!)
        try await site.renewSessions()
        #expect(await site.get(address, as: .nadia).text.contains("Écrire le compte rendu"))
        #expect(!(await site.get(address, as: .ana).text.contains("Écrire le compte rendu")))
        let opened = await site.post("\(address)/compte-rendu", as: .nadia)
        let id = String((opened.header("location") ?? "").split(separator: "?")[0].split(separator: "/").last ?? "")
        #expect(await site.post("\(address)/compte-rendu", as: .iris).header("location")?.contains(id) == true, "one for all")
        for section in TextKind.minutes.sections { _ = try await site.write("Décidé.", in: id, section: section) }
        let page = await site.get("/textes/\(id)", as: .ana)
        #expect(page.status == 200 && page.text.contains("Compte rendu – Mi-parcours") && page.text.contains(address))
        for name in [Cast.Name.stranger, .paul, .sam] { #expect(await site.get("/textes/\(id)", as: name).status == 404, "\(name)") }
        _ = await site.post("\(address)/participation", ["comes": "1"], as: .ana)
        #expect(await site.post("/textes/\(id)/validation/demande", pairs: [("deadline", "2026-05-20"), ("validators", site.cast[.ana])], as: .nadia).status == 303)
        #expect(await remark(id, as: .bo, site).status == 403, "who was not asked answers nothing")
        #expect(await remark(id, as: .ana, site).status == 303)
        #expect(try await state(id, site) == .approved)
        #expect(await site.get(address, as: .maud).text.contains("Approuvé"))
        #expect(await site.get("/programmes/essai/textes?titre=mi-parcours", as: .ana).text.contains("Mi-parcours"))
        #expect(await site.get("/textes/\(id)/document.odt", as: .ana).status == 200)
    }

    @Test func `the board follows them, and other texts are not approved so`() async throws {
        let (site, id) = try await held()
        func board() async -> String { await site.get("/programmes/essai/avancement", as: .nadia).text }
        #expect(await board().contains("il reste à l’envoyer pour remarques"))
        _ = await send(id, [.ana, .bo], site)
        #expect(await board().contains("Il manque la relecture du compte rendu par 2 personnes."))
        #expect(await board().contains("Attendu pour le jeu. 30 avril 2026."), "the day that the readers were given")
        _ = await remark(id, as: .ana, site)
        _ = await remark(id, as: .bo, site)
        _ = await site.post("/textes/\(id)/approbation", ["approved_on": "20/04/2026", "approved_how": "Le groupe."], as: .nadia)
        #expect(await board().contains("</span>approuvé</small>"))
        let synthesis = try await site.synthesis()
        #expect(await site.post("/textes/\(synthesis)/approbation", ["approved_on": "20/04/2026", "approved_how": "x"], as: .nadia).text.contains("Seul un compte rendu"))
    }
}
