import Database
import Platform
import TestSupport
import Testing

@testable import Events

@Suite struct SeminarTests {
    private let base = "/programmes/essai/seminaires"

    @Test func `an officer adds a seminar that the community reads`() async throws {
        let test = try await TestSite()
        let fields = [
            "title": "Mi-parcours", "first_day": "12/05/2026", "length": "one", "mode": "remote", "place": "",
        ]
        let added = await test.post(base, fields, as: .nadia)
        #expect(added.status == 303)
        let address = try #require(added.header("location"))
        let page = await test.get(address, as: .ana)
        #expect(page.status == 200)
        #expect(page.text.contains("Mi-parcours"))
        #expect(page.text.contains("mar. 12 mai 2026, matin"))
        #expect(await test.get(base, as: .iris).text.contains("12 mai 2026"))
        #expect(await test.get(address, as: .stranger).status == 404)
        #expect(await test.get(base, as: .stranger).status == 404)
        #expect(await test.get(base, as: .paul).status == 404)
        let traced = try await test.site.database.read {
            try $0.count("SELECT COUNT(*) FROM audit WHERE action = 'seminar.planned'")
        }
        #expect(traced == 1)
    }

    @Test func `what is wrong comes back with what was typed`() async throws {
        let test = try await TestSite()
        let fields = ["title": "", "first_day": "31/04/2026", "length": "one", "mode": "remote", "place": "Gare <b>"]
        let page = await test.post(base, fields, as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("La date 31/04/2026 n’existe pas"))
        #expect(page.text.contains("Donnez un titre"))
        #expect(page.text.contains("value=\"31/04/2026\""))
        #expect(page.text.contains("Gare &lt;b&gt;"))
    }

    @Test func `only who manages the programme adds or changes a seminar`() async throws {
        let test = try await TestSite()
        let added = await test.post(base, ["title": "Un jour", "length": "one", "mode": "on_site"], as: .hugo)
        let address = try #require(added.header("location"))
        for name in [Cast.Name.ana, .iris, .maud] {
            #expect(await test.get("\(base)/nouveau", as: name).status == 403)
            #expect(await test.post(base, ["title": "Autre"], as: name).status == 403)
            #expect(await test.get("\(address)/modifier", as: name).status == 403)
            #expect(await test.post("\(address)/modifier", ["title": "Autre"], as: name).status == 403)
        }
        #expect(await test.post("\(address)/modifier", ["title": "Autre"], as: .stranger).status == 404)
        let changed = await test.post(
            "\(address)/modifier",
            ["title": "Deux jours", "first_day": "2026-06-01", "length": "two", "mode": "hybrid"], as: .nadia)
        #expect(changed.status == 303)
        #expect(await test.get(address, as: .ana).text.contains("2 juin 2026"))
    }

    @Test func `those who come are told on the same form when it moves, once`() async throws {
        let test = try await TestSite()
        let fields = ["title": "Mi-parcours", "first_day": "12/05/2026", "length": "morning", "mode": "on_site", "place": "Caen"]
        let address = try #require(await test.post(base, fields, as: .nadia).header("location"))
        _ = await test.post("\(address)/participation", ["comes": "1"], as: .ana)
        #expect(await test.get("\(address)/modifier", as: .nadia).text.contains("Prévenir par courriel la personne qui a dit venir"))
        func mails() async throws -> [String] {
            let ana = test.cast[.ana]
            return try await test.site.database.read { try $0.texts("SELECT body FROM mail WHERE person_id = \(ana) ORDER BY created_at, id") }
        }
        let moved = fields.merging(["first_day": "19/05/2026", "tell": "1"]) { $1 }
        #expect(await test.post("\(address)/modifier", moved, as: .nadia).status == 303)
        #expect(try await mails().last?.contains("Avant\u{A0}: mar. 12 mai 2026, matin") == true)
        #expect(try await mails().last?.contains("Désormais\u{A0}: mar. 19 mai 2026, matin") == true)
        let count = try await mails().count
        _ = await test.post("\(address)/modifier", moved, as: .nadia)
        #expect(try await mails().count == count)
        let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Inconnue:20260526T090000\r\nDTEND;TZID=Inconnue:20260527T170000\r\nEND:VEVENT\r\nEND:VCALENDAR"
        let brought = await test.post("\(address)/modifier/fichier", [:], files: ["ics": UploadedFile(name: "s.ics", bytes: Array(file.utf8))], as: .nadia)
        #expect(brought.status == 200 && brought.text.contains("value=\"26/05/2026\"") && brought.text.contains("ne connaît pas"))
        #expect(await test.post("\(address)/modifier", moved.merging(["zone": ""]) { $1 }, as: .nadia).status == 422)
    }

