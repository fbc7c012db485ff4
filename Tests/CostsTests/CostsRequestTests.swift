import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Costs

/// Who claims what, who decides, who reads it.
@Suite struct CostsRequestTests {
    private let base = "/programmes/essai/visites/caen/frais"

    private func claim(_ test: TestSite, as name: Cast.Name, _ more: [String: String] = [:], receipt: [UInt8]? = nil) async -> Response {
        let fields = ["kind": "travel", "spent_on": "01/03/2026", "amount": "12,50", "words": "BILLET-\(name.rawValue)"].merging(more) { $1 }
        let files = receipt.map { ["file": UploadedFile(name: "billet.pdf", bytes: $0)] } ?? [:]
        return await test.post(base, fields, files: files, as: name)
    }

    private func id(_ answer: Response) -> String { String((answer.header("location") ?? "").split(separator: "/").last?.prefix { $0 != "?" } ?? "") }

    private func budget(_ test: TestSite, _ fields: [String: String]) async -> Response { await test.post("\(base)/budget", fields, as: .nadia) }

    private func mails(_ test: TestSite, to name: Cast.Name) async throws -> [String] {
        let person = test.cast[name]
        return try await test.site.database.read { try $0.texts("SELECT subject FROM mail WHERE person_id = \(person) ORDER BY created_at, id") }
    }

    private func bodies(_ test: TestSite, to name: Cast.Name) async throws -> [String] {
        let person = test.cast[name]
        return try await test.site.database.read { try $0.texts("SELECT body FROM mail WHERE person_id = \(person) ORDER BY created_at, id") }
    }

