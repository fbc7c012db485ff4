import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// The notebook read as a document: nothing but what one may read, in the order asked for.
@Suite struct ReadingTests {
    private let notebook = "/programmes/essai/visites/caen/notes"
    private let ids = (0..<4).map { "0190a0f0-1111-4222-8333-44445555000\($0)" }

    private func write(
        _ site: TestSite, _ index: Int, _ text: String, _ more: [String: String] = [:], as name: Cast.Name = .ana, isShared: Bool = true
    )
        async
    {
        let fields = ["id": ids[index], "base": "0", "manner": "observed", "text": text].merging(more) { $1 }
        _ = await site.post(notebook, fields, as: name)
        if isShared { _ = await site.post("\(notebook)/\(ids[index])/partage", as: name) }
    }

    private func made() async throws -> TestSite {
        let site = try await TestSite()
        let cast = site.cast
        await write(site, 0, "LE-SOIR", ["slot": cast.caen.slots[3], "dimension": cast.dimensions["cooperation"] ?? ""], as: .bo)
        await write(site, 1, "LE-MATIN", ["slot": cast.caen.slots[0], "manner": "verbatim", "speaker": "employee"])
        await write(site, 2, "L-ATELIER", ["encounter": cast.caen.encounter, "dimension": cast.dimensions["accompagnement"] ?? ""], as: .chloe)
        await write(site, 3, "SECRET-DE-CARNET", isShared: false)
        return site
    }

    private func order(_ text: String) -> [String] {
        ["LE-SOIR", "LE-MATIN", "L-ATELIER", "SECRET-DE-CARNET"].compactMap { word in text.firstRange(of: word).map { (word, $0.lowerBound) } }
            .sorted { $0.1 < $1.1 }.map(\.0)
    }

    @Test func `notes read on a page in another language say which one they are in`() async throws {
        let site = try await made()
        for address in [notebook, "\(notebook)/lecture"] {
            #expect(await site.get("\(address)?langue=en", as: .ana).text.contains("<p class=\"words\" lang=\"fr\">"), "\(address)")
            #expect(await site.get(address, as: .ana).text.contains("<p class=\"words\">"), "\(address)")
        }
    }

    @Test func `the document goes by moment, encounter, dimension or author`() async throws {
        let site = try await made()
        for (asked, expected) in [
            ("temps", ["LE-MATIN", "L-ATELIER", "LE-SOIR"]), ("rencontre", ["L-ATELIER", "LE-MATIN", "LE-SOIR"]),
            ("dimension", ["L-ATELIER", "LE-SOIR", "LE-MATIN"]), ("auteur", ["LE-MATIN", "LE-SOIR", "L-ATELIER"]),
        ] {
            let page = await site.get("\(notebook)/lecture?ordre=\(asked)", as: .driss).text
            #expect(order(page) == expected, "\(asked)")
        }
        let page = await site.get("\(notebook)/lecture", as: .driss).text
        #expect(page.contains("«\u{A0}LE-MATIN\u{A0}»") && page.contains("3 notes.") && page.contains("<article class=\"notes-read\"><h2>"))
    }

    @Test func `notes that are not shared are in it for their author alone, when asked`() async throws {
        let site = try await made()
        for address in ["lecture", "lecture/document.md", "lecture/document.odt", "lecture/export", "lecture?ordre=auteur&miennes=1", "lecture/document.md?miennes=1"] {
            for name in [Cast.Name.bo, .nadia, .iris] {
                let answer = await site.get("\(notebook)/\(address)", as: name)
                #expect(answer.status == 200 && !answer.text.contains("SECRET-DE-CARNET"), "\(name) \(address)")
            }
        }
        #expect(!(await site.get("\(notebook)/lecture", as: .ana).text.contains("SECRET-DE-CARNET")))
        let own = await site.get("\(notebook)/lecture?miennes=1", as: .ana).text
        #expect(own.contains("SECRET-DE-CARNET") && own.contains("Contient aussi des notes que vous seul"))
        for name in [Cast.Name.yann, .zoe, .paul] { #expect(await site.get("\(notebook)/lecture", as: name).status == 404) }
    }

    @Test func `it leaves as OpenDocument, Markdown and a table, in its order`() async throws {
        let site = try await made()
        let markdown = await site.get("\(notebook)/lecture/document.md?ordre=temps", as: .driss)
        #expect(markdown.header("content-type") == "text/markdown; charset=utf-8")
        #expect(order(markdown.text) == ["LE-MATIN", "L-ATELIER", "LE-SOIR"])
        #expect(markdown.text.contains("> «\u{A0}LE-MATIN\u{A0}»") && markdown.text.contains("Pris par Driss"))
        let document = await site.get("\(notebook)/lecture/document.odt?ordre=auteur", as: .driss)
        #expect(document.header("content-type") == "application/vnd.oasis.opendocument.text")
        let read = try OfficeText.read(OfficeFile(document.body))
        let said = ProseWriter.markdown(read.blocks)
        #expect(order(said) == ["LE-MATIN", "LE-SOIR", "L-ATELIER"])
        let table = await site.get("\(notebook)/lecture/export?format=ouvert&ordre=rencontre", as: .driss)
        #expect(order(table.text) == ["L-ATELIER", "LE-MATIN", "LE-SOIR"] && table.text.contains("Atelier des salariés"))
    }

    @Test func `a meter tells which dimensions nobody touched`() async throws {
        let site = try await made()
        for page in ["lecture", "commune"] {
            let text = await site.get("\(notebook)/\(page)", as: .driss).text
            #expect(text.contains("Une dimension n’a aucune note partagée\u{A0}: Dimension participation."), "\(page)")
            #expect(text.contains("aucune note</span>") && text.contains("1 note, 1 personne"), "\(page)")
        }
        let meter = DimensionMeter([], dimensions: [("a", "A"), ("b", "B")])
        #expect(meter.untouched.map(\.name) == ["A", "B"])
    }

    @Test func `a long notebook is leafed through, and shown whole to print`() async throws {
        let site = try await TestSite()
        let blocks = (0..<60).map { index in
            JSONValue.object([
                "id": .string("0190a0f0-1111-4222-8333-4444555500\(index < 10 ? "0" : "")\(index)"), "sequence": .int(Int64(index)), "base": .int(0),
                "manner": .string("observed"), "text": .string("Note-\(index)."),
            ])
        }
        let batch = JSONValue.object([
            "protocol": .int(1), "visit": .string(site.cast.caen.visit), "device": .string("d"), "blocks": .array(blocks),
        ])
        #expect(await site.post("/api/v1/blocs", json: batch, as: .ana).status == 200)
        _ = await site.post("\(notebook)/partage", as: .ana)
        let first = await site.get("\(notebook)/lecture", as: .bo).text
        #expect(first.contains("Note-0.") && !first.contains("Note-55.") && first.contains("Page 1 sur 2"))
        #expect(await site.get("\(notebook)/lecture?page=2", as: .bo).text.contains("Note-55."))
        let whole = await site.get("\(notebook)/lecture?tout=1", as: .bo).text
        #expect(whole.contains("Note-0.") && whole.contains("Note-55."))
    }
}
