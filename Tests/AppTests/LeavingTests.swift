import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// One's own data: taken away, corrected, and left behind after a week to think.
@Suite struct LeavingTests {
    private func count(_ test: TestSite, _ statement: SQL) async throws -> Int { try await test.site.database.read { try $0.count(statement) } }

    @Test func `one's own data leave as an archive, without anybody else's words`() async throws {
        let whole = try await Whole.make()
        let test = whole.test
        let answer = await test.post("/compte/mes-donnees/archive", as: .ana)
        #expect(answer.status == 200 && answer.header("content-type") == "application/zip")
        let archive = try ReceivedArchive(answer.body)
        let names = Set(archive.paths)
        #expect(names.isSuperset(of: ["LISEZ-MOI.txt", "README.txt", "donnees.json", "tableaux/compte.csv", "tableaux/notes.csv"]))
        #expect(names.contains { $0.hasPrefix("fichiers/1-") })
        let json = try JSONValue.parse(archive["donnees.json"] ?? [])
        let text = String(decoding: archive["donnees.json"] ?? [], as: UTF8.self)
        #expect(json["data"]?["notes"]?[0]?["text"]?.string == Whole.said)
        #expect(text.contains(Cast.email(.ana)))
        // Of whoever leads the programme, the address is in the mails received, as it was given there.
        for other in [Cast.Name.yann, .bo, .iris] { #expect(!text.contains(Cast.email(other)), "\(other)") }
        #expect(!text.contains("Redit au téléphone") && !text.contains("password_hash") && !text.contains("token"))
        let readme = String(decoding: archive["LISEZ-MOI.txt"] ?? [], as: UTF8.self)
        #expect(readme.contains("tableaux/notes.csv") && readme.contains("/confidentialite"))
        #expect(try await count(test, "SELECT COUNT(*) FROM audit WHERE action = 'account.dataTaken'") == 1)
        #expect(await test.post("/compte/mes-donnees/archive", as: .ana).status == 200)
    }

    @Test func `a programme left to nobody is told to whoever administers the site, who entrusts it to somebody`() async throws {
        let test = try await TestSite()
        let page = "/administration/programmes/essai"
        #expect(await test.get(page, as: .sam).status == 404)
        _ = try await Erasures.apply(.former, keepsAuthorship: true, to: test.cast[.hugo], by: .site, test.site)
        #expect(!(await test.get("/a-faire", as: .sam).text.contains("Personne ne mène")))
        _ = try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.nadia], by: .site, test.site)
        let mails = try await test.site.database.read { try $0.texts("SELECT person_id FROM mail WHERE body LIKE '%/administration/programmes/essai%'") }
        #expect(mails == [test.cast[.sam]])
        #expect(await test.get("/a-faire", as: .sam).text.contains("Personne ne mène le programme"))
        for name in [Cast.Name.bo, .maud, .stranger] {
            #expect(!(await test.get("/a-faire", as: name).text.contains("Personne ne mène")))
            #expect(await test.get(page, as: name).status == 403)
        }
        let fields = ["name": "Bo", "email": Cast.email(.bo), "role": "coordinator"]
        #expect(await test.post(page, fields.merging(["role": "researcher"]) { $1 }, as: .sam).status == 422)
        #expect(await test.post(page, fields.merging(["email": ""]) { $1 }, as: .sam).status == 422)
        #expect(await test.post(page, fields, as: .bo).status == 403)
        #expect(await test.post(page, fields, as: .sam).status == 303)
        #expect(await test.get("/programmes/essai/reglages", as: .bo).status == 200)
        #expect(!(await test.get("/a-faire", as: .sam).text.contains("Personne ne mène")))
        #expect(await test.post(page, fields, as: .sam).status == 404)
        #expect(await test.get("/administration/journal", as: .sam).text.contains("a confié le programme à Bo"))
    }

    @Test func `whoever did not show who they are for ten minutes shows it first`() async throws {
        let test = try await TestSite()
        test.clock.advance(.minutes(20))
        for path in ["/compte/mes-donnees/archive", "/compte/effacement", "/administration/effacement", "/extraits/x/effacement"] {
            let answer = await test.post(path, ["kind": "complete", "confirmed": "1"], as: .sam)
            #expect(answer.header("content-type") != "application/zip" && answer.status != 303, "\(path)")
        }
        #expect(try await count(test, "SELECT COUNT(*) FROM erasure") == 0)
    }

    @Test func `a request to correct reaches those who run the site`() async throws {
        let test = try await TestSite()
        #expect(await test.post("/compte/mes-donnees/correction", ["text": " "], as: .ana).status == 422)
        #expect(await test.post("/compte/mes-donnees/correction", ["text": "Ma fonction est fausse."], as: .ana).status == 303)
        let mail = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE person_id = \(test.cast[.sam])") }
        #expect(mail?.contains("Ma fonction est fausse.") == true)
    }

    @Test func `who asks to be erased has a week, and logging in takes it back`() async throws {
        let test = try await TestSite()
        let form = ["kind": "complete", "authorship": "removed", "confirmed": "1"]
        #expect(await test.post("/compte/effacement", form.filter { $0.key != "confirmed" }, as: .ana).status == 422)
        let answer = await test.post("/compte/effacement", form, as: .ana)
        #expect(answer.header("location") == "/compte/effacement/demande")
        #expect(await test.get("/compte", as: .ana).status == 401)
        test.clock.advance(days: 6)
        #expect(try await Erasures.applyDue(test.site) == 0)
        try await test.site.amend(as: "test.entered", by: .site) { change in
            _ = try Sessions.open(for: test.cast[.ana], device: "test", in: change)
            change.leaveAsItIs()
        }
        #expect(try await count(test, "SELECT COUNT(*) FROM audit WHERE action = 'account.erasureTakenBack'") == 1)
        test.clock.advance(days: 10)
        #expect(try await Erasures.applyDue(test.site) == 0)
        try await test.renewSessions()
        #expect(await test.post("/compte/effacement", form, as: .bo).status == 303)
        test.clock.advance(days: 8)
        #expect(try await Erasures.applyDue(test.site) == 1)
        #expect(try await test.site.database.read { try $0.text("SELECT name FROM person WHERE id = \(test.cast[.bo])") } == Erasure.nobody)
    }

    @Test func `no cookie is set but the one of the session`() async throws {
        let whole = try await Whole.make()
        for line in RoutesTable.lines where line.method == .get {
            for onlooker in [Whole.Onlooker.anybody, .officer, .administrator] {
                let answer = await whole.client(onlooker).get(whole.address(line.path))
                let cookies = answer.headers.filter { $0.name == "set-cookie" }.map(\.value)
                #expect(cookies.allSatisfy { $0.hasPrefix("essaim=") }, "\(line.name): \(cookies)")
                if onlooker == .anybody, !line.path.contains("{secret}") { #expect(cookies.isEmpty, "\(line.name)") }
            }
        }
    }

    @Test func `the privacy page says who is responsible, as the register says it`() async throws {
        let test = try await TestSite()
        #expect(await test.get("/confidentialite").text.contains("pas encore dit"))
        let form = ["name": "Réseau d’essai", "contact": "donnees@essai.example", "basis.accounts": "Contrat."]
        #expect(await test.post("/administration/registre", form, as: .sam).status == 303)
        let page = await test.get("/confidentialite").text
        #expect(page.contains("Réseau d’essai") && page.contains("donnees@essai.example") && page.contains("Contrat."))
        #expect(await test.get("/accessibilite").text.contains("donnees@essai.example"))
        let table = await test.get("/administration/registre/export?format=ouvert", as: .sam).text
        #expect(table.contains("Contrat.") && table.contains("Citations et accords"))
    }
}
