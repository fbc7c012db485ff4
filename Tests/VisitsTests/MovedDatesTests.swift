import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// A visit moved after invitations: asked at once on the form, told clearly, once; and the dates that somebody brings from an agenda.
@Suite struct MovedDatesTests {
    private let caen = "/programmes/essai/visites/caen"

    private func mails(_ test: TestSite, _ name: Cast.Name) async throws -> [String] {
        let (visit, person) = (test.cast.caen.visit, test.cast[name])
        return try await test.site.database.read {
            try $0.texts("SELECT subject || ' ' || body FROM mail WHERE object_id = \(visit) AND person_id = \(person) ORDER BY created_at, id")
        }
    }

    private func sequences(_ test: TestSite) async throws -> [Int] {
        let visit = test.cast.caen.visit
        return try await test.site.database.read { try $0.texts("SELECT CAST(sequence AS TEXT) FROM slot WHERE event_id = \(visit) ORDER BY day, half").compactMap { Int($0) } }
    }

    @Test func `those invited and the host are told on the same form, before and now, and calendars follow`() async throws {
        let test = try await TestSite()
        #expect(await !test.get("\(caen)/dates", as: .nadia).text.contains("Prévenir par courriel"), "nobody was invited")
        _ = await test.post("\(caen)/invitations", as: .nadia)
        let form = await test.get("\(caen)/dates", as: .nadia).text
        #expect(form.contains("name=\"tell\" value=\"1\" checked") || form.contains("checked"))
        #expect(form.contains("Prévenir par courriel les"))
        let before = try await sequences(test)
        let moved = await test.post("\(caen)/dates", ["first_day": "18/05/2026", "length": "4", "tell": "1"], as: .nadia)
        #expect(moved.header("location")?.contains("fait=datesTold") == true)
        for name in Cast.visitors {
            let mail = try #require(try await mails(test, name).last)
            #expect(mail.contains("les dates ont changé") && mail.contains("Avant\u{A0}: 14 et 15 avril 2026") && mail.contains("Désormais\u{A0}: 18 et 19 mai 2026"), "\(name)")
        }
        #expect(try await mails(test, .yann).last?.contains("votre structure accueille") == true)
        #expect(zip(before, try await sequences(test)).allSatisfy { $0 < $1 })
        #expect(await !test.get(caen, as: .nadia).text.contains("Prévenir le groupe des nouvelles dates"))
        let count = try await mails(test, .ana).count
        _ = await test.post("\(caen)/dates", ["first_day": "18/05/2026", "length": "4", "tell": "1"], as: .nadia)
        #expect(try await mails(test, .ana).count == count, "nobody is told twice the same")
    }

