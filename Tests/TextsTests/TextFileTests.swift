import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Texts

/// Images and documents of a text: added with or without script, read by its readers alone, held by its hash.
@Suite struct TextFileTests {
    private let test: TestSite
    private let text: String

    init() async throws {
        test = try await TestSite()
        text = try await test.synthesis()
    }

    private var form: String { "/textes/\(text)/sections/support_structure/fichiers" }

    /// Sends a file as the script of the editor does; answers the Markdown that shows it.
    private func add(
        _ file: UploadedFile = TestImage.file(), _ more: [String: String] = [:], as name: Cast.Name = .nadia
    ) async throws -> String {
        let answer = await test.post(
            form, TestImage.said.merging(more) { $1 }, files: ["file": file], as: name, headers: ["accept": "application/json"])
        return try #require(try JSONValue.parse(answer.body)["markdown"]?.string, "\(answer.text)")
    }

    private func address(_ markdown: String) -> String {
        let start = markdown.firstRange(of: "/fichiers/")?.lowerBound ?? markdown.startIndex
        return String(markdown[start...].prefix(46))
    }

    @Test func `without script the image goes to the end of one's draft, with its words`() async throws {
        let fields = TestImage.said.merging(["caption": "Le plan \"du\" lieu", "credit": "Ana"]) { $1 }
        let answer = await test.post(form, fields, files: ["file": TestImage.file()], as: .nadia)
        #expect(answer.status == 303 && answer.header("location")?.hasSuffix("/modifier?fait=fileAdded") == true)
        let page = await test.get("/textes/\(text)/sections/support_structure/modifier", as: .nadia).text
        #expect(page.contains("L’ARDES accompagne") && page.contains("![Un dessin](/fichiers/") && page.contains("Le plan \\&quot;du\\&quot; lieu Crédit"))
    }

    @Test func `what was typed is kept when one leaves the editor to add a file`() async throws {
        let answer = try await test.write("Pas encore enregistré.", in: text, ["act": "file"])
        #expect(answer.header("location") == form)
        #expect(await test.get("/textes/\(text)/sections/support_structure/modifier", as: .nadia).text.contains("Pas encore enregistré."))
    }