    @Test func `called off and taken up again, those who come are told and calendars follow`() async throws {
        let test = try await TestSite()
        let fields = ["title": "Mi-parcours", "first_day": "12/05/2026", "length": "morning", "mode": "on_site", "place": "Caen"]
        let address = try #require(await test.post(base, fields, as: .nadia).header("location"))
        _ = await test.post("\(address)/participation", ["comes": "1"], as: .ana)
        func mail() async throws -> String {
            let ana = test.cast[.ana]
            return try await test.site.database.read { try $0.texts("SELECT subject FROM mail WHERE person_id = \(ana) ORDER BY created_at, id").last ?? "" }
        }
        #expect(await test.post("\(address)/annulation", as: .ana).status == 403)
        #expect(await test.post("\(address)/annulation", as: .nadia).status == 303)
        #expect(try await mail() == "Mi-parcours est annulé")
        #expect(await test.get("\(address)/seminaire.ics", as: .ana).text.contains("STATUS:CANCELLED"))
        #expect(await test.get(address, as: .ana).text.contains("annulé"))
        #expect(await test.post("\(address)/reprise", as: .nadia).status == 303)
        #expect(try await mail() == "Mi-parcours aura bien lieu")
        let file = await test.get("\(address)/seminaire.ics", as: .ana).text
        #expect(file.contains("STATUS:CONFIRMED") && file.contains("SEQUENCE:2"))
    }

    @Test func `a seminar asks for dates as a visit does, and the one chosen becomes its own`() async throws {
        let test = try await TestSite()
        let address = try #require(await test.post(base, ["title": "Bilan", "length": "one", "mode": "remote"], as: .nadia).header("location"))
        let asked = [("people", test.cast[.ana]), ("day_1", "18/05/2026"), ("half_1", "am"), ("day_2", "25/05/2026"), ("half_2", "am"), ("half_days", "2"), ("answer_by", "2026-04-01"), ("message", "")]
        #expect(await test.post("\(address)/sondage", pairs: asked, as: .nadia).status == 303)
        let open = await test.get(address, as: .nadia).text
        #expect(open.contains("Voir les réponses au sondage de dates") && !open.contains("/sondage/nouveau"), "one poll at a time")
        let option = try await test.site.database.read { try $0.text("SELECT id FROM poll_option ORDER BY day LIMIT 1") ?? "" }
        let all = try await test.site.database.read { try $0.texts("SELECT id FROM poll_option") }
        #expect(await test.post("\(address)/sondage/reponse", pairs: all.map { ("answer-\($0)", "yes") }, as: .ana).status == 303)
        #expect(await test.post("\(address)/sondage/choix", ["option": option], as: .nadia).status == 303)
        #expect(await test.get("\(address)/sondage", as: .ana).text.contains("<a href=\"\(address)\">Revenir à «\u{A0}Bilan\u{A0}»</a>"))
        #expect(await test.get(address, as: .ana).text.contains("lun. 18 mai 2026, matin"))
    }

    @Test func `a visit is not a seminar`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(base)/\(test.cast.caen.visit)", as: .nadia).status == 404)
    }
}
