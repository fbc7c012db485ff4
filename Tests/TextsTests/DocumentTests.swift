import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct DocumentTests {
    /// The document that somebody takes away, edited as a person would: its words replaced in its parts.
    private func edited(_ response: Response, _ kind: OfficeFile.Kind, _ changes: [(String, String)]) throws -> UploadedFile {
        let part = kind == .word ? "word/document.xml" : "content.xml"
        let archive = try ReceivedArchive(response.body)
        var copy = ZipArchive()
        for path in archive.paths {
            let bytes = archive[path] ?? []
            let words = changes.reduce(String(decoding: bytes, as: UTF8.self)) { $0.replacing($1.0, with: $1.1) }
            copy.add(path, path == part ? Array(words.utf8) : bytes, stored: path == "mimetype")
        }
        return UploadedFile(name: "Synthèse de Caen.\(kind.rawValue)", bytes: try copy.bytes(at: Instant(milliseconds: 1_772_000_000_000)))
    }

    private func hidden(_ page: String, _ name: String) -> String {
        guard let start = page.firstRange(of: "name=\"\(name)\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private let body = "Un *premier* paragraphe.\n\n* une puce\n* une autre[^a]\n\n| A | B |\n|:--|--:|\n| 1 | 2 |\n\n[^a]: Une note.\n"

    @Test(arguments: OfficeFile.Kind.allCases)
    func `a text leaves, is edited, and comes back as a revision with its difference`(_ kind: OfficeFile.Kind) async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        _ = try await test.write(body, in: id)
        let out = await test.get("/textes/\(id)/document.\(kind.rawValue)", as: .nadia)
        #expect(out.status == 200 && out.header("content-type") == kind.type)
        #expect(out.header("content-disposition")?.hasPrefix("attachment; filename=\"") == true)
        let file = try edited(out, kind, [("paragraphe", "alinéa")])
        let sent = await test.post("/textes/\(id)/document", [:], files: ["document": file], as: .nadia)
        #expect(sent.status == 303 && sent.header("location") == "/textes/\(id)/document")
        // Left, and found again from the page of the text.
        #expect(await test.get("/textes/\(id)", as: .nadia).text.contains("attend que vous le relisiez"))
        #expect(await !test.get("/textes/\(id)", as: .iris).text.contains("attend que vous le relisiez"))
        let preview = await test.get("/textes/\(id)/document", as: .nadia).text
        #expect(preview.contains("alinéa") && preview.contains("<ins>") && preview.contains("Le document ne change rien à cette partie."))
        let head = try await test.head(id)
        let taken = ["act": "save", "head": hidden(preview, "head"), "take-support_structure": "1"]
        #expect(await test.post("/textes/\(id)/document/reprise", taken, as: .nadia).status == 303)
        let new = try await test.head(id)
        #expect(new.number == head.number + 1 && new.summary.contains("Synthèse de Caen"))
        #expect(new.section("support_structure")?.body == body.replacing("paragraphe", with: "alinéa"))
        #expect(new.sections.dropFirst() == head.sections.dropFirst())
        #expect(await test.get("/textes/\(id)/document", as: .nadia).text.contains("Voir ce qui changerait"))
        #expect(try await test.traces(id).last == "text.revised")
    }

    @Test func `what somebody saved since is put together, never overwritten`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        _ = try await test.write("Premier.\n\nDeuxième.\n\nTroisième.", in: id)
        let out = await test.get("/textes/\(id)/document.docx", as: .nadia)
        _ = try await test.write("Premier.\n\nDeuxième.\n\nTroisième, revu.", in: id, as: .iris)
        let file = try edited(out, .word, [("Premier", "Tout premier")])
        _ = await test.post("/textes/\(id)/document", [:], files: ["document": file], as: .nadia)
        let preview = await test.get("/textes/\(id)/document", as: .nadia).text
        #expect(preview.contains("Les deux changements ne se touchent pas") && preview.contains("Tout premier.\n\nDeuxième.\n\nTroisième, revu."))
        // Saved again meanwhile: the preview comes back.
        _ = try await test.write("Premier.\n\nDeuxième bis.\n\nTroisième, revu.", in: id, as: .iris)
        let late = ["act": "save", "head": hidden(preview, "head"), "take-support_structure": "1", "merged-support_structure": "x"]
        let again = await test.post("/textes/\(id)/document/reprise", late, as: .nadia)
        #expect(again.status == 422 && again.text.contains("pendant que vous relisiez"))
        let current = await test.get("/textes/\(id)/document", as: .nadia).text
        let merged = "Tout premier.\n\nDeuxième bis.\n\nTroisième, revu."
        #expect(current.contains(merged))
        let saved = ["act": "save", "head": hidden(current, "head"), "take-support_structure": "1", "merged-support_structure": merged]
        #expect(await test.post("/textes/\(id)/document/reprise", saved, as: .nadia).status == 303)
        #expect(try await test.head(id).section("support_structure")?.body == merged)
    }

    @Test func `a host brings a document behind a private link, and nobody else sees it`() async throws {
        let test = try await TestSite()
        let id = await test.open(.sheet)
        _ = await test.post("/textes/\(id)/liens", ["person": test.cast[.yann]], as: .nadia)
        let link = try await test.link(to: .yann, "/fiche")
        #expect(await test.get(link).text.contains("Reprendre un document Word ou OpenDocument"))
        let blocks: [Prose.Block] = [
            .line(.title, [.text("Notre structure")]), .paragraph([.text("Avant tout.")]), .heading(2, [.text("1. L’écosystème de la structure")]),
            .paragraph([.text("Nous sommes là.")]), .heading(3, [.text("Qui")]), .paragraph([.text("Nous.")]), .heading(2, [.text("Annexe")]), .paragraph([.text("Le reste.")]),
        ]
        let bytes = try OfficePaper(title: "", language: "fr", blocks: blocks).file(.word, at: test.site.now())
        _ = await test.post("\(link)/document", [:], files: ["document": UploadedFile(name: "fiche.docx", bytes: bytes)])
        var preview = await test.get("\(link)/document").text
        #expect(preview.contains("Ce qui précède le premier titre") && preview.contains("Où va «\u{A0}Annexe\u{A0}»") && preview.contains("Notre structure"))
        let places = await test.post("\(link)/document/reprise", ["act": "place", "place-0": "", "place-2": "ecosystem"])
        #expect(places.status == 303)
        preview = await test.get("\(link)/document").text
        #expect(preview.contains("Le reste."))
        let saved = await test.post("\(link)/document/reprise", ["act": "save", "head": hidden(preview, "head"), "take-ecosystem": "1"])
        #expect(saved.status == 303)
        let head = try await test.head(id)
        #expect(head.authorId == test.cast[.yann])
        #expect(head.section("ecosystem")?.body == "Nous sommes là.\n\n# Qui\n\nNous.\n\n# Annexe\n\nLe reste.")
        #expect(await test.get("/textes/\(id)/document", as: .ana).status == 403)
        #expect(await test.get("\(link)/document.odt").status == 200)
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `an image of the text leaves with it and is the same file when it comes back`(_ kind: OfficeFile.Kind) async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        let added = await test.post(
            "/textes/\(id)/sections/support_structure/fichiers", TestImage.said.merging(["caption": "Le plan"]) { $1 }, files: ["file": TestImage.file()],
            as: .nadia, headers: ["accept": "application/json"])
        let image = try #require(try JSONValue.parse(added.body)["markdown"]?.string)
        let old = "Avant.\n\n\(image)\n"
        _ = try await test.write(old, in: id)
        let out = await test.get("/textes/\(id)/document.\(kind.rawValue)", as: .nadia)
        let file = try edited(out, kind, [("Avant", "Bien avant")])
        _ = await test.post("/textes/\(id)/document", [:], files: ["document": file], as: .nadia)
        let preview = await test.get("/textes/\(id)/document", as: .nadia).text
        #expect(preview.contains("Bien avant") && !preview.contains("alternative-0"))
        let taken = ["act": "save", "head": hidden(preview, "head"), "take-support_structure": "1"]
        #expect(await test.post("/textes/\(id)/document/reprise", taken, as: .nadia).status == 303)
        #expect(try await test.head(id).section("support_structure")?.body == "Bien avant.\n\n\(image)\n")
        #expect(try await test.site.database.read { try $0.count("SELECT count(*) FROM attachment") } == 1)
    }

    /// A Word document made elsewhere: a photograph with where it was made, a drawing that is none, one that is elsewhere.
    private func illustrated() throws -> UploadedFile {
        let written =
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////////////////////"
            + "//////////////wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
        let plain = [UInt8](try #require(Data(base64Encoded: written)))
        let exif = Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 0] + Array("GPS 48.8566N SECRETPLACE".utf8)
        let photograph = [0xff, 0xd8, 0xff, 0xe1, 0, UInt8(exif.count + 2)] + exif + plain.dropFirst(2)
        func drawing(_ id: String, _ said: String) -> String {
            """
            <w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="\(said)"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>\
            <a:blip \(id)/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
            """
        }
        let office = "http://schemas.openxmlformats.org"
        let spaces = [
            "w": "wordprocessingml/2006/main", "r": "officeDocument/2006/relationships", "a": "drawingml/2006/main",
            "pic": "drawingml/2006/picture", "wp": "drawingml/2006/wordprocessingDrawing",
        ].map { "xmlns:\($0)=\"\(office)/\($1)\"" }.joined(separator: " ")
        let body = "<w:p><w:r><w:t>Notre lieu.</w:t></w:r></w:p>" + drawing("r:embed=\"a\"", "") + drawing("r:embed=\"b\"", "Un schéma") + drawing("r:link=\"c\"", "Ailleurs")
        var archive = ZipArchive()
        archive.add("[Content_Types].xml", "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>")
        archive.add("word/document.xml", "<w:document \(spaces)><w:body>\(body)</w:body></w:document>")
        let links = [("a", "media/a.jpeg"), ("b", "media/b.png"), ("c", "https://exemple.org/c.png")].map { "<Relationship Id=\"\($0)\" Target=\"\($1)\"/>" }
        archive.add("word/_rels/document.xml.rels", "<Relationships>\(links.joined())</Relationships>")
        archive.add("word/media/a.jpeg", photograph)
        archive.add("word/media/b.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + Array("rien".utf8))
        return UploadedFile(name: "lieu.docx", bytes: try archive.bytes(at: Instant(milliseconds: 1_772_000_000_000)))
    }

    @Test func `an image that comes with a document is described, kept without where it was made; the others are named`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        #expect(await test.post("/textes/\(id)/document", [:], files: ["document": try illustrated()], as: .nadia).status == 303)
        let preview = await test.get("/textes/\(id)/document", as: .nadia).text
        for words in ["Décrivez cette image", "Un schéma\u{a0}», n’est pas reprise\u{a0}: elle est abîmée", "Ailleurs\u{a0}», n’est pas reprise\u{a0}: elle n’est pas dans le document"] {
            #expect(preview.contains(words), "\(words)")
        }
        let everything = FileManager.default.enumerator(at: test.folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        #expect(everything.allSatisfy { (try? Data(contentsOf: $0))?.range(of: Data("SECRETPLACE".utf8)) == nil })
        let file = try #require(try await test.site.database.read { try $0.text("SELECT id FROM attachment") })
        #expect(await test.get("/fichiers/\(file)", as: .nadia).status == 200)
        #expect(await test.get("/fichiers/\(file)", as: .iris).status == 404)
        let key = try #require(preview.firstMatch(of: /name="place-0"/) != nil ? "place-0" : nil)
        _ = await test.post("/textes/\(id)/document/reprise", ["act": "place", key: "support_structure", "alternative-0": "Le jardin [nord]"], as: .nadia)
        let placed = await test.get("/textes/\(id)/document", as: .nadia).text
        #expect(placed.contains("value=\"Le jardin [nord]\""))
        var saved = ["act": "save", "head": hidden(placed, "head"), "take-support_structure": "1", "alternative-0": ""]
        let refused = await test.post("/textes/\(id)/document/reprise", saved, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("id=\"alternative-0-error\"") && refused.text.contains("id=\"people-0-error\""))
        saved.merge(["alternative-0": "Le jardin [nord]", "people-0": "pending"]) { $1 }
        #expect(await test.post("/textes/\(id)/document/reprise", saved, as: .nadia).status == 303)
        #expect(try await test.head(id).section("support_structure")?.body == "Notre lieu.\n\n![Le jardin \\[nord\\]](/fichiers/\(file))")
        #expect(await test.get("/fichiers/\(file)", as: .iris).status == 200)
        let kept = try await test.site.database.read { try AttachmentQueries.one(file, $0) }
        #expect(kept?.people == .pending && kept?.alternative == "Le jardin [nord]")
    }

    @Test func `a file that is refused says why, and changes nothing`() async throws {
        let test = try await TestSite()
        let id = await test.open(.synthesis)
        for (bytes, sentence) in [
            (Array("%PDF-1.7".utf8), "ni un document Word"), ([0xD0, 0xCF, 0x11, 0xE0], "ancien format .doc"), (Array("PK\u{3}\u{4}x".utf8), "abîmé"),
        ] {
            let answer = await test.post("/textes/\(id)/document", [:], files: ["document": UploadedFile(name: "x.docx", bytes: bytes)], as: .nadia)
            #expect(answer.status == 422 && answer.text.contains(sentence))
        }
        #expect(await test.post("/textes/\(id)/document", [:], as: .nadia).status == 422)
        #expect(try await test.site.database.read { try $0.count("SELECT count(*) FROM text_document") } == 0)
    }

    @Test func `a document is left aside, and the text has not changed`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let out = await test.get("/textes/\(id)/document.odt", as: .nadia)
        _ = await test.post("/textes/\(id)/document", [:], files: ["document": try edited(out, .openDocument, [("ARDES", "ADRESS")])], as: .nadia)
        #expect(await test.get("/textes/\(id)/document", as: .nadia).text.contains("ADRESS"))
        #expect(await test.post("/textes/\(id)/document/abandon", as: .nadia).status == 303)
        #expect(try await test.head(id).section("support_structure")?.body == "L’ARDES accompagne depuis longtemps.")
        #expect(await test.post("/textes/\(id)/document/reprise", ["act": "save"], as: .nadia).status == 422)
    }

    @Test func `headings are told apart by their words, whatever their number and their level`() {
        let sections = [Section(key: "a", title: "La structure d’appui", body: ""), Section(key: "b", title: "L’initiative", body: "")]
        let sorting = DocumentSorting(sections: sections, passage: ProsePassage(site: ""))
        let parts = sorting.parts([
            .heading(1, [.text("Synthèse")]), .heading(2, [.text("II – Structure d'appui")]), .paragraph([.text("un")]), .heading(3, [.text("Détail")]),
            .paragraph([.text("deux")]), .heading(2, [.text("INITIATIVE")]), .paragraph([.text("trois")]),
        ])
        #expect(parts.map(\.place) == [nil, "a", "b"])
        #expect(parts.map(\.body) == ["", "un\n\n# Détail\n\ndeux", "trois"])
    }
}