    @Test func `a claim is read by its claimant and those who conduct the programme, nobody else`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .ana, receipt: Array("%PDF-1.4 SECRET".utf8))))"
        let receipt = try await test.site.database.read { try $0.text("SELECT id FROM cost_receipt") } ?? ""
        for name in Cast.Name.allCases {
            let may = [.ana, .nadia, .hugo].contains(name)
            for page in [path, "\(path)/justificatifs/\(receipt)"] { #expect(await test.get(page, as: name).status == (may ? 200 : 404), "\(name) \(page)") }
            for page in [base, "\(base)/export", "/programmes/essai/visites/caen", "/a-faire"] {
                #expect(await test.get(page, as: name).text.contains("BILLET-ana") == (may && page != "/programmes/essai/visites/caen" && page != "/a-faire"), "\(name) \(page)")
            }
        }
        // The steering committee reads the sums, and no claim.
        let sums = await test.get(base, as: .maud).text
        #expect(sums.contains("12,50\u{A0}€") && !sums.contains("Ana"))
        for name in [Cast.Name.paul, .sam, .stranger, .zoe] { #expect(await test.get(base, as: name).status == 404, "\(name)") }
        #expect(await claim(test, as: .yann).status == 303, "the host may have paid a meal")
        #expect(await claim(test, as: .maud).status == 403)
    }

    @Test func `what is wrong is told field by field and comes back as it was typed`() async throws {
        let test = try await TestSite()
        let back = await claim(test, as: .ana, ["amount": "douze", "spent_on": "31/04/2026", "kind": "", "words": ""])
        #expect(back.status == 422)
        for words in ["« douze » n’est pas un montant".replacing(" douze ", with: "\u{A0}douze\u{A0}"), "Choisissez la nature", "Dites de quoi il s’agit", "value=\"douze\"", "31/04/2026"] {
            #expect(back.text.contains(words), "\(words)")
        }
        #expect(await claim(test, as: .ana, ["spent_on": "01/01/2027"]).status == 422)
        #expect(await claim(test, as: .ana, ["amount": "0"]).status == 422)
        #expect(await claim(test, as: .ana, receipt: Array("<html>".utf8)).status == 422, "no such receipt")
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM cost_claim") } == 0)
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM file") } == 0)
    }

    @Test func `it is accepted in part, paid, and the claimant is told each time`() async throws {
        let test = try await TestSite()
        #expect(await budget(test, ["name-new": "Région", "travel-new": "10", "meals-new": "1 000"]).status == 303)
        let funding = try await test.site.database.read { try $0.text("SELECT id FROM cost_funding") } ?? ""
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        #expect(await test.get("/a-faire", as: .nadia).text.contains("Examiner une demande de frais (Caen)"))
        #expect(await test.get("/a-faire", as: .ana).text.contains("Ajouter un justificatif"))
        #expect(await test.get(base, as: .nadia).text.contains("serait dépassé de 2,50\u{A0}€"), "in all, whoever pays")
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "12,50"], as: .ana).status == 403)
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "13", "funding": funding], as: .nadia).status == 422)
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "11", "funding": funding], as: .nadia).status == 422, "why in part")
        #expect(await test.post("\(path)/decision", ["decision": "refuse"], as: .nadia).status == 422)
        let part = ["decision": "accept", "accepted": "11", "funding": funding, "reason": "Tarif réduit."]
        #expect(await test.post("\(path)/decision", part, as: .nadia).status == 303)
        #expect(await test.get(path, as: .ana).text.contains("Tarif réduit."))
        #expect(await test.get(base, as: .hugo).text.contains("plafond de 10,00\u{A0}€ dépassé de 1,00\u{A0}€"))
        #expect(await test.post(path, ["kind": "travel", "spent_on": "01/03/2026", "amount": "20", "words": "x"], as: .ana).status == 422, "decided")
        #expect(await test.post("\(path)/paiement", ["paid_on": "01/05/2026"], as: .nadia).status == 422)
        #expect(await test.post("\(path)/paiement", ["paid_on": "02/03/2026"], as: .nadia).status == 303)
        #expect(await test.post("\(path)/decision", part, as: .nadia).status == 422, "paid")
        #expect(await test.post("\(path)/retrait", as: .ana).status == 422)
        let subjects = try await mails(test, to: .ana)
        let mail = try #require(try await bodies(test, to: .ana).first)
        #expect(mail.contains("acceptée en partie\u{A0}: 11,00\u{A0}€ sur 12,50\u{A0}€") && mail.contains("Motif\u{A0}: Tarif réduit."))
        #expect(subjects[0].contains("11,00\u{A0}€ sur 12,50\u{A0}€"))
        #expect(try await bodies(test, to: .ana).last?.contains("11,00\u{A0}€") == true, "what was paid")
        #expect(subjects.count == 2 && subjects[0].contains("vos frais acceptés en partie") && subjects[1].contains("remboursés"))
    }

    @Test func `of two decisions taken on the same page, one is kept, and a claim put right is looked at again`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        func shown() async throws -> String { try #require(formBase(await test.get(path, as: .nadia).text, sentTo: "\(path)/decision")) }
        let left = try await shown()
        #expect(await test.post(path, ["kind": "travel", "spent_on": "01/03/2026", "amount": "125", "words": "Train"], as: .ana).status == 303)
        let accept = ["decision": "accept", "accepted": "12,50"]
        #expect(await test.post("\(path)/decision", accept.merging(["base": left]) { $1 }, as: .nadia).status == 422)
        let both = ["base": try await shown()]
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "125"].merging(both) { $1 }, as: .nadia).status == 303)
        let refused = await test.post("\(path)/decision", ["decision": "refuse", "reason": "Trop tard."].merging(both) { $1 }, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("Quelqu’un a enregistré autre chose"))
        #expect(try await test.site.database.read { try $0.text("SELECT state FROM cost_claim") } == "accepted")
    }

    @Test func `a refused claim is put right and looked at again`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        #expect(await test.post("\(path)/decision", ["decision": "refuse", "reason": "Le justificatif manque."], as: .nadia).status == 303)
        #expect(try await bodies(test, to: .ana).last?.contains("Motif\u{A0}: Le justificatif manque.") == true)
        #expect(await test.post(path, ["kind": "meals", "spent_on": "01/03/2026", "amount": "9", "words": "Repas"], as: .ana).status == 303)
        let state = try await test.site.database.read { try $0.text("SELECT state || ' ' || cents FROM cost_claim") }
        #expect(state == "claimed 900")
        #expect(await test.post("\(path)/retrait", as: .ana).status == 303)
        #expect(await test.get(base, as: .nadia).text.contains("Retirée"))
    }

    @Test func `nobody decides on their own claim while somebody else can`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .nadia)))"
        let yes = ["decision": "accept", "accepted": "12,50"]
        #expect(await test.post("\(path)/decision", yes, as: .nadia).status == 422)
        #expect(await test.post("\(path)/decision", yes, as: .hugo).status == 303)
        let entered = "\(base)/\(id(await claim(test, as: .nadia, ["claimant": test.cast[.bo]])))"
        #expect(await test.post("\(entered)/decision", yes, as: .nadia).status == 422, "nor on what they entered for somebody")
        #expect(await test.post("\(entered)/decision", yes, as: .hugo).status == 303)
        let other = "\(base)/\(id(await claim(test, as: .nadia, ["words": "Seule"])))"
        let hugo = test.cast[.hugo]
        try await test.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE person_id = \(hugo)") }
        #expect(await test.post("\(other)/decision", yes, as: .nadia).status == 303, "alone, somebody has to")
    }

    @Test func `an officer claims for somebody of the visit without account`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .nadia, ["claimant": test.cast[.bo]])))"
        #expect(await test.get(path, as: .bo).text.contains("Saisi par"))
        #expect(await claim(test, as: .nadia, ["claimant": test.cast[.paul]]).status == 422)
        #expect(await claim(test, as: .hugo).status == 422, "somebody who does not visit claims for nobody")
        #expect(await claim(test, as: .ana, ["claimant": test.cast[.bo]]).status == 303)
        let mine = try await test.site.database.read { try $0.text("SELECT claimant_id FROM cost_claim WHERE words = 'BILLET-ana'") }
        #expect(mine == test.cast[.ana], "a visitor claims for themselves")
    }

    @Test func `who has no account hears what became of their claim, and who cannot be written to is named`() async throws {
        let test = try await TestSite()
        let bo = test.cast[.bo]
        try await test.site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(bo)") }
        let path = "\(base)/\(id(await claim(test, as: .nadia, ["claimant": bo])))"
        #expect(await test.get(path, as: .nadia).text.contains("Bo n’a pas de compte\u{A0}: un courriel dira ce qui est décidé"))
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "11", "reason": "Tarif réduit."], as: .hugo).status == 303)
        let part = try #require(try await bodies(test, to: .bo).last)
        #expect(part.contains("acceptée en partie\u{A0}: 11,00\u{A0}€ sur 12,50\u{A0}€") && part.contains("Motif\u{A0}: Tarif réduit.") && part.contains("Hugo"))
        #expect(!part.contains("http"), "no page behind a log-in")
        #expect(await test.post("\(path)/decision", ["decision": "accept", "accepted": "12,50"], as: .hugo).status == 303)
        #expect(try await bodies(test, to: .bo).last?.contains("acceptée en entier") == true)
        #expect(await test.post("\(path)/paiement", ["paid_on": "02/03/2026"], as: .nadia).status == 303)
        #expect(try await bodies(test, to: .bo).last?.contains("notée comme remboursée") == true)
        let other = "\(base)/\(id(await claim(test, as: .nadia, ["claimant": bo, "words": "Autre"])))"
        #expect(await test.post("\(other)/decision", ["decision": "refuse", "reason": "Hors du programme."], as: .hugo).status == 303)
        let refused = try #require(try await bodies(test, to: .bo).last)
        #expect(refused.contains("Motif\u{A0}: Hors du programme.") && !refused.contains("http"))
        try await test.site.database.write { try $0.run("UPDATE person SET email = NULL WHERE id = \(bo)") }
        let untold = await test.get(other, as: .nadia).text
        #expect(untold.contains("dites-lui vous-même ce qui est décidé") && untold.contains("À transmettre à Bo"))
        #expect(untold.contains("<p>Motif\u{A0}: Hors du programme.</p>") && untold.contains("n’est pas acceptée."), "the words of the mail, to copy")
        #expect(await test.get(path, as: .nadia).text.contains("est notée comme remboursée."))
        #expect(await !test.get(path, as: .ana).text.contains("À transmettre"))
        let own = await test.get("\(base)/\(id(await claim(test, as: .ana)))", as: .nadia).text
        #expect(!own.contains("un courriel dira") && !own.contains("dites-lui vous-même"))
    }

    @Test func `ceilings are set once by whoever read them last, and a funding that pays stays`() async throws {
        let test = try await TestSite()
        _ = await budget(test, ["name-new": "Région", "travel-new": "100,50", "lodging-new": "", "meals-new": "20"])
        let funding = try await test.site.database.read { try $0.text("SELECT id FROM cost_funding") } ?? ""
        let page = await test.get("\(base)/budget", as: .nadia).text
        #expect(page.contains("value=\"100,50\"") && page.contains("value=\"20,00\""))
        #expect(await budget(test, ["base": "autre", "name-\(funding)": "Région"]).status == 422)
        #expect(await budget(test, ["name-\(funding)": "Région", "travel-\(funding)": "cent"]).status == 422)
        #expect(await budget(test, ["name-\(funding)": "", "travel-\(funding)": "10"]).status == 422)
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        _ = await test.post("\(path)/decision", ["decision": "accept", "accepted": "12,50", "funding": funding], as: .nadia)
        #expect(await budget(test, ["name-\(funding)": ""]).status == 422)
        _ = await test.post("\(path)/retrait", as: .ana)
        #expect(await budget(test, ["name-\(funding)": ""]).status == 303)
    }

    @Test func `receipts are added, taken away, put back`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        #expect(await test.post("\(path)/justificatifs", [:], files: [:], as: .ana).status == 422)
        let image = await test.post("\(path)/justificatifs", [:], files: ["file": TestImage.file()], as: .ana)
        #expect(image.status == 303)
        let receipt = try await test.site.database.read { try $0.text("SELECT id FROM cost_receipt") } ?? ""
        #expect(await test.get("\(path)/justificatifs/\(receipt)", as: .nadia).header("content-type")?.hasPrefix("image/") == true)
        #expect(await test.post("\(path)/justificatifs/\(receipt)/retrait", as: .ana).header("location")?.contains("justificatif=") == true)
        #expect(await test.get("\(path)/justificatifs/\(receipt)", as: .ana).status == 404)
        #expect(await test.post("\(path)/justificatifs/\(receipt)/retour", as: .ana).status == 303)
        #expect(await test.get("\(path)/justificatifs/\(receipt)", as: .ana).status == 200)
    }

    @Test func `money given beforehand is counted, and a list leaves as a table`() async throws {
        let test = try await TestSite()
        _ = await claim(test, as: .ana, ["words": "=HYPERLINK(1)"])
        let advance = ["person": test.cast[.ana], "amount": "50", "paid_on": "01/03/2026", "words": "Espèces"]
        #expect(await test.post("\(base)/avances", advance, as: .ana).status == 403)
        #expect(await test.post("\(base)/avances", advance.merging(["paid_on": "01/05/2026"]) { $1 }, as: .nadia).status == 422)
        #expect(await test.post("\(base)/avances", advance, as: .nadia).status == 303)
        #expect(await test.get(base, as: .nadia).text.contains("à rendre\u{A0}: 50,00\u{A0}€"))
        #expect(await test.get(base, as: .ana).text.contains("Espèces"))
        #expect(await test.get(base, as: .bo).text.contains("Espèces") == false)
        let table = await test.get("\(base)/export?format=ouvert", as: .nadia).text
        #expect(table.contains("12.50") && table.contains("'=HYPERLINK(1)"))
        let id = try await test.site.database.read { try $0.text("SELECT id FROM cost_advance") } ?? ""
        #expect(await test.post("\(base)/avances/\(id)/retrait", as: .nadia).status == 303)
        #expect(await test.get(base, as: .nadia).text.contains("à rendre") == false)
    }

    @Test func `whoever decided or entered claims takes away that they did, and nothing of whose they are`() async throws {
        let test = try await TestSite()
        let path = "\(base)/\(id(await claim(test, as: .ana)))"
        #expect(await test.post("\(path)/decision", ["decision": "refuse", "reason": "MOTIF de Nadia"], as: .nadia).status == 303)
        #expect(await claim(test, as: .nadia, ["claimant": test.cast[.bo], "words": "BILLET-pour-Bo"], receipt: Array("%PDF-1.4 REÇU".utf8)).status == 303)
        #expect(await test.post("\(base)/avances", ["person": test.cast[.bo], "amount": "77,77", "paid_on": "01/03/2026", "words": "AVANCE"], as: .nadia).status == 303)
        #expect(await claim(test, as: .nadia, ["claimant": test.cast[.nadia]]).status == 303)
        let archive = try ReceivedArchive(await test.post("/compte/mes-donnees/archive", as: .nadia).body)
        let data = try JSONValue.parse(archive["donnees.json"] ?? [])["data"]
        let parts = ["demandes-de-frais", "justificatifs-de-frais", "avances-de-frais", "frais-d-autres-personnes"].map { data?[$0] ?? .null }
        let all = parts.map { CanonicalJSON.encode($0) }.joined(separator: "\n")
        #expect(all.contains("BILLET-nadia") && parts.allSatisfy { $0 != .null })
        for word in ["BILLET-ana", "BILLET-pour-Bo", "MOTIF", "AVANCE", "7777", "billet.pdf", "\"Ana", "\"Bo"] { #expect(!all.contains(word), "\(word)") }
        #expect(!archive.paths.contains { $0.contains("billet") }, "a receipt is its claimant's")
        let handled = (0..<9).compactMap { parts[3][$0] }.map { "\($0["what"]?.string ?? "") \($0["decision"]?.string ?? "")" }
        #expect(handled.sorted() == ["advance ", "decided refused", "entered ", "receipt "])
        let own = try ReceivedArchive(await test.post("/compte/mes-donnees/archive", as: .bo).body)
        #expect(own.paths.contains { $0.contains("billet") } && String(decoding: own["donnees.json"] ?? [], as: UTF8.self).contains("BILLET-pour-Bo"))
    }
}
