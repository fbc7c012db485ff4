import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Events

/// The attendance sheet: each signature has its time, its author, its event; no cell is signed twice.
@Suite struct AttendanceTests {
    private let caen = "/programmes/essai/visites/caen"
    private let sheet = "/programmes/essai/visites/caen/presence"

    private func signatures(_ test: TestSite) async throws -> [Row] {
        try await test.site.database.read { try $0.all(Row.self, "SELECT slot_id, person_id, author_id, means, event_id, withdrawn_at FROM signature ORDER BY signed_at") }
    }

    private struct Row: Decodable {
        var slotId: String
        var personId: String
        var authorId: String?
        var means: String
        var eventId: String
        var withdrawnAt: Instant?
    }

    @Test func `a half-day is signed from half an hour before it begins, once, on one's own page`() async throws {
        let test = try await TestSite()
        let slot = test.cast.caen.slots[0]
        let early = await test.post("\(sheet)/\(slot)", as: .ana)
        #expect(early.status == 422 && early.text.contains("se signe le mar. 14 avril 2026, à partir de 8\u{A0}h\u{A0}30"))
        test.clock.move(to: Day(iso: "2026-04-14")!)
        try await test.renewSessions()
        #expect(await test.get(sheet, as: .ana).text.contains("Je signe ma présence"))
        #expect(await test.get("/a-faire", as: .ana).text.contains("Signer votre présence\u{A0}: Caen"))
        #expect(await test.post("\(sheet)/\(slot)", as: .ana).status == 303)
        let again = await test.post("\(sheet)/\(slot)", as: .ana)
        #expect(again.status == 422 && again.text.contains("Ana a déjà signé"))
        let found = try await signatures(test)
        #expect(found.count == 1)
        let one = try #require(found.first)
        #expect(one.personId == test.cast[.ana] && one.authorId == test.cast[.ana] && one.means == "self" && one.eventId == test.cast.caen.visit)
        #expect(await test.get(sheet, as: .nadia).text.contains("le 14 avril 2026 à 11\u{A0}h\u{A0}00, depuis son compte"))
    }

