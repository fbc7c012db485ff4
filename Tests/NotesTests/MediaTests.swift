import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// Photographs and sounds arrive in pieces, in any number of tries, once each, with who agreed to be on them.
@Suite struct MediaTests {
    private let notes = "/programmes/essai/visites/caen/notes"
    private let block = "0190a0f0-1111-4222-8333-444455556666"

    private func json(_ response: Response) throws -> JSONValue { try JSONValue.parse(response.body) }

    private func written() async throws -> TestSite {
        let test = try await TestSite()
        _ = await test.post(notes, ["id": block, "base": "0", "sequence": "1", "text": "Un atelier.", "manner": "observed"], as: .ana)
        return test
    }

    private func announce(
        _ test: TestSite, _ bytes: [UInt8], hash: String? = nil, _ details: [String: JSONValue] = [:], as name: Cast.Name = .ana
    ) async -> Response {
        let said: [String: JSONValue] = [
            "protocol": .int(1), "visit": .string(test.cast.caen.visit), "block": .string(block), "size": .int(Int64(bytes.count)),
            "kind": .string("photo"), "name": .string("IMG_1.JPG"), "alternative": .string("Un dessin"), "people": .string("none"),
        ]
        return await test.post("/api/v1/medias/\(hash ?? Secrets.sha256(bytes))", json: .object(said.merging(details) { $1 }), as: name)
    }

    private func piece(_ test: TestSite, _ bytes: ArraySlice<UInt8>, of whole: [UInt8], as name: Cast.Name = .ana) async -> Response {
        await test.post(
            "/api/v1/medias/\(Secrets.sha256(whole))/morceaux", query: [("debut", String(bytes.startIndex))], bytes: Array(bytes), as: name)
    }

    private func sound(_ more: String = "") -> [UInt8] { [0x1a, 0x45, 0xdf, 0xa3] + Array("webm A_OPUS \(more)".utf8) + (0..<5_000).map { UInt8($0 % 251) } }

    @Test func `a photograph arrives in pieces, lost and doubled, and is there once`() async throws {
        let test = try await written()
        let bytes = TestImage.png(width: 300, height: 200)
        #expect(try json(await announce(test, bytes))["outcome"]?.string == "wanted")
        let (first, second) = (bytes.count / 3, bytes.count * 2 / 3)
        #expect(try json(await piece(test, bytes[0..<second], of: bytes))["received"]?.int == second)
        #expect(try json(await piece(test, bytes[0..<first], of: bytes))["received"]?.int == second, "a piece sent again")
        #expect(try json(await announce(test, bytes))["received"]?.int == second, "where it was left")
        #expect(try json(await piece(test, bytes[first...], of: bytes))["received"]?.int == bytes.count, "a piece that overlaps")
        for _ in 0..<2 { #expect(try json(await announce(test, bytes))["outcome"]?.string == "saved") }
        let count = try await test.site.database.read { try $0.count("SELECT count(*) FROM attachment") }
        #expect(count == 1)
        #expect(await test.get(notes, as: .ana).text.contains("alt=\"Un dessin\""))
        #expect(await !test.get(notes, as: .bo).text.contains("alt=\"Un dessin\""))
    }

    @Test func `a piece that comes too early waits, and other bytes than those announced start anew`() async throws {
        let test = try await written()
        let bytes = TestImage.png()
        _ = await announce(test, bytes)
        #expect(try json(await piece(test, bytes[10...], of: bytes))["received"]?.int == 0)
        let other = [UInt8](repeating: 7, count: bytes.count)
        _ = await piece(test, other[...], of: bytes)
        let answer = try json(await announce(test, bytes))
        #expect(answer["outcome"]?.string == "wanted" && answer["received"]?.int == 0)
    }

    @Test func `what is not said of it is refused before a byte is sent`() async throws {
        let test = try await written()
        for details: [String: JSONValue] in [
            ["alternative": .string("")], ["people": .string("")], ["people": .string("agreed")], ["size": .int(40 << 20)], ["size": .int(0)],
            ["kind": .string("sound"), "people": .string("")],
        ] {
            let answer = try json(await announce(test, TestImage.png(), details))
            #expect(answer["outcome"]?.string == "refused" && answer["message"]?.string?.isEmpty == false, "\(details)")
        }
        #expect(test.site.parts.received(Secrets.sha256(TestImage.png()), of: test.cast[.ana]) == nil)
    }

    @Test func `one that arrives before its note is told to wait, and one for others' notes as well: nothing says that they are there`() async throws {
        let test = try await TestSite()
        #expect(try json(await announce(test, TestImage.png()))["outcome"]?.string == "early")
        #expect(await announce(test, TestImage.png(), as: .stranger).status == 404)
        _ = await test.post(notes, ["id": block, "base": "0", "sequence": "1", "text": "À moi.", "manner": "observed"], as: .ana)
        let absent = try json(await announce(test, TestImage.png(), ["block": .string(block.replacing("0", with: "9"))], as: .bo))
        #expect(try json(await announce(test, TestImage.png(), as: .bo)) == absent && absent["outcome"]?.string == "early")
    }

    @Test func `a sound keeps who agreed to be heard, and has the readers of its note`() async throws {
        let test = try await written()
        let bytes = sound()
        let details: [String: JSONValue] = ["kind": .string("sound"), "people": .string("agreed"), "agreement": .string("Rose, le 3 mars, à l’oral")]
        _ = await announce(test, bytes, details)
        _ = await piece(test, bytes[...], of: bytes)
        #expect(try json(await announce(test, bytes, details))["outcome"]?.string == "saved")
        let page = await test.get(notes, as: .ana).text
        #expect(page.contains("<audio") && page.contains("Accord\u{A0}: Rose, le 3 mars"))
        let path = try #require(page.firstMatch(of: /<audio[^>]* src="([^"]+)"/)?.1)
        let file = await test.get(String(path), as: .ana)
        #expect(file.header("content-type") == "audio/webm" && file.header("content-disposition")?.hasPrefix("inline") == true)
        #expect(file.body == bytes)
        #expect(await test.get(String(path), as: .bo).status == 404)
        _ = await test.post("\(notes)/\(block)/partage", as: .ana)
        #expect(await test.get(String(path), as: .bo).status == 200)
    }

    @Test func `a film, a page, a sound that says where it was taken are no sounds`() async throws {
        let test = try await written()
        let located = Array("\0\0\0\u{18}ftypM4A hdlr soun ".utf8) + [0xa9] + Array("xyz+43.0+1.0/".utf8)
        for bytes in [sound("V_VP8"), Array("<html>".utf8), located, TestImage.png()] {
            let details: [String: JSONValue] = ["kind": .string("sound")]
            _ = await announce(test, bytes, details)
            _ = await piece(test, bytes[...], of: bytes)
            #expect(try json(await announce(test, bytes, details))["outcome"]?.string == "refused")
        }
    }

    @Test func `of the media acknowledged, those that the site has no more are told`() async throws {
        let test = try await written()
        let bytes = TestImage.png()
        _ = await announce(test, bytes)
        _ = await piece(test, bytes[...], of: bytes)
        _ = await announce(test, bytes)
        let asked = JSONValue.object(["protocol": .int(1), "media": .array([.array([.string(block), .string(Secrets.sha256(bytes))])])])
        func lost() async throws -> Int { try json(await test.post("/api/v1/telephone/recus", json: asked, as: .ana))["media"]?.array?.count ?? -1 }
        let none = try await lost()
        #expect(none == 0)
        try await test.site.database.write { try $0.run("DELETE FROM note_media") }
        let one = try await lost()
        #expect(one == 1)
    }
}
