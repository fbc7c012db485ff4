import Database
import Formats
import Grids
import Platform
import TestSupport
import Testing

@testable import Inquiries

/// The grid of a visit through its pages: proposed by those of the visit, approved by the researcher alone.
struct AdaptationTests {
    private let visit = "/programmes/essai/visites/caen"
    private var changes: String { "\(visit)/grille/changements" }

    /// The cast with two questions in use; answers their identifiers.
    private func make(on day: Day = Day(iso: "2026-03-02")!) async throws -> (TestSite, [String]) {
        let site = try await TestSite(on: day)
        let dimension = try #require(site.cast.dimensions["cooperation"])
        try await site.site.amend(as: "test.asked", by: .site) { change in
            for (place, text) in ["Qui coopère ?", "Qui décide ?"].enumerated() {
                try change.run(
                    """
                    INSERT INTO question (id, dimension_id, position, text, probes, file_key)
                    VALUES (\("q\(place)"), \(dimension), \(place), \(text), 'Depuis quand ?', \("cooperation-\(place + 1)"))
                    """)
            }
            try change.trace("dimension", dimension)
        }
        return (site, ["q0", "q1"])
    }

    private func core(_ site: TestSite) async throws -> [String] {
        try await site.site.database.read { try $0.texts("SELECT id || text || probes || position FROM question ORDER BY id") }
    }

    private func waiting(_ site: TestSite) async throws -> String {
        try await site.site.database.read { try $0.text("SELECT id FROM grid_change WHERE outcome IS NULL ORDER BY id") ?? "" }
    }

    @Test func `the programme of the visit carries the grid of the visit: page, file for a telephone, PDF`() async throws {
        let (site, questions) = try await make()
        _ = await site.post(changes, ["kind": "reword", "question": questions[0], "text": "Qui coopère à Colombelles ?", "probes": ""], as: .ana)
        #expect(await site.post("\(changes)/\(try await waiting(site))/decision", ["outcome": "approved"], as: .iris).status == 303)
        _ = await site.post(changes, ["kind": "skip", "question": questions[1], "reason": "Déjà su."], as: .ana)
        #expect(await site.post("\(changes)/\(try await waiting(site))/decision", ["outcome": "approved"], as: .iris).status == 303)
        for path in ["programme", "programme.html"] {
            let text = await site.get("\(visit)/\(path)", as: .ana).text
            #expect(text.contains("Qui coopère à Colombelles ?") && text.contains("dite autrement") && !text.contains("Qui décide ?"), "\(path)")
            #expect(text.contains("Une question commune est passée pour cette visite."), "\(path)")
        }
        #expect(await site.get("/programmes/essai/visites/lille/programme", as: .nadia).text.contains("Qui décide ?"))
    }