    @Test func `unticked, nobody is told and the page of the visit says so; taken off, they are told to book nothing`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        _ = await test.post("\(caen)/dates", ["first_day": "18/05/2026", "length": "4"], as: .nadia)
        #expect(try await mails(test, .bo).count == 1)
        #expect(await test.get(caen, as: .nadia).text.contains("Prévenir le groupe des nouvelles dates"))
        _ = await test.post("\(caen)/dates", ["length": "none", "tell": "1"], as: .nadia)
        #expect(try await mails(test, .bo).last?.contains("n’a plus de dates pour l’instant") == true)
        _ = await test.post("\(caen)/dates", ["first_day": "02/06/2026", "length": "4", "tell": "1"], as: .nadia)
        #expect(try await mails(test, .bo).last?.contains("Désormais\u{A0}: 2 et 3 juin 2026") == true, "told again once there are dates")
    }

    @Test func `other clocks and other half-days of the same days are told apart`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        _ = await test.post("\(caen)/dates", ["first_day": "14/04/2026", "length": "4", "zone": "Indian/Reunion", "tell": "1"], as: .nadia)
        #expect(try await mails(test, .ana).last?.contains("heure\u{A0}: La Réunion") == true)
        let mornings = [("first_day", "14/04/2026"), ("length", "chosen"), ("half_days", "0-am"), ("half_days", "1-am"), ("tell", "1")]
        _ = await test.post("\(caen)/dates", pairs: mornings, as: .nadia)
        #expect(try await mails(test, .ana).last?.contains("mar. 14 avril 2026, matin et mer. 15 avril 2026, matin") == true)
    }

    @Test func `a date that a poll chose is told to those who were invited and not asked`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        let asked = [("people", test.cast[.ana]), ("day_1", "18/05/2026"), ("half_1", "am"), ("day_2", "25/05/2026"), ("half_2", "am"), ("half_days", "4"), ("answer_by", "2026-04-01"), ("message", "")]
        #expect(await test.post("\(caen)/sondage", pairs: asked, as: .nadia).status == 303)
        let option = try await test.site.database.read { try $0.text("SELECT id FROM poll_option ORDER BY day LIMIT 1") ?? "" }
        #expect(await test.post("\(caen)/sondage/choix", ["option": option], as: .nadia).status == 303)
        #expect(try await mails(test, .bo).last?.contains("Désormais\u{A0}: 18 et 19 mai 2026") == true)
        #expect(try await mails(test, .ana).last?.contains("la date est choisie") == true)
        #expect(await !test.get(caen, as: .nadia).text.contains("Prévenir le groupe des nouvelles dates"))
        let again = await test.post("\(caen)/sondage/choix", ["option": option], as: .nadia)
        #expect(again.header("location")?.contains("fait=deja") == true)
        #expect(await test.get("\(caen)/sondage?fait=deja", as: .nadia).text.contains("déjà"), "a poll closed twice is said")
    }

    private func bring(_ test: TestSite, _ lines: [String]) async -> Response {
        let file = (["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT", "END:VCALENDAR"]).joined(separator: "\r\n")
        return await test.post("\(caen)/dates/fichier", [:], files: ["ics": UploadedFile(name: "visite.ics", bytes: Array(file.utf8))], as: .nadia)
    }

    @Test func `a file from an agenda fills the form, and writes nothing`() async throws {
        let test = try await TestSite()
        let page = await bring(test, ["SUMMARY:Visite\\, Caen", "DTSTART;TZID=Europe/Paris:20260518T090000", "DTEND;TZID=Europe/Paris:20260519T170000"])
        #expect(page.status == 200 && page.text.contains("Visite, Caen") && page.text.contains("value=\"18/05/2026\"") && page.text.contains("Rien n’est encore enregistré"))
        #expect(await test.get("\(caen)/dates", as: .nadia).text.contains("value=\"14/04/2026\""))
    }

    @Test func `a zone that nobody knows is said, and has to be chosen`() async throws {
        let test = try await TestSite()
        let page = await bring(test, ["DTSTART;TZID=Mitteleuropa (alt):20260518T090000", "DTEND;TZID=Mitteleuropa (alt):20260518T120000"])
        #expect(page.text.contains("un nom que le site ne connaît pas") && page.text.contains("«\u{A0}Mitteleuropa (alt)\u{A0}»") && page.text.contains("À choisir"))
        let unsaid = await test.post("\(caen)/dates", ["first_day": "18/05/2026", "length": "4", "zone": ""], as: .nadia)
        #expect(unsaid.status == 422 && unsaid.text.contains("Dites de quel territoire sont ces heures."))
        #expect(await test.post("\(caen)/dates", ["first_day": "18/05/2026", "length": "4", "zone": "Europe/Paris"], as: .nadia).status == 303)
    }

    @Test func `what is wrong in a file is said in words`() async throws {
        let test = try await TestSite()
        for (lines, words) in [
            (["DTSTART:20260231T090000"], "cette date n’existe pas"), (["STATUS:CANCELLED", "DTSTART:20260518T090000"], "aucun rendez-vous"),
            (["DTSTART;VALUE=DATE:20260518", "DTEND;VALUE=DATE:20260601"], "plus de 5 jours"),
        ] {
            let page = await bring(test, lines)
            #expect(page.status == 422 && page.text.contains(words), "\(words)")
        }
        let other = await test.post("\(caen)/dates/fichier", [:], files: ["ics": UploadedFile(name: "x.ics", bytes: Array("bonjour".utf8))], as: .nadia)
        #expect(other.status == 422 && other.text.contains("n’est pas un agenda"))
        #expect(await test.post("\(caen)/dates/fichier", as: .nadia).text.contains("Choisissez d’abord le fichier"))
    }
}
