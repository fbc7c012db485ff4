import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Application

/// Somebody erased is in no table, index, file, free page nor backup; what others signed still holds.
@Suite struct ErasureTests {
    @Test func `an administrator who was only invited does not let the only one who came go`() async throws {
        let test = try await TestSite()
        let sam = test.cast[.sam]
        _ = try await NewAccount(name: "Invitée", email: "invitee@essai.example", role: "administrator", programme: nil, password: nil).add(to: test.site)
        try await test.site.amend(as: "test.seen", by: .site) { change in
            try change.run("UPDATE account SET seen_at = \(change.now) WHERE person_id = \(sam)")
            try change.trace("person", sam)
        }
        await #expect(throws: Refused.self) { try await Erasures.apply(.complete, keepsAuthorship: false, to: sam, by: .site, test.site) }
        let invited = try await test.site.database.read { try Erasures.find("invitee@essai.example", $0) }
        try await Erasures.apply(.complete, keepsAuthorship: false, to: invited, by: .site, test.site)
    }

    /// A word that only the erased person, and what is theirs, bears.
    private static let marker = "Zqeffacetrouve"
    private static let name = "Ana \(marker)"

    /// The whole site on the engine of the tests, with Ana under a name of her own in each kind of thing.
    private func marked(onServer: Bool = TestDatabase.isOnServer) async throws -> TestSite {
        let test = try await TestSite(onServer: onServer)
        let ana = test.cast[.ana]
        let notes = "/programmes/essai/visites/caen/notes"
        #expect(await test.post("/compte", ["name": Self.name, "language": "fr"], as: .ana).status == 303)
        for (number, isShared) in [(1, false), (2, true)] {
            let id = "0190a0f0-3333-4222-8333-44445555666\(number)"
            let fields = ["id": id, "base": "0", "sequence": "1", "text": "Note \(Self.marker) \(number).", "manner": "observed"]
            #expect(await test.post(notes, fields, as: .ana).status == 303)
            if isShared { _ = await test.post("\(notes)/\(id)/partage", as: .ana) }
            _ = await test.post("\(notes)/\(id)/photos", TestImage.said.merging(["caption": Self.marker]) { $1 }, files: ["file": TestImage.file()], as: .ana)
        }
        let place = await test.post("/programmes/essai/visites/caen/impressions", as: .ana).header("location") ?? ""
        let impression = place.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        for act in ["", "/brouillon"] {
            let base = try await test.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(impression)") } ?? ""
            let written = ["body": "Impression \(Self.marker)\(act)", "base": base, "act": "revision"]
            #expect(await test.post("/textes/\(impression)/sections/impression\(act)", written, as: .ana).status < 400)
        }
        try await test.site.amend(as: "test.marked", by: .site) { change in
            try change.run("UPDATE person SET email = \("\(Self.marker)@essai.example"), email_key = \("\(Self.marker.lowercased())@essai.example") WHERE id = \(ana)")
            try change.run("UPDATE person_profile SET interests = \(Self.marker) WHERE person_id = \(ana)")
            try change.send(Mail(to: nil, at: "autre@essai.example", subject: "De \(Self.name)", text: "\(Self.name) vous invite."))
            try change.write(to: ana, "platform.mail.erasureTakenBack", opening: "/compte")
            try change.index(SearchDocument("text", "marked", programme: nil, title: "Par \(Self.name)", body: "Selon \(Self.name).", path: "/textes/marked"))
            try change.trace("person", ana, ["note": "par \(Self.name)"])
        }
        return test
    }

