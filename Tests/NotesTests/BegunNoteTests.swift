import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// What is being written is kept, and is no note before its author adds it; emptied, nothing of it stays.
@Suite struct BegunNoteTests {
    private let visit = "/programmes/essai/visites/caen"
    private let notes = "/programmes/essai/visites/caen/notes"
    private let id = "0190a0f0-1111-4222-8333-444455556666"

    private func send(
        _ test: TestSite, _ block: [String: JSONValue] = [:], device: String = "a", visit: String? = nil, as name: Cast.Name = .ana
    ) async throws -> JSONValue {
        let whole = ["id": .string(id), "base": .int(0), "manner": .string("observed"), "text": .string("PHRASE-EN-COURS"), "begun": .bool(true)]
            .merging(block) { $1 }
        let batch = JSONValue.object([
            "protocol": .int(1), "visit": .string(visit ?? test.cast.caen.visit), "device": .string(device), "blocks": .array([.object(whole)]),
        ])
        return try JSONValue.parse(await test.post("/api/v1/blocs", json: batch, as: name).body)["blocks"]?[0] ?? .null
    }

    private func drop(_ test: TestSite, device: String = "a", visit: String? = nil, as name: Cast.Name = .ana) async throws -> String? {
        try await send(test, ["dropped": .bool(true)], device: device, visit: visit, as: name)["outcome"]?.string
    }

    private func count(_ test: TestSite, _ query: SQL) async throws -> Int { try await test.site.database.read { try $0.count(query) } }

    @Test func `it is shown to its author as begun, counted nowhere, and shared with no others`() async throws {
        let test = try await TestSite()
        _ = try await send(test)
        _ = await test.post(notes, ["id": "0190a0f0-1111-4222-8333-444455557777", "base": "0", "sequence": "2", "text": "AJOUTÉE", "manner": "observed"], as: .ana)
        let page = await test.get(notes, as: .ana).text
        #expect(page.contains("PHRASE-EN-COURS") && page.contains("Commencée, pas encore ajoutée") && page.contains(" data-begun>"))
        #expect(page.contains("Une de vos notes n’est lue que par vous."))
        #expect(await test.get(visit, as: .ana).text.contains("1 note"))
        let shared = await test.post("\(notes)/partage", as: .ana)
        #expect(shared.header("location") == "\(notes)?fait=partagees&commencee=1")
        #expect(await test.get("\(notes)?fait=partagees&commencee=1", as: .ana).text.contains("Une note commencée n’est pas partagée"))
        for name in Cast.Name.allCases where name != .ana {
            #expect(await !test.get(notes, as: name).text.contains("PHRASE-EN-COURS"), "\(name)")
            #expect(await test.get("/api/v1/blocs/\(id)", as: name).status == 404, "\(name)")
        }
        #expect(await test.get(notes, as: .bo).text.contains("AJOUTÉE"))
        for address in ["\(notes)/lecture?miennes=1", "\(notes)/lecture/document.md?miennes=1", "\(notes)/export?format=csv", "\(visit)/reponses", "\(visit)/reponses/export?format=csv"] {
            let answer = await test.get(address, as: .ana)
            #expect(answer.status == 200 && !answer.text.contains("PHRASE-EN-COURS") && answer.text.contains("AJOUTÉE"), "\(address)")
        }
        #expect(await test.post("\(visit)/reponses/\(id)", as: .ana).status == 404)
    }

    @Test func `nothing begun is said where nothing is, but what a page has in its field`() async throws {
        let test = try await TestSite()
        #expect(await test.post("\(notes)/partage", as: .ana).header("location") == "\(notes)?fait=partagees")
        #expect(await test.post("\(notes)/partage", ["begun": "1"], as: .ana).header("location") == "\(notes)?fait=partagees&commencee=1")
    }

    @Test func `it is not cited, even by its author`() async throws {
        let test = try await TestSite()
        _ = try await send(test, as: .nadia)
        let answer = await test.post("\(visit)/textes", ["kind": "synthesis"], as: .nadia)
        let text = String((answer.header("location") ?? "").split(separator: "?").first?.split(separator: "/").last ?? "")
        let citation = ["source": "block", "id": id, "version": "1", "words": "PHRASE-EN-COURS", "attribution": "none"]
        #expect(await test.post("/textes/\(text)/extraits", citation, as: .nadia).status == 404)
        #expect(await !test.get("/textes/\(text)/sections/support_structure/modifier", as: .nadia).text.contains("PHRASE-EN-COURS"))
    }

    @Test func `the same words added are the same note, and it is not begun again`() async throws {
        let test = try await TestSite()
        let begun = try await send(test)
        #expect(begun["outcome"]?.string == "saved")
        let added = try await send(test, ["base": .int(1), "begun": .null])
        #expect(added["outcome"]?.string == "same" && added["version"]?.int == 1 && added["mark"] != begun["mark"])
        #expect(try await send(test, ["base": .int(1), "text": .string("Plus loin.")])["outcome"]?.string == "saved")
        #expect(try await count(test, "SELECT count(*) FROM note_block WHERE is_begun = 0") == 1)
        #expect(try await count(test, "SELECT count(*) FROM audit WHERE action = 'note.added'") == 1)
        #expect(await test.get(notes, as: .ana).text.contains("Une de vos notes n’est lue que par vous."))
    }

