import Database
import Foundation
import Platform
import TestSupport
import Testing

@testable import Notes

/// One's note behind a private link, where no account is needed and no mail comes in.
@Suite struct GuestNoteTests {
    private let visit = "/programmes/essai/visites/caen"

    private func link(_ test: TestSite, to name: Cast.Name) async throws -> String {
        let person = test.cast[name]
        try await test.site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(person)") }
        _ = await test.post("\(visit)/impressions/adresses", as: .nadia)
        let body = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE person_id = \(person) ORDER BY created_at DESC, id DESC LIMIT 1") } ?? ""
        let range = try #require(body.firstRange(of: "/impression/"))
        return String(body[range.lowerBound...].prefix { !$0.isWhitespace })
    }

    @Test func `it is written, sent as a document, shared, and the link opens nothing else`() async throws {
        let test = try await TestSite()
        let link = try await link(test, to: .ana)
        #expect(await test.get(link).text.contains("Votre note d’impression\u{A0}: Caen"))
        #expect(await test.post(link, ["note": " ", "base": ""]).status == 422)
        #expect(await test.post("\(link)/partage").status == 422)
        #expect(await test.post(link, ["note": "Le silence.", "base": ""]).status == 303)
        let old = try await test.site.database.read { try $0.text("SELECT head_id FROM text WHERE kind = 'impression'") } ?? ""
        let file = UploadedFile(name: "note.txt", bytes: Array("Et le pain.".utf8))
        #expect(await test.post("\(link)/fichier", [:], files: ["file": file]).status == 303)
        let late = await test.post(link, ["note": "Écrasé ?", "base": old])
        #expect(late.status == 422 && late.text.contains("Écrasé ?") && late.text.contains("Et le pain."), "both are there to be chosen")
        #expect(await test.post("\(link)/partage").status == 303)
        let text = try await test.site.database.read { try $0.text("SELECT id FROM text WHERE kind = 'impression'") } ?? ""
        #expect(await test.get("/textes/\(text)", as: .bo).text.contains("Le silence."))
        #expect(await test.get("/textes/\(text)", as: .yann).status == 404)
        let secret = link.split(separator: "/").last ?? ""
        for other in ["/fiche/\(secret)", "/validation/\(secret)", "/conseils/\(secret)"] { #expect(await test.get(other).status == 404) }
        #expect(await test.get("\(link)/pas-moi").text.contains("devra en recevoir un autre"))
        #expect(await test.post("\(link)/pas-moi").status == 200)
        #expect(await test.get("/a-faire", as: .nadia).text.contains("dont le lien est arrivé à quelqu’un d’autre"))
        #expect(await test.get(link).status == 404)
    }
}