    /// What of the site's folder holds the word, in any case.
    private func places(_ folder: URL, _ word: String = marker) -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return files.filter { file in
            guard let data = try? Data(contentsOf: file) else { return false }
            return [word, word.lowercased()].contains { data.range(of: Data($0.utf8)) != nil }
        }.map(\.lastPathComponent)
    }

    /// The tables that hold the word.
    private func tables(_ database: any Database, _ word: String = marker) async throws -> [String] {
        try await database.read { reader in
            try reader.texts(reader.dialect.tables).filter { table in
                try reader.rows(TestDatabase.everything(in: table, reader)).contains { row in
                    row.names.contains { "\(row[$0])".lowercased().contains(word.lowercased()) }
                }
            }
        }
    }

    @Test func `documents that somebody joined stay, and are named to whoever erases them`() async throws {
        let test = try await TestSite()
        let file = UploadedFile(name: "plan.pdf", bytes: Array("%PDF-1.7 /Author (Nadia)".utf8))
        #expect(await test.post("/programmes/essai/visites/caen/documents", ["caption": "Le plan", "readers": "group"], files: ["file": file], as: .nadia).status == 303)
        let id = try await test.site.database.read { try $0.text("SELECT id FROM attachment") } ?? ""
        let erase = ["person": Cast.email(.nadia), "kind": "complete", "reason": "À sa demande.", "confirmed": "1", "authorship": "erased"]
        let done = await test.post("/administration/effacement", erase, as: .sam).header("location") ?? ""
        #expect(done.contains("document="), "\(done)")
        let page = await test.get(done, as: .sam).text
        #expect(page.contains("/fichiers/\(id)") && page.contains("comme la personne les a joints"))
    }

    @Test func `somebody erased is in no table, index, file nor free page`() async throws {
        let test = try await marked()
        #expect(try await !tables(test.site.database).isEmpty)
        if !TestDatabase.isOnServer { #expect(!places(test.folder).isEmpty) }
        let photos = test.site.files.all()
        #expect(!photos.isEmpty)
        let outcome = try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.ana], by: .site, reason: "lettre de \(Self.name)", test.site)
        #expect(outcome.mentions == ["/textes/marked"])
        #expect(try await tables(test.site.database) == [])
        #expect(places(test.folder) == [])
        #expect(test.site.files.all().isEmpty)
        #expect(try await test.site.database.read { try $0.text("SELECT name FROM person WHERE id = \(test.cast[.ana])") } == Erasure.nobody)
        #expect(try await Inspection.problems(of: test.site).filter { !$0.contains("vips") } == [])
        #expect(await test.get("/compte", as: .ana).status == 401)
    }

    @Test func `the name that somebody bore before goes as well`() async throws {
        let test = try await marked()
        #expect(await test.post("/compte", ["name": "Ana Neuve", "language": "fr"], as: .ana).status == 303)
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.ana], by: .site, test.site)
        #expect(try await tables(test.site.database) == [])
        #expect(places(test.folder) == [])
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM person_former WHERE person_id = \(test.cast[.ana])") } == 0)
    }

    @Test func `a name of one word that whoever invited them wrote goes as it is written, and no word with it`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.marked", by: .site) { change in
            try change.trace("person", "x", ["note": "Bo, BO et bo ; Zoé, Zoé."])
            try change.run("UPDATE person SET name = 'Zoé', sort_key = 'zoe' WHERE id = \(test.cast[.zoe])")
        }
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.zoe], by: .site, test.site)
        let details = try await test.site.database.read { try $0.text("SELECT details FROM audit WHERE object_id = 'x'") }
        #expect(details == #"{"note":"Bo, BO et bo ; une personne, une personne."}"#)
    }

    @Test func `nobody takes words, nor somebody else's name, out of what others wrote by having borne them`() async throws {
        let test = try await TestSite()
        let written = "Une visite à préparer avec \(Self.name), de la Région : titre, label."
        try await test.site.amend(as: "test.named", by: .site) { [ana = test.cast[.ana]] change in
            try change.run("UPDATE person SET name = \(Self.name), sort_key = \(French.sortKey(Self.name)) WHERE id = \(ana)")
            try change.run("UPDATE visit SET focus = \(written)")
            change.leaveAsItIs()
        }
        for name in [Self.name, "de la", "titre", "Zed Bo", "à"] {
            #expect(await test.post("/compte", ["name": name, "language": "fr"], as: .bo).status == 303, "\(name)")
        }
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.bo], by: .site, test.site)
        #expect(try await test.site.database.read { try $0.text("SELECT focus FROM visit ORDER BY id LIMIT 1") } == written)
    }

    @Test func `a former member keeps their name under what they signed, and nothing that is private`() async throws {
        let test = try await marked()
        try await Erasures.apply(.former, keepsAuthorship: true, to: test.cast[.ana], by: .site, test.site)
        let site = test.site
        #expect(try await site.database.read { try $0.text("SELECT name FROM person WHERE id = \(test.cast[.ana])") } == Self.name)
        let notes = try await site.database.read { try $0.texts("SELECT text FROM note_version ORDER BY text") }
        #expect(notes == ["Note \(Self.marker) 2."])
        #expect(try await site.database.read { try $0.count("SELECT COUNT(*) FROM draft") } == 0)
        #expect(try await site.database.read { try $0.count("SELECT COUNT(*) FROM section_content WHERE body LIKE 'Impression %'") } == 0)
        #expect(try await site.database.read { try $0.texts("SELECT email FROM person WHERE id = \(test.cast[.ana])") } == [])
        #expect(try await Inspection.problems(of: site).filter { !$0.contains("vips") } == [])
    }

    @Test func `what was erased is erased again when an older copy comes back, and is not in a later one`() async throws {
        let test = try await marked(onServer: false)
        let older = try await TestSite(copy: test)
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.ana], by: .site, test.site)
        let journal = test.folder.appending(path: ErasureJournal.fileName)
        let written = try String(contentsOf: journal, encoding: .utf8)
        #expect(written.contains(" complete ") && !written.contains(test.cast[.ana]) && !written.contains("Ana"))
        let later = test.folder.appending(path: "later.sqlite")
        try await test.site.database.backUp(to: later.path)
        #expect(places(test.folder) == [])
        #expect(try await !tables(older.site.database).isEmpty)
        try FileManager.default.copyItem(at: journal, to: older.folder.appending(path: ErasureJournal.fileName))
        #expect(try await Erasures.replay(older.site) == 1)
        #expect(try await tables(older.site.database) == [])
        #expect(places(older.folder) == [])
        #expect(try await Erasures.replay(older.site) == 0)
        #expect(try await Erasures.replay(test.site) == 0)
    }

    @Test func `the only administrator stays, and an administrator gives a reason`() async throws {
        let test = try await TestSite()
        await #expect(throws: Refused.self) { try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.sam], by: .site, test.site) }
        let form = ["person": "Bo", "kind": "complete", "authorship": "removed", "confirmed": "1", "reason": ""]
        #expect(await test.post("/administration/effacement", form, as: .sam).status == 422)
        #expect(await test.post("/administration/effacement", form.merging(["reason": "Lettre."]) { $1 }, as: .sam).status == 303)
        #expect(try await test.site.database.read { try $0.text("SELECT name FROM person WHERE id = \(test.cast[.bo])") } == Erasure.nobody)
        #expect(await test.post("/administration/effacement", form.merging(["person": "Sam", "reason": "Lettre."]) { $1 }, as: .sam).status == 422)
        #expect(await test.post("/administration/effacement", form, as: .nadia).status == 403)
    }

    @Test func `a name is taken out of words where it stands alone`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.marked", by: .site) { change in
            try change.trace("person", "x", ["note": "Ana Zed, Ana Zédille et Diana Zed ; Ana Zed. Ana."])
        }
        #expect(await test.post("/compte", ["name": "Ana Zed", "language": "fr"], as: .ana).status == 303)
        try await Erasures.apply(.complete, keepsAuthorship: false, to: test.cast[.ana], by: .site, test.site)
        let details = try await test.site.database.read { try $0.text("SELECT details FROM audit WHERE object_id = 'x'") }
        #expect(details == #"{"note":"une personne, Ana Zédille et Diana Zed ; une personne. Ana."}"#, "a word alone may be anybody's")
    }

    @Test func `a name in capitals, turned round or in other spaces goes too, and the texts where it stands are named`() async throws {
        let test = try await TestSite()
        let ana = test.cast[.ana]
        #expect(await test.post("/compte", ["name": "Solène Marchand", "language": "fr"], as: .ana).status == 303)
        let said = "Avec SOLÈNE MARCHAND, Marchand\u{A0}Solène, solene  marchand et \(Cast.email(.ana).uppercased()) : une marchandise, Solène."
        let fields = ["kind": "travel", "spent_on": "01/03/2026", "amount": "12", "words": said]
        #expect(await test.post("/programmes/essai/visites/caen/frais", fields, as: .bo).status == 303)
        try await test.site.amend(as: "test.marked", by: .site) { change in
            // More than one batch, several rows of a key.
            for number in 0..<1_201 { try change.trace("person", "x", number % 400 == 0 ? ["note": "Lu.\nMARCHAND Solene \(number)"] : ["note": "\(number)"]) }
            for number in 0..<1_201 where number % 400 == 0 {
                try change.index(SearchDocument("text", "t\(number)", programme: nil, title: "Présents", body: "Solène MARCHAND, animatrice.", path: "/textes/t\(number)"))
            }
        }
        let outcome = try await Erasures.apply(.complete, keepsAuthorship: false, to: ana, by: .site, test.site)
        #expect(outcome.mentions.sorted() == ["/textes/t0", "/textes/t1200", "/textes/t400", "/textes/t800"])
        let claim = try await test.site.database.read { try $0.text("SELECT words FROM cost_claim") }
        #expect(claim == "Avec une personne, une personne, une personne et une personne : une marchandise, Solène.")
        let details = try await test.site.database.read { try $0.texts("SELECT details FROM audit WHERE object_id = 'x' AND details LIKE '%Lu.%'") }
        #expect(details.count == 4 && details.allSatisfy { $0.contains(#"Lu.\nune personne "#) })
        #expect(try await tables(test.site.database, "marchand ").isEmpty)
        #expect(await test.get("/recherche?q=marchand", as: .bo).text.contains("/textes/t400") == false)
    }
}
