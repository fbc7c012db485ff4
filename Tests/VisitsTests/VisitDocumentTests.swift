import Formats
import Platform
import TestSupport
import Testing

/// The documents of a visit, each for those it is given to.
@Suite struct VisitDocumentTests {
    private let visit = "/programmes/essai/visites/caen"

    private func add(_ readers: String, to test: TestSite, as name: Cast.Name = .nadia) async -> Response {
        let file = UploadedFile(name: "programme.txt", bytes: Array("Neuf heures, \(readers).".utf8))
        return await test.post("\(visit)/documents", ["caption": "Le programme", "readers": readers], files: ["file": file], as: name)
    }

    private func address(_ test: TestSite) async throws -> String {
        let page = await test.get(visit, as: .nadia).text
        let start = try #require(page.firstRange(of: "href=\"/fichiers/")?.lowerBound)
        return String(page[start...].dropFirst(6).prefix { $0 != "\"" })
    }

    @Test(arguments: [
        ("group", [Cast.Name.ana, .nadia], [Cast.Name.yann, .maud, .paul, .stranger]),
        ("circle", [.ana, .nadia, .yann], [.maud, .paul, .stranger]),
        ("community", [.ana, .nadia, .yann, .maud], [.paul, .stranger]),
    ])
    func `a document is read by those it is given to`(_ readers: String, _ may: [Cast.Name], _ mayNot: [Cast.Name]) async throws {
        let test = try await TestSite()
        #expect(await add(readers, to: test).status == 303)
        let path = try await address(test)
        for name in may {
            #expect(await test.get(path, as: name).status == 200, "\(name)")
            #expect(await test.get(visit, as: name).text.contains("Le programme</a> <span class=\"meta\">(TXT, "), "\(name)")
        }
        for name in mayNot {
            #expect(await test.get(path, as: name).status == 404, "\(name)")
            #expect(await test.get(visit, as: name).text.contains("Le programme") == false, "\(name)")
        }
        #expect(await test.get(path).status == 404)
    }

    @Test func `only who prepares the visit adds, removes and puts back`() async throws {
        let test = try await TestSite()
        for name in [Cast.Name.ana, .yann] { #expect(await add("circle", to: test, as: name).status == 403) }
        #expect(await add("nobody", to: test).status == 422)
        _ = await add("circle", to: test)
        let path = try await address(test)
        let own = "\(visit)/documents/\(path.split(separator: "/").last ?? "")"
        #expect(await test.post("\(own)/retrait", as: .ana).status == 403)
        let gone = await test.post("\(own)/retrait", as: .nadia)
        #expect(await test.get(path, as: .nadia).status == 404)
        #expect(await test.get(gone.header("location") ?? "", as: .nadia).text.contains("\(own)/retour"))
        _ = await test.post("\(own)/retour", as: .nadia)
        #expect(await test.get(path, as: .ana).status == 200)
    }
}
