import Database
import Formats
import Platform
import TestSupport
import Testing

/// Who may write and read notes, and what happens to what they send.
@Suite struct NotebookRequestTests {
    private let notebook = "/programmes/essai/visites/caen/notes"

    private func batch(_ site: TestSite, _ blocks: [[String: JSONValue]]) -> JSONValue {
        .object([
            "protocol": .int(1), "visit": .string(site.cast.caen.visit), "device": .string("téléphone"),
            "blocks": .array(
                blocks.enumerated().map { index, block in
                    .object(
                        ["sequence": .int(Int64(index)), "base": .int(0), "manner": .string("verbatim"), "text": .string("Des mots.")]
                            .merging(block) { _, own in own })
                }),
        ])
    }

    private func send(_ site: TestSite, _ block: [String: JSONValue], as name: Cast.Name = .ana) async -> Response {
        await site.post("/api/v1/blocs", json: batch(site, [block]), as: name)
    }

    private let id = "0190a0f0-1111-4222-8333-444455556666"

    @Test func `a block sent twice is there once`() async throws {
        let site = try await TestSite()
        #expect(await send(site, ["id": .string(id)]).text.contains("\"saved\""))
        #expect(await send(site, ["id": .string(id)]).text.contains("\"same\""))
        let count = try await site.site.database.read { try $0.count("SELECT count(*) FROM note_version") }
        #expect(count == 1)
    }

    @Test func `two versions written from the same one are both kept and shown`() async throws {
        let site = try await TestSite()
        _ = await send(site, ["id": .string(id), "text": .string("Première.")])
        _ = await send(site, ["id": .string(id), "base": .int(1), "text": .string("Sur le téléphone.")])
        #expect(await send(site, ["id": .string(id), "base": .int(1), "text": .string("Sur la tablette.")]).text.contains("kept_both"))
        let page = await site.get(notebook, as: .ana).text
        #expect(page.contains("Sur le téléphone.") && page.contains("Sur la tablette."))
        let kept = await site.post("\(notebook)/\(id)/version", ["version": "3"], as: .ana)
        #expect(kept.status == 303)
        let after = await site.get(notebook, as: .ana).text
        #expect(!after.contains("Sur le téléphone.") && after.contains("Sur la tablette."))
    }

    @Test func `a note is its author's alone until it is shared with the group, never with the host`() async throws {
        let site = try await TestSite()
        _ = await send(site, ["id": .string(id), "text": .string("SECRET-DE-CARNET")])
        for name in Cast.Name.allCases where name != .ana {
            #expect(!(await site.get(notebook, as: name).text.contains("SECRET-DE-CARNET")), "\(name)")
            #expect(await site.get("/api/v1/blocs/\(id)", as: name).status == 404, "\(name)")
        }
        #expect(await site.post("\(notebook)/\(id)/partage", as: .ana).status == 303)
        for name in [Cast.Name.bo, .nadia, .iris] {
            #expect(await site.get(notebook, as: name).text.contains("SECRET-DE-CARNET"), "\(name)")
        }
        for name in [Cast.Name.yann, .zoe, .hugo, .maud, .paul, .sam, .stranger] {
            #expect(await site.get(notebook, as: name).status == 404, "\(name)")
            #expect(await site.get("/api/v1/blocs/\(id)", as: name).status == 404, "\(name)")
        }
    }

    @Test func `a note of somebody else is answered as one that is not there`() async throws {
        let site = try await TestSite()
        _ = await send(site, ["id": .string(id)])
        let answer = await send(site, ["id": .string(id), "base": .int(1), "text": .string("Pas à moi.")], as: .bo)
        #expect(answer.text.contains("refused"))
        #expect(await site.post("\(notebook)/\(id)/retrait", as: .bo).status == 404)
    }

    @Test(arguments: [
        ("emoji et drapeaux 🐝🇫🇷👩🏽‍🌾", true), ("مرحبا \u{202E}envers", true), ("a\r\nb\rc", true), ("e\u{301}te\u{301}", true), ("\u{0}\u{1}  ", false),
        ("", false),
    ])
    func `what is typed is cleaned and kept, and nothing is refused with a sentence`(_ text: String, _ isTaken: Bool) async throws {
        let site = try await TestSite()
        let answer = await send(site, ["id": .string(id), "text": .string(text)])
        #expect(answer.text.contains(isTaken ? "saved" : "refused"))
        guard isTaken else { return }
        let kept = try await site.site.database.read { try $0.text("SELECT text FROM note_version") }
        #expect(kept == CleanText.normalize(text))
    }

    @Test func `a note of a megabyte is refused alone, with its length`() async throws {
        let site = try await TestSite()
        let blocks: [[String: JSONValue]] = [
            ["id": .string(id), "text": .string(String(repeating: "a", count: 1_000_000))],
            ["id": .string("0190a0f0-1111-4222-8333-444455557777")],
        ]
        let answer = await site.post("/api/v1/blocs", json: batch(site, blocks), as: .ana)
        #expect(answer.status == 200)
        #expect(answer.text.contains("refused") && answer.text.contains("saved"))
        let form = await site.post(
            notebook, ["id": id, "base": "0", "manner": "verbatim", "text": String(repeating: "a", count: 1_000_000)], as: .ana)
        #expect(form.status == 422)
        #expect(form.text.contains(String(repeating: "a", count: 1_000_000)))
    }

    @Test func `places of another visit are refused`() async throws {
        let site = try await TestSite()
        let answer = await send(site, ["id": .string(id), "slot": .string("0190a0f0-1111-4222-8333-000000000000")])
        #expect(answer.text.contains("refused"))
    }

    @Test func `without a session a script is told so, and nothing is redirected`() async throws {
        let site = try await TestSite()
        let answer = await site.post("/api/v1/blocs", json: batch(site, [["id": .string(id)]]))
        #expect(answer.status == 401)
    }

    @Test func `a form works without script, twice the same changes nothing`() async throws {
        let site = try await TestSite()
        let fields = ["id": id, "base": "0", "manner": "observed", "text": "Un établi neuf.", "slot": site.cast.caen.slots[0]]
        for _ in 0..<2 { #expect(await site.post(notebook, fields, as: .ana).status == 303) }
        let count = try await site.site.database.read { try $0.count("SELECT count(*) FROM note_version") }
        #expect(count == 1)
    }

    @Test func `a withdrawn note comes back when its author undoes it`() async throws {
        let site = try await TestSite()
        _ = await send(site, ["id": .string(id), "text": .string("À retirer.")])
        _ = await site.post("\(notebook)/\(id)/retrait", as: .ana)
        #expect(!(await site.get(notebook, as: .ana).text.contains("id=\"note-\(id)\"")))
        _ = await site.post("\(notebook)/\(id)/retour", as: .ana)
        #expect(await site.get(notebook, as: .ana).text.contains("id=\"note-\(id)\""))
    }
}