    @Test func `shared alone, or saved on its page, it is added`() async throws {
        let shared = try await TestSite()
        _ = try await send(shared)
        #expect(await shared.post("\(notes)/\(id)/partage", as: .ana).status == 303)
        #expect(await shared.get(notes, as: .bo).text.contains("PHRASE-EN-COURS"))
        #expect(try await count(shared, "SELECT is_begun FROM note_block") == 0)
        let saved = try await TestSite()
        _ = try await send(saved)
        #expect(await saved.get("\(notes)/\(id)", as: .ana).text.contains(" data-edit data-begun "))
        _ = await saved.post(notes, ["id": id, "base": "1", "sequence": "1", "text": "PHRASE-EN-COURS", "manner": "observed"], as: .ana)
        #expect(try await count(saved, "SELECT is_begun FROM note_block") == 0)
        #expect(await !saved.get("\(notes)/\(id)", as: .ana).text.contains("data-begun"))
    }

    @Test func `emptied, nothing of it stays, however many times that is said`() async throws {
        let test = try await TestSite()
        _ = try await send(test, ["dimension": .string(test.cast.dimensions["cooperation"] ?? "")])
        _ = try await send(test, ["base": .int(1), "text": .string("PHRASE-EN-COURS, plus loin")])
        _ = await test.post("\(notes)/\(id)/photos", TestImage.said, files: ["file": TestImage.file("IMG_1.JPG")], as: .ana)
        #expect(try await count(test, "SELECT count(*) FROM attachment") == 1)
        for _ in 0..<2 { #expect(try await drop(test) == "dropped") }
        for table: SQL in ["note_block", "note_version", "note_dimension", "attachment", "note_media"] {
            #expect(try await count(test, "SELECT count(*) FROM \(table)") == 0, "\(table)")
        }
        #expect(try await count(test, "SELECT count(*) FROM access WHERE kind = 'note'") == 0)
        #expect(try await count(test, "SELECT count(*) FROM audit WHERE action = 'note.dropped' AND details = '{}'") == 1)
        #expect(await !test.get(notes, as: .ana).text.contains("PHRASE-EN-COURS"))
        #expect(try await drop(test, as: .bo) == "dropped", "one that is not there")
        // A request that comes late is not taken for a new note; on a page, it says so.
        #expect(try await send(test)["outcome"]?.string == "dropped")
        #expect(try await send(test, as: .bo)["outcome"]?.string == "refused")
        let late = await test.post(notes, ["id": id, "base": "1", "sequence": "1", "text": "PHRASE", "manner": "observed"], as: .ana)
        #expect(late.status == 422 && late.text.contains("Cette note a été vidée entre-temps") && late.text.contains("PHRASE"))
        #expect(try await count(test, "SELECT count(*) FROM note_block") == 0)
    }

    @Test func `what was added, written elsewhere too, withdrawn, or is somebody else's stays as it is`() async throws {
        let added = try await TestSite()
        _ = try await send(added, ["begun": .null])
        #expect(try await drop(added) == "same")
        let elsewhere = try await TestSite()
        _ = try await send(elsewhere)
        _ = try await send(elsewhere, ["base": .int(1), "text": .string("Sur la tablette.")], device: "b")
        #expect(try await drop(elsewhere) == "same")
        let withdrawn = try await TestSite()
        _ = try await send(withdrawn)
        _ = await withdrawn.post("\(notes)/\(id)/retrait", as: .ana)
        #expect(try await drop(withdrawn) == "same")
        let others = try await TestSite()
        _ = try await send(others)
        #expect(try await drop(others, as: .bo) == "dropped", "as one that is not there")
        for test in [added, elsewhere, withdrawn, others] { #expect(try await count(test, "SELECT count(*) FROM note_block") == 1) }
    }

    @Test func `after a restoration, what was added is added again and what was emptied is emptied again`() async throws {
        let test = try await TestSite()
        let begun = try await send(test)["mark"]?.string ?? ""
        func missing(_ mark: String) async throws -> [BlockMark.Missing] {
            let (note, ana) = (BlockMark.Kept(id: id, mark: mark), test.cast[.ana])
            return try await test.site.database.read { try BlockMark.missing([note], of: ana, $0) }
        }
        let added = String(begun.dropLast())
        #expect(try await missing(begun).isEmpty)
        #expect(try await missing(added) == [BlockMark.Missing(id: id, version: 1, mark: begun)])
        #expect(try await missing(BlockMark.dropped) == [BlockMark.Missing(id: id, version: 1, mark: begun)])
        #expect(try await send(test, ["base": .int(1), "begun": .null])["mark"]?.string == added)
        for mark in [begun, added, BlockMark.dropped] { #expect(try await missing(mark).isEmpty, "\(mark)") }
        let other = try await TestSite()
        let none = try await other.site.database.read { try BlockMark.missing([.init(id: id, mark: BlockMark.dropped)], of: other.cast[.ana], $0) }
        #expect(none.isEmpty)
    }
}
