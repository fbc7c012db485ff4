import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct ReadingTests {
    @Test func `who may read and write what`() async throws {
        let test = try await TestSite()
        let sheet = await test.open(.sheet, as: .yann)
        let synthesis = try await test.synthesis()
        for (id, seen) in [
            (sheet, [Cast.Name.nadia, .iris, .ana, .yann]), (synthesis, [.nadia, .iris, .ana]),
        ] {
            for name in Cast.Name.allCases {
                let status = await test.get("/textes/\(id)", as: name).status
                let expected = seen.contains(name) || Cast.visitors.contains(name) ? 200 : 404
                #expect(status == expected, "\(name) \(id == sheet)")
            }
            #expect(await test.get("/textes/\(id)").status == 401)
        }
        #expect(await test.get("/textes/\(sheet)/sections/flagship/modifier", as: .yann).status == 200)
        #expect(await test.get("/textes/\(sheet)/sections/flagship/modifier", as: .ana).status == 403)
        #expect(await test.get("/textes/\(synthesis)/sections/initiative/modifier", as: .ana).status == 403)
        #expect(await test.get("/textes/\(synthesis)/sections/flagship/modifier", as: .nadia).status == 404)
        #expect(try await test.write("Non.", in: synthesis, as: .ana).status == 403)
        #expect(try await test.write("Non.", in: synthesis, as: .yann).status == 404)
        #expect(await test.post("/textes/\(synthesis)/envois", as: .nadia).status == 404)
    }

    @Test func `a revision of another text is not there`() async throws {
        let test = try await TestSite()
        let sheet = await test.open(.sheet)
        let synthesis = try await test.synthesis()
        let foreign = try await test.head(sheet).id
        #expect(await test.get("/textes/\(synthesis)/revisions/\(foreign)", as: .nadia).status == 404)
        #expect(try await test.write("Texte.", in: synthesis, from: foreign).status == 404)
        let head = try await test.head(synthesis).id
        #expect(await test.get("/textes/\(synthesis)/revisions/\(head)/comparer?avec=\(foreign)", as: .nadia).status == 404)
    }

    @Test func `the list shows what one may read, by kind`() async throws {
        let test = try await TestSite()
        let empty = await test.get("/programmes/essai/textes", as: .ana)
        #expect(empty.status == 200 && empty.text.contains("Aucun texte"))
        let sheet = await test.open(.sheet)
        let synthesis = try await test.synthesis()
        let all = await test.get("/programmes/essai/textes", as: .ana).text
        #expect(all.contains(sheet) && all.contains(synthesis) && all.contains("En cours d’écriture"))
        let some = await test.get("/programmes/essai/textes?genre=sheet", as: .ana).text
        #expect(some.contains(sheet) && !some.contains(synthesis))
        let host = await test.get("/programmes/essai/textes", as: .yann).text
        #expect(host.contains(sheet) && !host.contains(synthesis))
        #expect(!(await test.get("/programmes/essai/textes", as: .zoe).text.contains(sheet)))
    }

    @Test func `who does not see the visits is not sent there`() async throws {
        let test = try await TestSite()
        let (partner, visitor) = (await test.get("/programmes/essai/textes", as: .paul).text, await test.get("/programmes/essai/textes", as: .ana).text)
        #expect(await test.get("/programmes/essai/visites", as: .paul).status == 404)
        #expect(!partner.contains("Voir les visites") && partner.contains("que l’on vous ouvre"))
        #expect(visitor.contains("Voir les visites"))
        #expect(await !test.get("/a-faire", as: .paul).text.contains("les visites"))
    }

    @Test func `the list is filtered by words, sorted, and leaves as a file without what one may not read`() async throws {
        let test = try await TestSite()
        let sheet = await test.open(.sheet)
        let synthesis = try await test.synthesis()
        #expect(await test.post("/textes/\(synthesis)/titre", ["title": "Écouter Caen"], as: .nadia).status == 303)
        #expect(await test.post("/textes/\(sheet)/titre", ["title": "Zone franche"], as: .nadia).status == 303)
        func place(_ id: String, _ page: String) -> String.Index? { page.firstRange(of: "/textes/\(id)\"")?.lowerBound }
        let list = "/programmes/essai/textes"
        let byTitle = await test.get("\(list)?tri=title", as: .nadia).text
        #expect(try #require(place(synthesis, byTitle)) < #require(place(sheet, byTitle)))
        let oldest = await test.get("\(list)?tri=oldest", as: .nadia).text
        let latest = await test.get("\(list)?tri=latest", as: .nadia).text
        #expect(try (#require(place(sheet, oldest)) < #require(place(synthesis, oldest))) != (#require(place(sheet, latest)) < #require(place(synthesis, latest))))
        let found = await test.get("\(list)?titre=ecouter", as: .nadia).text
        #expect(place(synthesis, found) != nil && place(sheet, found) == nil)
        #expect(await test.get("\(list)?titre=introuvable", as: .nadia).text.contains("Aucun texte ne correspond"))
        let file = await test.get("\(list)/export?format=ouvert&titre=caen", as: .nadia).text
        let hash = try await test.head(synthesis).hash
        #expect(file.contains("Écouter Caen") && file.contains(hash))
        #expect(!(await test.get("\(list)/export?format=ouvert", as: .yann).text.contains("Écouter Caen")))
    }

    @Test func `the visit shows its texts to who may read them, and where they stand`() async throws {
        let test = try await TestSite()
        let before = await test.get(test.visit, as: .nadia).text
        #expect(before.contains("Écrire la synthèse") && before.contains("à écrire par ARDES"))
        let synthesis = try await test.synthesis()
        #expect(await test.get(test.visit, as: .nadia).text.contains("/textes/\(synthesis)"))
        #expect(!(await test.get(test.visit, as: .yann).text.contains("href=\"/textes/\(synthesis)\"")))
    }
}