    @Test func `a form refused says each thing that is missing and keeps what was typed`() async throws {
        let answer = await test.post(form, ["caption": "Ma légende"], files: ["file": TestImage.file()], as: .nadia)
        #expect(answer.status == 422 && answer.text.contains("value=\"Ma légende\""))
        for error in ["alternative-error", "people-error"] { #expect(answer.text.contains("id=\"\(error)\""), "\(error)") }
        let bad = UploadedFile(name: "photo.png", bytes: Array("<html>".utf8))
        let refused = await test.post(form, TestImage.said, files: ["file": bad], as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("id=\"file-error\""))
        let json = await test.post(form, TestImage.said, files: ["file": bad], as: .nadia, headers: ["accept": "application/json"])
        #expect(json.status == 422 && json.text.contains("\"error\""))
    }

    @Test func `it is shown as a figure with its sizes, its words and its legend`() async throws {
        let large = UploadedFile(name: "grand.png", bytes: TestImage.png(width: 1_800, height: 900))
        let markdown = try await add(large, ["caption": "Une légende"])
        _ = try await test.write("Avant.\n\n\(markdown)\n\nAprès.", in: text)
        let page = await test.get("/textes/\(text)", as: .nadia).text
        let path = address(markdown)
        #expect(page.contains("<figure class=\"image\"><img src=\"\(path)\" srcset=\"\(path)?largeur=640 640w, \(path) 1600w\""))
        #expect(page.contains("width=\"1600\" height=\"800\" alt=\"Un dessin\" loading=\"lazy\" decoding=\"async\"><figcaption>Une légende</figcaption></figure>"))
        #expect(!page.contains("<p><figure"))
    }

    @Test func `a document is a link that says what it is`() async throws {
        let markdown = try await add(UploadedFile(name: "Programme [final].pdf", bytes: Array("%PDF-1.7 deux jours".utf8)), ["people": ""])
        #expect(markdown == "[Programme \\[final\\].pdf](\(address(markdown)))")
        _ = try await test.write("Voir \(markdown).", in: text)
        #expect(await test.get("/textes/\(text)", as: .nadia).text.contains("</a> <span class=\"meta\">(PDF, 19\u{a0}octets)</span>"))
        let file = await test.get(address(markdown), as: .nadia)
        #expect(file.header("content-disposition") == "attachment; filename=\"programme-final.pdf\"" && file.header("content-type") == "application/pdf")
    }

    @Test func `until a revision shows it nobody else reads it, then the readers of the text do, and nobody more`() async throws {
        let markdown = try await add()
        let path = address(markdown)
        #expect(await test.get(path, as: .nadia).status == 200)
        for name in [Cast.Name.ana, .yann, .stranger] { #expect(await test.get(path, as: name).status == 404) }
        _ = try await test.write("Avant.\n\n\(markdown)", in: text)
        for name in [Cast.Name.ana, .bo] { #expect(await test.get(path, as: name).status == 200, "\(name)") }
        let missing = await test.get("/fichiers/\(Identifier.new(at: test.site.now()))")
        for name in [Cast.Name.stranger, .yann, .paul, .maud, .sam] {
            let answer = await test.get(path, as: name)
            #expect(answer.status == 404 && answer.header("etag") == nil, "\(name)")
        }
        let nobody = await test.get(path)
        #expect(nobody.status == missing.status && nobody.header("cache-control") == missing.header("cache-control"))
    }

    @Test func `it is given out so that a browser runs nothing of it and keeps nothing private`() async throws {
        let answer = await test.get(address(try await add()), as: .nadia)
        #expect(answer.header("x-content-type-options") == "nosniff" && answer.header("content-security-policy") == "default-src 'none'; sandbox")
        #expect(answer.header("content-disposition") == "inline" && answer.header("cache-control") == "private, no-store")
        #expect(answer.header("content-type") == "image/png" && answer.header("etag") == nil)
    }

    @Test func `an image of elsewhere, of another text or of nowhere is a link`() async throws {
        let other = await test.open(.sheet)
        let foreign = await test.post(
            "/textes/\(other)/sections/ecosystem/fichiers", TestImage.said, files: ["file": TestImage.file()], as: .nadia,
            headers: ["accept": "application/json"])
        let markdown = try #require(try JSONValue.parse(foreign.body)["markdown"]?.string)
        _ = try await test.write("\(markdown)\n\n![b](/compte)\n\n![c](/deconnexion)", in: text)
        let page = await test.get("/textes/\(text)", as: .nadia).text
        #expect(!page.contains("<img") && page.contains("href=\"\(address(markdown))\""))
        #expect(try await test.site.database.read { try $0.count("SELECT count(*) FROM revision_file") } == 0)
    }

    @Test func `the hash of a revision covers the bytes of its images`() async throws {
        let markdown = try await add()
        _ = try await test.write(markdown, in: text)
        let head = try await test.head(text)
        let files = try await test.site.database.read { try TextFiles.of(head.id, $0) }
        #expect(files.count == 1)
        func hash(_ files: [RevisionFile]) -> String {
            CanonicalForm.hash(title: head.title, language: .french, sections: head.sections, commitments: [:], files: files)
        }
        #expect(hash(files) == head.hash && hash([]) != head.hash && hash([RevisionFile(fileId: files[0].fileId, hash: "0")]) != head.hash)
        #expect(try await test.site.database.read { try TextChecks.problems($0) }.isEmpty)
        try await test.site.database.write { try $0.run("UPDATE revision_file SET hash = '0'") }
        #expect(try await test.site.database.read { try TextChecks.problems($0) }.count == 2)
    }

    @Test func `an image without words, that nobody said decorative, is not saved`() async throws {
        let path = address(try await add())
        #expect(try await test.write("![](\(path))", in: text).status == 422)
        let decorative = address(try await add(TestImage.file(), ["alternative": "", "decorative": "1"]))
        #expect(try await test.write("![](\(decorative))", in: text).status == 303)
    }

    @Test func `whoever holds the link of a sheet adds an image there and sees it`() async throws {
        let sheet = await test.open(.sheet)
        try await test.closeAccount(.yann)
        _ = await test.post("/textes/\(sheet)/liens", ["person": test.cast[.yann]], as: .nadia)
        let link = try await test.link(to: .yann, "/fiche")
        let answer = await test.post("\(link)/sections/ecosystem/fichiers", TestImage.said, files: ["file": TestImage.file()])
        #expect(answer.status == 303, "\(answer.text)")
        let draft = try await test.site.database.read { try $0.text("SELECT body FROM draft") ?? "" }
        let base = try await test.head(sheet).id
        _ = await test.post("\(link)/sections/ecosystem", ["body": draft, "base": base, "act": "revision"])
        let page = await test.get(link).text
        let path = address(draft)
        #expect(page.contains("<img src=\"\(link)\(path)\""))
        #expect(await test.get(link + path).status == 200)
        let other = address(try await add())
        #expect(await test.get(link + other).status == 404)
        #expect(await test.get(path).status == 404)
    }

    @Test func `a programme has the room that the configuration gives it`() async throws {
        let small = try await TestSite(quota: 1_000)
        let id = try await small.synthesis()
        let file = UploadedFile(name: "a.txt", bytes: [UInt8](repeating: 65, count: 600))
        let path = "/textes/\(id)/sections/support_structure/fichiers"
        #expect(await small.post(path, [:], files: ["file": file], as: .nadia).status == 303)
        let full = await small.post(path, ["caption": "Encore"], files: ["file": file], as: .nadia)
        #expect(full.status == 422 && full.text.contains("1\u{a0}000\u{a0}octets") || full.text.contains("1\u{202f}000\u{a0}octets"))
        #expect(small.site.files.all().count == 1)
    }

    @Test func `what no revision and no draft shows goes after a month, and a day later from the disk`() async throws {
        let (kept, lost) = (try await add(), try await add(UploadedFile(name: "b.txt", bytes: Array("Perdu".utf8))))
        _ = try await test.write(kept, in: text)
        try await test.site.sweepFiles()
        test.clock.move(to: Day(iso: "2026-03-20")!)
        #expect(try await test.site.sweepFiles() == 0)
        test.clock.move(to: Day(iso: "2026-04-10")!)
        #expect(try await test.site.sweepFiles() == 1)
        try await test.renewSessions()
        #expect(await test.get(address(lost), as: .nadia).status == 404)
        #expect(await test.get(address(kept), as: .nadia).status == 200)
        #expect(test.site.files.all().count == 2, "it stays for the backup that may be under way")
        let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -90_000)]
        for hash in test.site.files.all() {
            try FileManager.default.setAttributes(old, ofItemAtPath: test.folder.appending(path: "files/\(hash.prefix(2))/\(hash)").path)
        }
        try await test.site.sweepFiles()
        #expect(test.site.files.all().count == 1)
        #expect(await test.get(address(kept), as: .nadia).status == 200)
    }

    @Test func `a file that a draft names again is not taken out`() async throws {
        let markdown = try await add()
        try await test.site.sweepFiles()
        let base = try await test.head(text).id
        _ = await test.post("/textes/\(text)/sections/support_structure/brouillon", ["body": markdown, "base": base], as: .nadia)
        test.clock.move(to: Day(iso: "2026-05-10")!)
        #expect(try await test.site.sweepFiles() == 0)
    }
}
