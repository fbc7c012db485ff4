import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// One block at a time by the API: what is kept, what is kept beside, who may.
@Suite struct BlockResourceTests {
    private let blocks = "/api/v1/programmes/essai/visites/caen/blocs"
    private let name = "carnet-de-terrain-01"

    private func write(_ site: TestSite, _ text: String, _ name: String? = nil, as author: Cast.Name = .ana) async -> Response {
        await site.post(
            blocks,
            json: .object([
                "id": .string(name ?? self.name), "device": .string("essai"), "manner": .string("verbatim"),
                "speaker": .string("employee"), "text": .string(text),
            ]), as: author)
    }

    private func revise(_ site: TestSite, _ text: String, base: JSONValue, as author: Cast.Name = .ana) async -> Response {
        await site.post("/api/v1/blocs/\(name)", json: .object(["text": .string(text), "base": base]), as: author)
    }

    private func json(_ response: Response) throws -> JSONValue { try JSONValue.parse(response.body) }

    @Test func `an identifier that names a person or a thing is taken, and opens nobody's history`() async throws {
        let site = try await TestSite()
        try await site.site.amend(as: "account.passwordChanged", by: .site) { [person = site.cast[.nadia]] in try $0.trace("account", person) }
        for name in [site.cast[.nadia], site.cast.caen.visit, site.cast.programme] {
            let answer = await write(site, "Des mots.", name)
            #expect(answer.status == 422, "\(name)")
            #expect(try await site.site.database.read { try $0.count("SELECT COUNT(*) FROM note_block") } == 0)
        }
        for name in [Cast.Name.ana, .sam] { #expect(await site.get("/historique/\(site.cast[.nadia])", as: name).status == 404) }
    }

    @Test func `a block is made, read, and made again without being doubled`() async throws {
        let site = try await TestSite()
        #expect(await write(site, "Des mots.").status == 201)
        let again = await write(site, "Des mots.")
        #expect(again.status == 200)
        #expect(try json(again)["outcome"]?.string == "same")
        let block = try json(await site.get("/api/v1/blocs/\(name)", as: .ana))
        #expect(block["text"]?.string == "Des mots." && block["version"]?.int == 1)
    }

    @Test func `words written from the version shown take its place and keep the rest`() async throws {
        let site = try await TestSite()
        _ = await write(site, "Des mots.")
        let answer = await revise(site, "D’autres mots.", base: .string("1"))
        #expect(answer.status == 200)
        #expect(try json(answer)["version"]?.int == 2)
        let block = try json(await site.get("/api/v1/blocs/\(name)", as: .ana))
        #expect(block["text"]?.string == "D’autres mots.")
        #expect(block["speaker"]?.string == "employee" && block["manner"]?.string == "verbatim")
    }

    @Test func `of many written from one version, one takes its place, and all are kept`() async throws {
        let site = try await TestSite()
        _ = await write(site, "Le début.")
        let texts = (0..<6).map { "Version \($0)." }
        let statuses = await withTaskGroup(of: Int.self) { group in
            for text in texts { group.addTask { await revise(site, text, base: .int(1)).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 409, 409, 409, 409, 409])
        let versions = try json(await site.get("/api/v1/blocs/\(name)/versions", as: .ana)).array ?? []
        #expect(Set(versions.compactMap { $0["text"]?.string }) == Set(texts + ["Le début."]))
        // The one shown can be written over although others stand beside it.
        let shown = try json(await site.get("/api/v1/blocs/\(name)", as: .ana))["version"] ?? .null
        #expect(await revise(site, "La suite.", base: shown).status == 200)
        #expect(await revise(site, "La suite.", base: shown).status == 200)
    }

    @Test func `words from a version that nobody wrote are refused with a sentence`() async throws {
        let site = try await TestSite()
        _ = await write(site, "Des mots.")
        for base in [JSONValue.int(7), .null, .string("x")] {
            let answer = await revise(site, "Perdus ?", base: base)
            #expect(answer.status == 422)
            #expect(answer.text.contains("de quelle version"))
        }
    }

    @Test(arguments: [("court", 422), ("pas/un/nom", 422), ("afterslow", 201), ("0190A0F0_1111", 201), (String(repeating: "a", count: 65), 422)])
    func `a device names its blocks in a way that fits an address`(_ name: String, _ status: Int) async throws {
        let site = try await TestSite()
        #expect(await write(site, "Des mots.", name).status == status)
    }

    @Test func `a device finds the names of what it sent, and nobody else's`() async throws {
        let site = try await TestSite()
        _ = await write(site, "Les miens.")
        _ = await write(site, "Ceux de Bo.", "carnet-de-bo", as: .bo)
        #expect(await site.get("\(blocks)/recus?appareil=essai", as: .ana).text == "[\"\(name)\"]")
        #expect(await site.get("\(blocks)/recus?appareil=autre", as: .ana).text == "[]")
        #expect(await site.get("\(blocks)/recus", as: .bo).text == "[\"carnet-de-bo\"]")
        #expect(await site.get("\(blocks)/recus", as: .yann).status == 404)
    }

    @Test func `a block is its author's, and shared it is read as it became, never as it was`() async throws {
        let site = try await TestSite()
        _ = await write(site, "Un brouillon à moi.")
        _ = await revise(site, "Ce que je partage.", base: .int(1))
        for other in [Cast.Name.bo, .yann, .stranger] {
            #expect(await revise(site, "Pas à moi.", base: .int(2), as: other).status == 404)
            #expect(await site.get("/api/v1/blocs/\(name)/versions", as: other).status == 404)
        }
        #expect(await site.post("/programmes/essai/visites/caen/notes/\(name)/partage", as: .ana).status == 303)
        let read = await site.get("/api/v1/blocs/\(name)/versions", as: .bo).text
        #expect(read.contains("Ce que je partage.") && !read.contains("Un brouillon à moi."))
        #expect(await revise(site, "Pas à moi.", base: .int(2), as: .bo).status == 404)
        #expect(await write(site, "Pas à moi.", as: .bo).status == 422)
    }
}
