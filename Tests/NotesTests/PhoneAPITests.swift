import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// What a telephone asks the site: who is there, with which key, and whether its notes still are.
@Suite struct PhoneAPITests {
    private let hello = "/api/v1/telephone"
    private let id = "0190a0f0-1111-4222-8333-444455556666"

    private func json(_ response: Response) throws -> JSONValue { try JSONValue.parse(response.body) }

    private func send(_ test: TestSite, _ block: [String: JSONValue], author: String? = nil, as name: Cast.Name = .ana) async -> Response {
        let whole = ["id": .string(id), "base": .int(0), "manner": .string("observed"), "text": .string("Des mots.")].merging(block) { $1 }
        var batch: [String: JSONValue] = [
            "protocol": .int(1), "visit": .string(test.cast.caen.visit), "device": .string("a"), "blocks": .array([.object(whole)]),
        ]
        if let author { batch["author"] = .string(author) }
        return await test.post("/api/v1/blocs", json: .object(batch), as: name)
    }

    @Test func `the key is the person's, the same at each log-in, and nobody's without one`() async throws {
        let test = try await TestSite()
        let ana = try json(await test.get(hello, as: .ana))
        #expect(ana["state"]?.string == "open" && ana["person"]?.string == test.cast[.ana] && ana["key"]?.string?.utf8.count == 43)
        #expect(try json(await test.get(hello, as: .ana))["key"] == ana["key"])
        #expect(try json(await test.get(hello, as: .bo))["key"] != ana["key"])
        let nobody = try json(await test.get(hello))
        #expect(nobody["state"]?.string == "over" && nobody["key"] == nil && nobody["person"] == nil && nobody["token"] == nil)
        #expect(await test.get(hello, as: .ana).header("cache-control") == "no-store")
    }

    @Test func `a session that its owner ended is told from one that expired`() async throws {
        let test = try await TestSite()
        test.clock.advance(days: 8)
        #expect(try json(await test.get(hello, as: .ana))["state"]?.string == "over")
        try await test.renewSessions()
        _ = await test.post("/deconnexion", as: .ana)
        #expect(try json(await test.get(hello, as: .ana))["state"]?.string == "ended")
        #expect(try json(await test.get(hello, as: .bo))["state"]?.string == "open")
    }

    @Test func `dimensions come as a list in any order, or as the one that former telephones say`() async throws {
        let test = try await TestSite()
        let (first, second) = (test.cast.dimensions["cooperation"] ?? "", test.cast.dimensions["participation"] ?? "")
        func outcome(_ block: [String: JSONValue]) async throws -> String {
            let block = try json(await send(test, block))["blocks"]?.array?[0]
            return "\(block?["outcome"]?.string ?? "") \(block?["version"]?.int ?? 0)"
        }
        #expect(try await outcome(["dimension": .string(first)]) == "saved 1")
        // The same note from the same telephone, whose scripts were renewed meanwhile.
        #expect(try await outcome(["dimensions": .array([.string(first)])]) == "same 1")
        let both = [second, first].map { JSONValue.string($0) }
        #expect(try await outcome(["base": .int(1), "dimensions": .array(both)]) == "saved 2")
        #expect(try await outcome(["base": .int(1), "dimensions": .array(both.reversed() + [both[0]])]) == "same 2")
        let kept = try json(await test.get("/api/v1/blocs/\(id)", as: .ana))
        #expect(kept["dimensions"]?.array?.compactMap(\.string) == [first, second])
        // Words alone are changed: the dimensions of the version they were written from stay.
        _ = await test.post("/api/v1/blocs/\(id)", json: .object(["base": .int(2), "text": .string("D’autres mots.")]), as: .ana)
        let changed = try json(await test.get("/api/v1/blocs/\(id)", as: .ana))
        #expect(changed["version"]?.int == 3 && changed["dimensions"] == kept["dimensions"])
        _ = await test.post("/api/v1/blocs/\(id)", json: .object(["base": .int(3), "text": .string("Encore."), "dimension": .string(second)]), as: .ana)
        #expect(try json(await test.get("/api/v1/blocs/\(id)", as: .ana))["dimensions"]?.array?.compactMap(\.string) == [second])
    }

