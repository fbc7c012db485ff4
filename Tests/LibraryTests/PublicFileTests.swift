import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

/// The images of a publication are everybody's as long as it is open and whoever is on them agrees.
@Suite struct PublicFileTests {
    /// A published synthesis with one image, and the address of the image.
    private func published(_ details: [String: String]) async throws -> (scene: Scene, path: String, answer: Response) {
        let scene = try await Scene.make()
        let sent = await scene.test.post(
            "/textes/\(scene.text)/sections/initiative/fichiers", details, files: ["file": TestImage.file()], as: .nadia,
            headers: ["accept": "application/json"])
        let markdown = try #require(try JSONValue.parse(sent.body)["markdown"]?.string, "\(sent.text)")
        try await scene.revise("Un atelier de vélos.\n\n\(markdown)", isFormOnly: false)
        let text = scene.text
        try await scene.test.site.database.write { writer in
            try writer.run("UPDATE validation_request SET revision_id = (SELECT head_id FROM text WHERE id = \(text))")
        }
        try await scene.answerEnough()
        let start = try #require(markdown.firstRange(of: "/fichiers/")?.lowerBound)
        return (scene, String(markdown[start...].prefix(46)), await scene.publish())
    }

    /// What anybody takes away of it.
    private func taken(_ scene: Scene, _ kind: OfficeFile.Kind) async throws -> OfficeText {
        try OfficeText.read(OfficeFile(await scene.test.get("/ressources/colombelles-l-emploi-choisi/texte.\(kind.rawValue)").body))
    }

    /// How many papers the disk keeps.
    private func papers(_ scene: Scene) -> Int {
        let files = FileManager.default.enumerator(atPath: scene.test.site.configuration.data.appending(path: "papers").path)
        return (files?.compactMap { $0 as? String } ?? []).count { $0.hasSuffix(".pdf") }
    }

    @Test func `everybody sees it, and asks anew whether it is still there`() async throws {
        let (scene, path, answer) = try await published(TestImage.said)
        #expect(answer.status == 303, "\(answer.text)")
        let image = await scene.test.get(path)
        #expect(image.status == 200 && image.header("cache-control") == "public, no-cache" && image.header("etag") != nil)
        let page = await scene.test.get("/ressources/colombelles-l-emploi-choisi").text
        #expect(page.contains("<img src=\"\(path)\""), "\(page)")
        #expect(await scene.test.get("/ressources/colombelles-l-emploi-choisi/source.md").text.contains("](\(scene.test.site.configuration.link(path)))"))
        _ = await scene.test.post("\(scene.publication)/retrait", ["withdrawal": "Une erreur."], as: .nadia)
        #expect(await scene.test.get(path).status == 404)
        #expect(await scene.test.get(path, as: .nadia).status == 200)
    }

    @Test func `without the agreement of who is on it nothing is published; when it is taken back the image goes at once`() async throws {
        let (scene, path, refused) = try await published(["alternative": "Deux mécaniciens", "people": "pending"])
        #expect(refused.status == 422 && refused.text.contains("1 image montre des personnes reconnaissables"))
        let agreement = "/textes/\(scene.text)\(path)/accord"
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains("action=\"\(agreement)\""))
        #expect(await scene.test.post(agreement, as: .nadia).status == 422)
        #expect(await scene.test.post(agreement, ["agreement": "Écrit, le 3 mars."], as: .nadia).status == 303)
        #expect(await scene.publish().status == 303)
        #expect(await scene.test.get(path).status == 200)
        for kind in OfficeFile.Kind.allCases { #expect(try await taken(scene, kind).pictures.map(\.origin) == [path], "\(kind)") }
        #expect(await scene.test.get("/ressources/colombelles-l-emploi-choisi/texte.pdf").status == 200)
        #expect(papers(scene) == 1)
        _ = await scene.test.post(agreement, ["withdrawn": "1"], as: .nadia)
        #expect(await scene.test.get(path).status == 404)
        #expect(papers(scene) == 0, "nor does the disk keep a paper with it")
        for kind in OfficeFile.Kind.allCases {
            let text = try await taken(scene, kind)
            let words = ProseWriter.markdown(text.blocks)
            #expect(text.pictures.isEmpty && words.contains("Image retirée à la demande") && !words.contains("Deux mécaniciens"), "\(kind)")
        }
        let page = await scene.test.get("/ressources/colombelles-l-emploi-choisi").text
        #expect(!page.contains(path) && page.contains("Image retirée à la demande"))
        #expect(await scene.test.get(path, as: .nadia).status == 200)
    }
}