    @Test func `where nobody does research, whoever may name somebody is told how, and the way is open`() async throws {
        let (site, _) = try await make(on: Day(iso: "2026-04-01")!)
        let iris = site.cast[.iris]
        try await site.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE person_id = \(iris) AND role = 'researcher'") }
        let page = await site.get("\(visit)/grille", as: .nadia).text
        #expect(page.contains("Personne ne tient le rôle «\u{A0}recherche\u{A0}»") && page.contains("inviter?role=researcher"))
        #expect(await site.get("\(visit)/grille", as: .ana).text.contains("Demandez à la personne chargée de mission"))
        #expect(await site.get("/programmes/essai/grille", as: .hugo).text.contains("Tenir ce rôle moi-même"))
        #expect(await site.get("/programmes/essai/communaute/inviter?role=researcher", as: .nadia).text.contains("<option value=\"researcher\" selected>"))
        #expect(await site.get("/a-faire", as: .nadia).text.contains("Donner le rôle «\u{A0}recherche\u{A0}» à quelqu’un"))
        #expect(await site.post("/programmes/essai/communaute/\(site.cast[.nadia])/roles", ["role": "researcher"], as: .nadia).status == 303)
        #expect(await site.post("\(visit)/grille/arret", as: .nadia).status == 303, "one person may hold several roles")
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains("Donner le rôle")))
    }

    @Test func `where nobody does research, who may name somebody is reminded of the grid`() async throws {
        let (site, _) = try await make(on: Day(iso: "2026-04-06")!)
        func nudge() async -> Response { await site.post("\(visit)/relances/grid", as: .nadia) }
        func told() async throws -> Set<String> {
            Set(try await site.site.database.read { try $0.texts("SELECT person_id FROM mail WHERE subject LIKE '%Grille%'") })
        }
        #expect(await nudge().status == 303)
        #expect(try await told() == [site.cast[.iris]])
        let iris = site.cast[.iris]
        try await site.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE person_id = \(iris) AND role = 'researcher'") }
        #expect(await nudge().status == 303)
        #expect(try await told() == [iris, site.cast[.hugo]])
    }

    @Test func `a visitor proposes, the researcher alone approves, and the core does not change`() async throws {
        let (site, questions) = try await make()
        let before = try await core(site)
        let fields = ["kind": "reword", "question": questions[0], "text": "Qui coopère à Colombelles ?", "probes": "Et la friche ?"]
        #expect(await site.post(changes, fields, as: .ana).status == 303)
        #expect(!(await site.get("\(visit)/grille", as: .bo).text.contains("dite autrement")))
        let id = try await waiting(site)
        for name in [Cast.Name.ana, .nadia, .hugo, .yann, .maud] {
            #expect(await site.post("\(changes)/\(id)/decision", ["outcome": "approved"], as: name).status == 403, "\(name)")
        }
        #expect(await site.get("/a-faire", as: .iris).text.contains("adaptation de la grille"))
        #expect(await site.post("\(changes)/\(id)/decision", ["outcome": "approved"], as: .iris).status == 303)
        let page = await site.get("\(visit)/grille", as: .bo).text
        #expect(page.contains("Qui coopère à Colombelles ?") && page.contains("dite autrement"))
        let what = await site.get(changes, as: .yann).text
        #expect(what.contains("Ce qui change pour") && what.contains("Qui coopère ?") && what.contains("Qui coopère à Colombelles ?"))
        #expect(try await core(site) == before)
        #expect(await site.get("/programmes/essai/visites/lille/grille", as: .ana).text.contains("Rien ne change pour cette visite"))
        #expect(await site.post("\(changes)/\(id)/decision", ["outcome": "refused", "decision": "Non."], as: .iris).status == 422)
    }

    /// Whatever the route and whoever asks, no question of the core is written from a visit.
    @Test func `no route of a visit changes a core question`() async throws {
        let (site, questions) = try await make()
        let before = try await core(site)
        let bodies: [[String: String]] = [
            ["kind": "add", "id": questions[0], "question": questions[0], "dimension": site.cast.dimensions["cooperation"] ?? "", "text": "Changée ?"],
            ["kind": "reword", "question": questions[0], "text": "Changée ?"], ["kind": "skip", "question": questions[0], "reason": "Non."],
            ["kind": "move", "question": questions[1], "place": "1"],
        ]
        for name in [Cast.Name.iris, .ana, .nadia, .yann] {
            for body in bodies {
                _ = await site.post(changes, body, as: name)
                _ = await site.post("\(changes)/\(questions[0])/decision", body.merging(["outcome": "approved"]) { $1 }, as: name)
                _ = await site.post("\(changes)/\(questions[0])/retrait", body, as: name)
                _ = await site.post("/programmes/essai/grille/brouillon/questions/\(questions[0])", body, as: name)
                _ = await site.post("\(visit)/questions/\(questions[0])/raison", ["reason": "Changée ?"], as: name)
            }
        }
        #expect(try await core(site) == before)
    }

    @Test func `who may not adapt may not propose, and who is outside sees nothing`() async throws {
        let (site, questions) = try await make()
        let fields = ["kind": "skip", "question": questions[0], "reason": "Non."]
        #expect(await site.post(changes, fields, as: .maud).status == 403)
        #expect(await site.post(changes, fields, as: .paul).status == 404)
        #expect(await site.get("\(visit)/grille", as: .zoe).status == 404)
        #expect(await site.post(changes, fields, as: .yann).status == 303)
        #expect(await site.post(changes, fields, as: .ana).status == 422)
    }

    @Test func `a refusal says why, and what was proposed can be taken back`() async throws {
        let (site, questions) = try await make()
        _ = await site.post(changes, ["kind": "skip", "question": questions[0], "reason": "Trop long."], as: .ana)
        let id = try await waiting(site)
        #expect(await site.post("\(changes)/\(id)/decision", ["outcome": "refused", "decision": " "], as: .iris).status == 422)
        #expect(await site.post("\(changes)/\(id)/retrait", as: .bo).status == 403)
        #expect(await site.post("\(changes)/\(id)/decision", ["outcome": "refused", "decision": "Elle est commune."], as: .iris).status == 303)
        let mail = try await site.site.database.read { [ana = site.cast[.ana]] in try $0.text("SELECT body FROM mail WHERE person_id = \(ana)") ?? "" }
        #expect(mail.contains("Elle est commune."))
        let asked = try await site.site.database.read { [question = questions[0]] in try $0.text("SELECT text FROM question WHERE id = \(question)") ?? "?" }
        #expect(mail.contains("Passer, dans «\u{A0}") && mail.contains("«\u{A0}\(asked)\u{A0}»") && mail.contains("Pourquoi\u{A0}: Trop long."), "what was refused")
        #expect(await site.get(changes, as: .ana).text.contains("Elle est commune."))
        _ = await site.post(changes, ["kind": "skip", "question": questions[1], "reason": "Autre."], as: .ana)
        let other = try await waiting(site)
        #expect(await site.post("\(changes)/\(other)/retrait", as: .ana).status == 303)
        #expect(try await waiting(site) == "")
    }

    @Test func `settled, the grid of a visit changes no more, even when the core does`() async throws {
        let (site, questions) = try await make()
        #expect(await site.post("\(visit)/grille/arret", as: .nadia).status == 403)
        _ = await site.post(changes, ["kind": "skip", "question": questions[0], "reason": "Non."], as: .ana)
        #expect(await site.post("\(visit)/grille/arret", as: .iris).text.contains("Une adaptation attend encore"))
        _ = await site.post("\(changes)/\(try await waiting(site))/decision", ["outcome": "approved"], as: .iris)
        #expect(await site.post(changes, ["kind": "skip", "question": questions[1], "reason": "Non plus."], as: .iris).status == 303)
        #expect(await site.post("\(visit)/grille/arret", as: .iris).text.contains("ne demande plus rien"))
        let second = try await site.site.database.read { try $0.text("SELECT id FROM grid_change WHERE question_id = 'q1'") ?? "" }
        _ = await site.post("\(changes)/\(second)/retrait", as: .iris)
        #expect(await site.post("\(visit)/grille/arret", as: .iris).status == 303)
        #expect(await site.post(changes, ["kind": "skip", "question": questions[1], "reason": "Trop tard."], as: .iris).status == 422)
        try await site.site.amend(as: "test.retired", by: .site) { change in
            try change.run("UPDATE question SET text = 'Tout autre chose ?' WHERE id = 'q1'")
            try change.trace("grid", "x")
        }
        #expect(await site.get("\(visit)/grille", as: .ana).text.contains("Qui décide ?"))
        #expect(await site.get("/programmes/essai/visites", as: .ana).text.contains("1 adaptation"))
        #expect(await site.post("\(visit)/grille/reouverture", as: .iris).status == 303)
        #expect(await site.get("\(visit)/grille", as: .ana).text.contains("Tout autre chose ?"))
    }

    @Test func `the grid of a visit leaves as a form, a document and data`() async throws {
        let (site, questions) = try await make()
        _ = await site.post(changes, ["kind": "add", "dimension": site.cast.dimensions["cooperation"] ?? "", "text": "Et la friche ?"], as: .iris)
        _ = await site.post(changes, ["kind": "skip", "question": questions[0], "reason": "Non."], as: .iris)
        let form = try Workbook.read(await site.get("\(visit)/grille/formulaire.xlsx", as: .ana).body)
        let labels = form.sheet("survey")?.rows.compactMap { $0.count > 2 ? $0[2] : nil } ?? []
        #expect(labels.contains("Et la friche ?") && labels.contains("Qui décide ?") && !labels.contains("Qui coopère ?"))
        let json = try JSONValue.parse(await site.get("\(visit)/grille/grille.json", as: .ana).body)
        let items = json["dimensions"]?.array?.flatMap { $0["questions"]?.array ?? [] } ?? []
        #expect(items.compactMap { $0["origin"]?.string } == ["core", "core", "added"] && items[0]["skipped"]?.string == "Non.")
        let paper = try OfficeText.read(OfficeFile(await site.get("\(visit)/grille/document.odt", as: .ana).body))
        #expect(paper.blocks.contains { if case .heading(_, let runs) = $0 { runs.words.contains("Et la friche ?") } else { false } })
        #expect(paper.blocks.count { $0 == .rule } >= 8)
    }
}