    @Test func `before a half-day begins nobody lacks a signature, and every count agrees`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let slots = test.cast.caen.slots
        func page() async -> String { await test.get(sheet, as: .ana).text }
        func lacks(_ count: Int) async -> Bool { await test.get(caen, as: .nadia).text.contains("Il manque \(count) signature") }
        // Half past four in the morning: nothing has begun, nothing is signed.
        test.clock.advance(.minutes(-390))
        try await test.renewSessions()
        #expect(await test.post("\(sheet)/\(slots[0])", as: .ana).status == 422)
        #expect(await test.post("\(sheet)/\(slots[1])", as: .ana).text.contains("à partir de 13\u{A0}h\u{A0}30"))
        let night = await page()
        #expect(night.contains("Se signe ce jour-là, à partir de 13\u{A0}h\u{A0}30.") && !night.contains("pour les demi-journées commencées"))
        #expect(await !lacks(7))
        #expect(await !lacks(14))
        #expect(await !test.get("/a-faire", as: .ana).text.contains("Signer votre présence"))
        // A quarter to nine: people come in and sign; nobody is waited for yet.
        test.clock.advance(.minutes(255))
        #expect(await test.get("/a-faire", as: .ana).text.contains("Signer votre présence"))
        #expect(await test.post("\(sheet)/\(slots[0])", as: .ana).status == 303)
        #expect(await test.post("\(sheet)/\(slots[1])", as: .ana).status == 422)
        #expect(await !page().contains("pour les demi-journées commencées"))
        #expect(await !lacks(6))
        test.clock.advance(.minutes(20))
        #expect(await page().contains("1 signature sur 7 pour les demi-journées commencées"))
        #expect(await lacks(6))
        #expect(await page().contains("leurs signatures ne sont pas attendues"))
    }

    @Test func `one day is shown at a time: today's, then the first that lacks a signature, or the one asked for`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-15")!)
        func shown(_ query: String = "") async -> String { await test.get("\(sheet)\(query)", as: .nadia).text }
        #expect(await shown().contains("<h2>mer. 15 avril 2026, matin</h2>"))
        #expect(await !shown().contains("<h2>mar. 14 avril 2026, matin</h2>"))
        #expect(await shown("?jour=2026-04-14").contains("<h2>mar. 14 avril 2026, matin</h2>"))
        #expect(await shown("?jour=2026-04-20").contains("<h2>mer. 15 avril 2026, matin</h2>"))
        let signed = await test.post("\(sheet)/\(test.cast.caen.slots[0])", as: .nadia)
        #expect(signed.header("location")?.contains("jour=2026-04-14") == true, "back to the day that was signed")
        test.clock.move(to: Day(iso: "2026-04-20")!)
        try await test.renewSessions()
        #expect(await shown().contains("<h2>mar. 14 avril 2026, matin</h2>"))
        #expect(await shown().contains("<small>1 signature sur 14</small>"))
    }

    @Test func `somebody signs on a facilitator's phone by typing their name, and its owner is the witness`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let (slot, bo) = (test.cast.caen.slots[0], test.cast[.bo])
        #expect(await test.get("\(sheet)/\(slot)/\(bo)", as: .ana).text.contains("Passez l’appareil à Bo"))
        #expect(await test.post("\(sheet)/\(slot)/\(bo)", ["typed": " "], as: .ana).status == 422)
        let other = await test.post("\(sheet)/\(slot)/\(bo)", ["typed": "Toto"], as: .ana)
        #expect(other.status == 422 && other.text.contains("C’est Bo qui signe ici") && other.text.contains("value=\"Toto\""))
        #expect(try await signatures(test).isEmpty)
        #expect(await test.post("\(sheet)/\(slot)/\(bo)", ["typed": " bo "], as: .ana).status == 303)
        let one = try #require(try await signatures(test).first)
        #expect(one.personId == bo && one.authorId == test.cast[.ana] && one.means == "beside")
        #expect(await test.post("\(sheet)/\(slot)/\(test.cast[.stranger])", ["typed": "X"], as: .ana).status == 404)
        #expect(await test.post("\(sheet)/\(slot)/\(bo)", ["typed": "Bo"], as: .maud).status == 403)
        // Taken back: the line stays, the cell can be signed again.
        #expect(await test.post("\(sheet)/\(slot)/\(bo)/retrait", as: .bo).status == 303)
        #expect(try await signatures(test).first?.withdrawnAt != nil)
        #expect(await test.post("\(sheet)/\(slot)", as: .bo).status == 303)
    }

    @Test func `somebody else's signature is removed by whoever entered it or prepares the visit, with a reason, and they are told`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let (slot, bo) = (test.cast.caen.slots[0], test.cast[.bo])
        let back = "\(sheet)/\(slot)/\(bo)/retrait"
        #expect(await test.post("\(sheet)/\(slot)", as: .bo).status == 303)
        // Ana keeps the sheet, but Bo signed by themselves.
        #expect(await !test.get(sheet, as: .ana).text.contains("Reprendre la signature\u{A0}: Bo"))
        #expect(await test.get(back, as: .ana).status == 403)
        #expect(await test.post(back, ["reason": "Pour voir"], as: .ana).status == 403)
        #expect(try await signatures(test).allSatisfy { $0.withdrawnAt == nil })
        let link = "<a href=\"\(back)\">"
        #expect(await test.get(sheet, as: .nadia).text.contains(link))
        let page = await test.get(back, as: .nadia).text
        #expect(page.contains("Retirer la signature de Bo") && page.contains("mar. 14 avril 2026, matin") && page.contains("Bo recevra un courriel"))
        let bare = await test.post(back, as: .nadia)
        #expect(bare.status == 422 && bare.text.contains("id=\"reason-error\""))
        #expect(await test.post(back, ["reason": "Bo était en train"], as: .nadia).status == 303)
        #expect(try await signatures(test).first?.withdrawnAt != nil)
        let mails = try await test.site.database.read { try $0.texts("SELECT body FROM mail WHERE subject LIKE '%signature a été retirée'") }
        #expect(mails.count == 1 && mails[0].contains("Bonjour Bo") && mails[0].contains("Bo était en train") && mails[0].contains("\(sheet)?jour=2026-04-14"))
        let visit = test.cast.caen.visit
        let history = await test.get("/historique/\(visit)", as: .nadia).text
        #expect(history.contains("a retiré la signature de Bo de la feuille d’émargement\u{A0}: Bo était en train") && history.contains("a noté la présence de Bo"))
        // Whoever entered it may take it back, with a reason too.
        #expect(await test.post("\(sheet)/\(slot)/\(bo)", ["typed": "Bo"], as: .ana).status == 303)
        #expect(await test.get(sheet, as: .ana).text.contains(link))
        #expect(await test.post(back, ["reason": "Nom d’une autre"], as: .ana).status == 303)
    }

    @Test func `a typed name is somebody's whatever the order of its words, capitals and accents`() {
        for typed in ["Hélène Marie-Rose O’Neill", "o'neill marie rose helene", "  Marie‑Rose  HÉLÈNE O’Neill", "He\u{301}le\u{300}ne Marie Rose O’Neill"] {
            #expect(Signature.isName(typed, of: "Hélène Marie-Rose O’Neill"), "\(typed)")
        }
        for typed in ["Toto", "Hélène", "Hélène Marie-Rose O’Neill Toto", ""] { #expect(!Signature.isName(typed, of: "Hélène Marie-Rose O’Neill"), "\(typed)") }
    }

    @Test func `both figures of a sheet count the same people, and those of the host are said apart`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let slot = test.cast.caen.slots[0]
        _ = await test.post("\(sheet)/\(slot)", as: .ana)
        let before = await test.get(sheet, as: .nadia).text
        #expect(before.contains("1 signature sur 7 pour") && before.contains("<small>1 signature sur 14</small>") && !before.contains("s’y ajoute"))
        let (visit, host) = (test.cast.caen.visit, test.cast[.yann])
        try await test.site.database.write {
            try $0.run(
                "INSERT INTO signature (id, event_id, slot_id, person_id, signed_at, means) VALUES ('s', \(visit), \(slot), \(host), 1, 'beside')")
        }
        let after = await test.get(sheet, as: .nadia).text
        #expect(after.contains("1 signature sur 7 pour") && after.contains("<small>1 signature sur 14</small>"))
        #expect(after.contains("1 signature de la structure s’y ajoute"))
    }

    @Test func `a sheet signed on paper comes back as a scan, which proves what it says`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-16")!)
        let slot = test.cast.caen.slots[0]
        let file = TestImage.file("feuille.png")
        let people = ["slot": slot, "people": test.cast[.driss]]
        #expect(await test.post("\(sheet)/papiers", people, files: ["file": file], as: .ana).status == 303)
        #expect(await test.post("\(sheet)/papiers", people, files: [:], as: .ana).status == 422)
        let paper = try await test.site.database.read { try $0.text("SELECT id FROM attendance_paper") ?? "" }
        #expect(try await signatures(test).map(\.means) == ["paper"])
        #expect(await test.get("\(sheet)/papiers/\(paper)", as: .nadia).status == 200)
        #expect(await test.get("\(sheet)/papiers/\(paper)", as: .maud).status == 403)
        #expect(await test.get(sheet, as: .nadia).text.contains("sur papier, saisi par Ana"))
        // It carries the signatures of others: only whoever put it or prepares the visit removes it.
        #expect(await test.post("\(sheet)/papiers/\(paper)/retrait", as: .bo).status == 403)
        _ = await test.post("\(sheet)/papiers/\(paper)/retrait", as: .nadia)
        #expect(await test.get("\(sheet)/papiers/\(paper)", as: .nadia).status == 404, "what was put by mistake is read by nobody any more")
        #expect(try await signatures(test).allSatisfy { $0.withdrawnAt != nil })
    }

    @Test func `somebody who came is added, whoever left the group keeps what they signed`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-14")!)
        let slot = test.cast.caen.slots[0]
        #expect(await test.post("\(sheet)/personnes", ["name": "Lucie Caron"], as: .ana).status == 303)
        #expect(await test.get(sheet, as: .ana).text.contains("Lucie Caron"))
        _ = await test.post("\(sheet)/\(slot)", as: .emma)
        let rest = Cast.visitors.filter { $0 != .emma }.map { ("visitors", test.cast[$0]) }
        _ = await test.post("\(caen)/groupe", pairs: rest + [("staff", test.cast[.nadia]), ("size_reason", "")], as: .nadia)
        #expect(await test.get(sheet, as: .nadia).text.contains("Emma"))
        #expect(await test.get(sheet, as: .hugo).status == 200)
        #expect(await test.get(sheet, as: .maud).status == 403)
        #expect(await test.get("\(sheet)/feuille", as: .ana).text.contains("signé le 14 avril 2026"))
    }

    @Test func `to be registered at a seminar is not to be there`() async throws {
        let test = try await TestSite()
        let made = await test.post("/programmes/essai/seminaires", ["title": "Mi-parcours", "first_day": "10/03/2026", "length": "one", "mode": "on_site"], as: .nadia)
        let path = made.header("location") ?? ""
        #expect(await test.post("\(path)/participation", ["comes": "1"], as: .bo).status == 303)
        #expect(await test.get(path, as: .ana).text.contains("1 personne vient\u{A0}: Bo."))
        test.clock.move(to: Day(iso: "2026-03-10")!)
        try await test.renewSessions()
        #expect(await test.get("\(path)/presence", as: .bo).text.contains("0 signature sur 1 "))
        let slot = try await test.site.database.read { try $0.text("SELECT id FROM slot WHERE event_id = \(String(path.split(separator: "/").last ?? ""))") ?? "" }
        #expect(await test.post("\(path)/presence/\(slot)", as: .bo).status == 303)
        #expect(try await SeminarReminders.sendDue(test.site) == 1)
        #expect(try await SeminarReminders.sendDue(test.site) == 0)
        let other = await test.post("\(path)/presence/\(slot)", as: .ana)
        #expect(other.status == 422 && other.text.contains("n’est pas sur la feuille"))
    }
}
