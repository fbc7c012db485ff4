import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// What a visit's page says to do, in words that say what the link does.
@Suite struct NextStepTests {
    private let caen = "/programmes/essai/visites/caen"

    @Test func `who works at the host is not ticked in the visiting group`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.moved", by: .site) { change in
            try change.run("UPDATE person_profile SET organization_id = \(test.cast.organizations["ardes"]) WHERE person_id = \(test.cast[.ana])")
            change.leaveAsItIs()
        }
        let group = [("visitors", test.cast[.ana]), ("visitors", test.cast[.bo]), ("size_reason", "")]
        let answer = await test.post("\(caen)/groupe", pairs: group, as: .nadia)
        #expect(answer.status == 422)
        #expect(answer.text.contains("Ana travaille dans la structure qui accueille"))
        #expect(await test.post("/programmes/essai/visites/lille/groupe", pairs: group, as: .nadia).status == 303)
    }

    @Test func `what was past when it was asked is wanted soon, and is not late`() async throws {
        let test = try await TestSite()
        func todos() async -> String { await test.get("/a-faire", as: .nadia).text }
        _ = await test.post("/programmes/essai/visites/lille/dates", ["first_day": "10/03/2026", "length": "4"], as: .nadia)
        let soon = await todos()
        #expect(soon.contains("au plus vite") && !soon.contains("en retard"))
        _ = await test.post("/programmes/essai/visites/lille/dates", ["first_day": "19/05/2026", "length": "4"], as: .nadia)
        #expect(!(await todos().contains("au plus vite")))
        test.clock.advance(days: 70)
        try await test.renewSessions()
        #expect(await todos().contains("en retard\u{A0}: c’était pour le mar. 5 mai"))
    }

    @Test func `the page says all that is missing, as the board does`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await test.post("\(caen)/tenue", as: .nadia)
        let (page, board) = (await test.get(caen, as: .nadia).text, await test.get("/programmes/essai/visites", as: .nadia).text)
        let minutes = "Le compte rendu n’est pas complet"
        #expect(board.contains(minutes) && page.contains("Il manque aussi") && page.contains(minutes))
    }

    @Test func `a territory is added while the visit is described`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(caen)/objet", as: .nadia).text.contains("Ajouter un territoire"))
        let wrong = await test.post("\(caen)/objet", ["other_territory": "Pays de Caen", "codes": "x y z"], as: .nadia)
        #expect(wrong.status == 422)
        for name in ["Pays de Caen", "PAYS DE CAEN"] {
            #expect(await test.post("\(caen)/objet", ["other_territory": name, "codes": "dep 14"], as: .nadia).status == 303)
        }
        let found = try await test.site.database.read { reader in
            try (
                reader.text("SELECT territory.name FROM visit JOIN territory ON territory.id = territory_id WHERE visit.slug = 'caen'"),
                reader.count("SELECT COUNT(*) FROM territory WHERE name = 'Pays de Caen'")
            )
        }
        #expect(found == ("Pays de Caen", 1))
    }

    @Test func `dates come back as people type them, and hours are read as they are shown`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(caen)/dates", as: .nadia).text.contains("value=\"14/04/2026\""))
        for typed in ["14:30", "14h30", "14 h 30", "14\u{A0}h\u{A0}30"] {
            let fields = ["title": "À \(typed)", "kind": "other", "starts_at": typed]
            #expect(await test.post("\(caen)/rencontres", fields, as: .nadia).status == 303, "\(typed)")
        }
        let ids = try await test.site.database.read { try $0.texts("SELECT id FROM encounter WHERE starts_at = '14:30'") }
        #expect(ids.count == 4)
        #expect(await test.get("\(caen)/rencontres/\(ids[0])", as: .nadia).text.contains("value=\"14\u{A0}h\u{A0}30\""))
        let refused = await test.post("\(caen)/rencontres", ["title": "x", "kind": "other", "starts_at": "midi"], as: .nadia)
        #expect(refused.text.contains("14\u{A0}h\u{A0}30") || refused.text.contains("14 h 30"))
    }

    @Test func `each warning says what settles it, and that the days have passed is said once`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-05-20")!)
        let page = await test.get(caen, as: .nadia).text
        #expect(page.contains("Corriger les dates"))
        #expect(!page.contains("Les dates de cette visite sont passées"))
        #expect(!page.contains("Y remédier"))
    }

    @Test func `between the sheet sent and the visit, the day and the notebook are said`() async throws {
        let test = try await TestSite()
        let opened = await test.post("\(caen)/textes", ["kind": "sheet"], as: .nadia).header("location") ?? ""
        let id = String(opened.split(separator: "?").first?.split(separator: "/").last ?? "")
        let sections = try await test.site.database.read { reader in
            try reader.texts("SELECT key FROM revision_section JOIN text ON head_id = revision_id WHERE text.id = \(id) ORDER BY position")
        }
        for section in sections {
            let head = try await test.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(id)") ?? "" }
            _ = await test.post(
                "/textes/\(id)/sections/\(section)", ["body": "Une fiche.", "base": head, "act": "revision"], as: .nadia)
        }
        try await test.site.amend(as: "test.sent", by: .site) { change in
            try change.run(
                """
                INSERT INTO text_sending (id, revision_id, person_id, sent_at)
                VALUES ('sending', (SELECT head_id FROM text WHERE id = \(id)), \(test.cast[.ana]), \(change.now))
                """)
            change.leaveAsItIs()
        }
        let page = await test.get(caen, as: .ana).text
        #expect(page.contains("La visite commence le 14 avril 2026."))
        #expect(page.contains("Ouvrir le carnet de notes"))
        #expect(await !test.get(caen, as: .yann).text.contains("Ouvrir le carnet de notes"))
    }
}
