import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// A right withdrawn while a telephone had no network loses nothing of its owner's.
@Suite struct ApartNotesTests {
    private let notes = "/programmes/essai/visites/caen/notes"
    private let id = "0190a0f0-1111-4222-8333-444455556666"

    private func send(_ test: TestSite, _ text: String, as name: Cast.Name) async -> Response {
        await test.post(
            "/api/v1/blocs",
            json: .object([
                "protocol": .int(1), "visit": .string(test.cast.caen.visit), "device": .string("a"),
                "blocks": .array([.object(["id": .string(id), "base": .int(0), "manner": .string("observed"), "text": .string(text)])]),
            ]), as: name)
    }

    private func left(_ test: TestSite, _ name: Cast.Name) async throws {
        try await test.site.amend(as: "test.left", by: .site) { change in
            for scope in [test.cast.caen.delegation, test.cast.caen.circle] {
                try change.leave(test.cast[name], scope: scope, as: .visitor)
            }
            try change.trace("visit", test.cast.caen.visit)
        }
    }

    @Test func `what arrives after its author left the group is kept for them alone, and never goes to the group`() async throws {
        let test = try await TestSite()
        try await left(test, .chloe)
        let answer = await send(test, "MOTS-TARDIFS", as: .chloe)
        #expect(answer.status == 200 && answer.text.contains("\"apart\":true") && answer.text.contains("\"saved\""))
        #expect(await send(test, "MOTS-TARDIFS", as: .chloe).text.contains("\"same\""))
        let page = await test.get("/compte/notes-a-part", as: .chloe)
        #expect(page.status == 200 && page.text.contains("MOTS-TARDIFS"))
        #expect(await test.get("/compte/notes-a-part/export?format=csv", as: .chloe).text.contains("MOTS-TARDIFS"))
        #expect(await test.post("\(notes)/\(id)/partage", as: .chloe).status == 422)
        _ = await test.post("\(notes)/partage", as: .chloe)
        for name in Cast.Name.allCases where name != .chloe {
            #expect(await !test.get(notes, as: name).text.contains("MOTS-TARDIFS"), "\(name)")
            #expect(await !test.get("/compte/notes-a-part", as: name).text.contains("MOTS-TARDIFS"), "\(name)")
        }
    }

    @Test func `who never was of the group brings nothing to it`() async throws {
        let test = try await TestSite()
        for name in [Cast.Name.yann, .paul, .stranger, .sam] { #expect(await send(test, "Non.", as: name).status == 404, "\(name)") }
    }

    @Test func `who comes back to the group may share what arrived meanwhile`() async throws {
        let test = try await TestSite()
        try await left(test, .chloe)
        _ = await send(test, "MOTS-TARDIFS", as: .chloe)
        try await test.site.amend(as: "test.came", by: .site) { change in
            try change.join(test.cast[.chloe], scope: test.cast.caen.delegation, as: .visitor)
            try change.trace("visit", test.cast.caen.visit)
        }
        #expect(await test.post("\(notes)/\(id)/partage", as: .chloe).status == 303)
        #expect(await test.get(notes, as: .bo).text.contains("MOTS-TARDIFS"))
    }
}
