import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// « Hors micro » never leaves its author: neither shared, nor cited, nor exported, nor counted for others.
@Suite struct OffRecordTests {
    private let visit = "/programmes/essai/visites/caen"
    private let notes = "/programmes/essai/visites/caen/notes"
    private let note = "0190a0f0-1111-4222-8333-444455556666"

    private func write(
        _ test: TestSite, _ text: String, off: Bool = true, base: Int = 0, id: String? = nil, as name: Cast.Name = .ana
    ) async -> Response {
        let fields = ["id": id ?? note, "base": String(base), "sequence": "1", "text": text, "manner": "verbatim"]
        return await test.post(notes, fields.merging(off ? ["offRecord": "1"] : [:]) { $1 }, as: name)
    }

    @Test func `a note off the record is shared neither alone nor with the others, and is not counted as to be shared`() async throws {
        let test = try await TestSite()
        #expect(await write(test, "HORS-MICRO").status == 303)
        let page = await test.get(notes, as: .ana).text
        #expect(page.contains("HORS-MICRO") && page.contains("Hors micro") && !page.contains("/\(note)/partage"))
        #expect(!page.contains("n’est lue que par vous"))
        let refused = await test.post("\(notes)/\(note)/partage", as: .ana)
        #expect(refused.status == 422 && refused.text.contains("hors micro"))
        _ = await test.post("\(notes)/partage", as: .ana)
        for name in Cast.Name.allCases where name != .ana {
            #expect(await !test.get(notes, as: name).text.contains("HORS-MICRO"), "\(name)")
            #expect(await test.get("/api/v1/blocs/\(note)", as: name).status == 404, "\(name)")
        }
    }

    @Test func `it leaves in no table, and is in the archive of one's own data`() async throws {
        let test = try await TestSite()
        _ = await write(test, "HORS-MICRO")
        _ = await write(test, "DIT-À-TOUS", off: false, id: "0190a0f0-1111-4222-8333-444455557777")
        let table = await test.get("\(notes)/export?format=csv", as: .ana).text
        #expect(table.contains("DIT-À-TOUS") && !table.contains("HORS-MICRO"))
    }

    @Test func `said too late of a note whose words were cited, it is refused whole, and leaves no version for the group to read`() async throws {
        let test = try await TestSite()
        #expect(await write(test, "Dit à tous.", off: false).status == 303)
        _ = await test.post("\(notes)/\(note)/partage", as: .ana)
        try await test.site.amend(as: "test.cited", by: .site) { [note] change in
            try NoteCitations.add(note, in: change)
            change.leaveAsItIs()
        }
        let block: JSONValue = .object([
            "id": .string(note), "base": .int(1), "text": .string("PLUS-QUE-POUR-MOI"), "manner": .string("verbatim"), "offRecord": .bool(true),
        ])
        let batch: JSONValue = .object([
            "protocol": .int(1), "visit": .string(test.cast.caen.visit), "device": .string("essai"), "blocks": .array([block]),
        ])
        #expect(await test.post("/api/v1/blocs", json: batch, as: .ana).text.contains("\"refused\""))
        #expect(try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM note_version WHERE text LIKE '%PLUS-QUE%'") } == 0)
        #expect(await !test.get(notes, as: .bo).text.contains("PLUS-QUE-POUR-MOI"))
    }

    @Test func `it is not cited, even by its author`() async throws {
        let test = try await TestSite()
        _ = await write(test, "HORS-MICRO ici", as: .nadia)
        let answer = await test.post("\(visit)/textes", ["kind": "synthesis"], as: .nadia)
        let text = String((answer.header("location") ?? "").split(separator: "?").first?.split(separator: "/").last ?? "")
        let cited = await test.post(
            "/textes/\(text)/extraits",
            ["source": "block", "id": note, "version": "1", "words": "HORS-MICRO", "attribution": "none"], as: .nadia)
        #expect(cited.status == 404)
        #expect(await !test.get("/textes/\(text)", as: .nadia).text.contains("HORS-MICRO"))
    }

    @Test func `a shared note said to be off the record is its author's alone again`() async throws {
        let test = try await TestSite()
        _ = await write(test, "MOTS", off: false)
        _ = await test.post("\(notes)/\(note)/partage", as: .ana)
        #expect(await test.get(notes, as: .bo).text.contains("MOTS"))
        #expect(await write(test, "MOTS", base: 1).status == 303)
        #expect(await !test.get(notes, as: .bo).text.contains("MOTS"))
        // A box ticked by mistake is unticked; nothing is shared again by that.
        #expect(await write(test, "MOTS", off: false, base: 2).status == 303)
        #expect(await !test.get(notes, as: .bo).text.contains("MOTS"))
        #expect(await test.post("\(notes)/\(note)/partage", as: .ana).status == 303)
        #expect(await test.get(notes, as: .bo).text.contains("MOTS"))
    }

    @Test func `of two versions kept, one off the record keeps the note off the record`() async throws {
        let test = try await TestSite()
        _ = await write(test, "Un", off: false)
        _ = await write(test, "Deux", off: true, base: 1)
        _ = await write(test, "Trois", off: false, base: 1)
        #expect(await test.post("\(notes)/\(note)/partage", as: .ana).status == 422)
        _ = await test.post("\(notes)/\(note)/version", ["version": "3"], as: .ana)
        #expect(await test.post("\(notes)/\(note)/partage", as: .ana).status == 303)
    }

    @Test func `the same words off the record are another version, and what came before it keeps its fingerprint`() {
        func sent(_ isOff: Bool, place: String = "") -> SentBlock {
            SentBlock(
                id: note, base: 0, deviceId: "", sequence: 0, slotId: nil, encounterId: nil, manner: .verbatim, speaker: nil,
                text: "a", isOffRecord: isOff, place: place)
        }
        #expect(sent(false).fingerprint == Secrets.sha256("a\u{1F}verbatim\u{1F}\u{1F}\u{1F}\u{1F}"))
        #expect(Set([sent(false), sent(true), sent(false, place: "grange"), sent(true, place: "grange")].map(\.fingerprint)).count == 4)
    }

    @Test func `the check of the site sees one that others could read`() async throws {
        let test = try await TestSite()
        _ = await write(test, "HORS-MICRO")
        #expect(try await test.site.database.read { try NotesMarks.problems($0) }.isEmpty)
        try await test.site.database.write { try $0.run("UPDATE access SET audience = 'scope' WHERE object_id = \(note)") }
        #expect(try await test.site.database.read { try NotesMarks.problems($0) }.count == 1)
    }
}
