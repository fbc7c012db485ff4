import Database
import Formats
import Platform
import TestSupport
import Testing

/// The file that proves an answer reaches the disk with its answer, or not at all.
@Suite struct ProofFileTests {
    @Test func `a file sent with an answer that is refused is not kept`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let proof = UploadedFile(name: "preuve.txt", bytes: Array("Un secret.".utf8))
        let address = "/extraits/\(id)/accords"
        #expect(await scene.test.post(address, scene.answer(), files: ["file": proof], as: .ana).status == 403)
        #expect(await scene.test.post(address, scene.answer(["proof": ""]), files: ["file": proof], as: .nadia).status == 422)
        #expect(scene.test.site.files.all().isEmpty)
        _ = await scene.test.post(address, scene.answer(), files: ["file": proof], as: .nadia)
        #expect(scene.test.site.files.all().count == 1)
    }

    @Test func `a change that fails takes its new file with it, not one that was there`() async throws {
        let test = try await TestSite()
        let (old, new) = (UploadedFile(name: "a.txt", bytes: [65]), UploadedFile(name: "b.txt", bytes: [66]))
        try await test.site.amend(as: "test.kept", by: .site) { change in
            _ = try change.keep(old, .text, of: "x")
            change.leaveAsItIs()
        }
        await #expect(throws: NotFound.self) {
            try await test.site.amend(as: "test.kept", by: .site) { change in
                for file in [old, new] { _ = try change.keep(file, .text, of: "y") }
                throw NotFound()
            }
        }
        #expect(test.site.files.all().count == 1)
    }
}
