import Formats
import Platform
import TestSupport
import Testing

/// The photographs of a note have its readers, and come back when they were taken away by mistake.
@Suite struct NotePhotoTests {
    private let visit = "/programmes/essai/visites/caen"
    private let block = "0190a0f0-1111-4222-8333-444455556666"

    private func written() async throws -> TestSite {
        let test = try await TestSite()
        _ = await test.post(
            "\(visit)/notes", ["id": block, "base": "0", "sequence": "1", "text": "Un atelier.", "manner": "observed"], as: .ana)
        return test
    }

    private func photo(_ test: TestSite, _ fields: [String: String] = TestImage.said, as name: Cast.Name = .ana) async -> Response {
        await test.post("\(visit)/notes/\(block)/photos", fields, files: ["file": TestImage.file("IMG_1.JPG")], as: name)
    }

    private func address(_ test: TestSite) async throws -> String {
        let page = await test.get("\(visit)/notes", as: .ana).text
        let start = try #require(page.firstRange(of: "<img src=\"")?.upperBound)
        return String(page[start...].prefix { $0 != "\"" })
    }

    @Test func `a photo of a private note is private, and opens with the note`() async throws {
        let test = try await written()
        #expect(await photo(test).status == 303)
        let path = try await address(test)
        #expect(await test.get(path, as: .ana).status == 200)
        for name in [Cast.Name.bo, .nadia, .yann, .sam] { #expect(await test.get(path, as: name).status == 404, "\(name)") }
        _ = await test.post("\(visit)/notes/\(block)/partage", as: .ana)
        #expect(await test.get(path, as: .bo).status == 200)
        for name in [Cast.Name.yann, .stranger] { #expect(await test.get(path, as: name).status == 404, "\(name)") }
        _ = await test.post("\(visit)/notes/\(block)/retrait", as: .ana)
        #expect(await test.get(path, as: .bo).status == 404)
    }

    @Test func `only the author adds one, an image, with its words and who is on it`() async throws {
        let test = try await written()
        #expect(await photo(test, as: .bo).status == 404)
        #expect(await photo(test, [:]).status == 422)
        let text = UploadedFile(name: "a.jpg", bytes: Array("Bonjour".utf8))
        #expect(await test.post("\(visit)/notes/\(block)/photos", TestImage.said, files: ["file": text], as: .ana).status == 422)
        #expect(await photo(test, ["alternative": "Deux personnes", "people": "pending"]).status == 303)
        #expect(await test.get("\(visit)/notes", as: .ana).text.contains("Personnes reconnaissables"))
    }

    @Test func `a photo taken away comes back until it is erased`() async throws {
        let test = try await written()
        _ = await photo(test)
        let path = try await address(test)
        let own = "\(visit)/notes/\(block)/photos/\(path.split(separator: "/").last ?? "")"
        #expect(await test.post("\(own)/retrait", as: .bo).status == 404)
        let answer = await test.post("\(own)/retrait", as: .ana)
        #expect(await test.get(path, as: .ana).status == 404)
        #expect(await test.get(answer.header("location") ?? "", as: .ana).text.contains("\(own)/retour"))
        _ = await test.post("\(own)/retour", as: .ana)
        #expect(await test.get(path, as: .ana).status == 200)
        _ = await test.post("\(own)/retrait", as: .ana)
        test.clock.move(to: Day(iso: "2026-04-10")!)
        #expect(try await test.site.sweepFiles() == 1)
    }
}