    @Test func `notes of one person are not taken under the name of another`() async throws {
        let test = try await TestSite()
        #expect(await send(test, [:], author: test.cast[.bo]).status == 422)
        #expect(await send(test, [:], author: test.cast[.ana]).status == 200)
    }

    @Test func `what the site acknowledged and has no more is told, with what it shows now`() async throws {
        let test = try await TestSite()
        let first = try json(await send(test, [:]))["blocks"]?[0]?["mark"]?.string ?? ""
        let second = try json(await send(test, ["base": .int(1), "text": .string("Plus loin.")]))["blocks"]?[0]?["mark"]?.string ?? ""
        #expect(first.count == 16 && first != second)
        func missing(_ mark: String, _ id: String, as name: Cast.Name = .ana) async throws -> [JSONValue] {
            let asked = JSONValue.object(["protocol": .int(1), "blocks": .array([.array([.string(id), .string(mark)])])])
            return try json(await test.post("\(hello)/recus", json: asked, as: name))["blocks"]?.array ?? []
        }
        let none = try await missing(first, id) + missing(second, id)
        #expect(none.isEmpty)
        let others = try await missing(second, id, as: .bo)
        #expect(others.count == 1, "others' notes are as if they were not there")
        try await test.site.database.write { writer in
            try writer.run("DELETE FROM note_version WHERE version = 2")
            try writer.run("UPDATE note_block SET version = 1")
        }
        let lost = try await missing(second, id)
        #expect(lost.count == 1 && lost[0]["version"]?.int == 1 && lost[0]["mark"]?.string == first)
        let unknown = try await missing(first, "0190a0f0-1111-4222-8333-444455559999")
        #expect(unknown.first?["version"]?.int == 0)
    }

    @Test func `a note written in the morning and sent in the evening is of the morning, whatever the clock of the telephone says`() async throws {
        let test = try await TestSite()
        let now = test.site.now().milliseconds
        _ = await send(test, ["age": .int(9 * 3_600_000)])
        _ = await send(test, ["id": .string("0190a0f0-1111-4222-8333-444455557777"), "age": .int(-5)])
        _ = await send(test, ["id": .string("0190a0f0-1111-4222-8333-444455558888"), "age": .int(900 * 86_400_000)])
        let times = try await test.site.database.read { reader in
            try reader.texts("SELECT CAST(created_at AS TEXT) FROM note_block ORDER BY id").compactMap { Int64($0) }
        }
        #expect(abs(now - 9 * 3_600_000 - times[0]) < 60_000)
        #expect(abs(now - times[1]) < 60_000)
        #expect(abs(now - 60 * 86_400_000 - times[2]) < 60_000, "no note is older than two months")
    }

    @Test func `the page kept on the telephone holds nobody's notes, and is the visiting group's`() async throws {
        let test = try await TestSite()
        _ = await send(test, ["text": .string("MOTS-D-ANA")])
        let shell = await test.get("/programmes/essai/visites/caen/notes/hors-ligne", as: .ana)
        #expect(shell.status == 200 && shell.text.contains("data-notebook-offline") && !shell.text.contains("MOTS-D-ANA"))
        let policy = shell.header("content-security-policy") ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'") && policy.contains("manifest-src 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(await test.get("/programmes/essai/visites/caen/notes/hors-ligne", as: .yann).status == 404)
    }

    @Test func `the worker rules notebooks only, is asked anew each time, and the manifest opens this notebook`() async throws {
        let test = try await TestSite()
        let worker = await test.get("/carnet.js")
        #expect(worker.header("service-worker-allowed") == "/programmes/" && worker.header("cache-control") == "no-cache")
        #expect(worker.header("content-type")?.hasPrefix("text/javascript") == true && worker.text.contains("registration.scope"))
        let manifest = try json(await test.get("/programmes/essai/visites/caen/notes/manifeste", as: .ana))
        let path = "/programmes/essai/visites/caen/notes"
        #expect(manifest["start_url"]?.string == path && manifest["scope"]?.string == path && manifest["display"]?.string == "standalone")
        let page = await test.get(path, as: .ana)
        #expect(page.text.contains("rel=\"manifest\" href=\"\(path)/manifeste\""))
        #expect(page.header("permissions-policy") == "camera=(), geolocation=(self), microphone=(self)")
        #expect(await test.get("/a-faire", as: .ana).header("permissions-policy") == "camera=(), geolocation=(), microphone=()")
    }
}
