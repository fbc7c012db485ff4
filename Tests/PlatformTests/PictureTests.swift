import Formats
import Foundation
import TestSupport
import Testing

@testable import Platform

/// What comes from outside is known by its content, and of an image nothing is kept but its pixels.
@Suite struct PictureTests {
    private let test: TestSite

    init() async throws { test = try await TestSite() }

    private func receive(_ bytes: [UInt8], _ name: String = "image.jpg") async throws -> ReceivedFile {
        try await test.site.receive(UploadedFile(name: name, bytes: bytes), nil)
    }

    private func picture(_ bytes: [UInt8], _ name: String = "image.jpg") async throws -> Picture {
        guard case .picture(let picture) = try await receive(bytes, name).content else { throw FileRefusal.notAnImage }
        return picture
    }

    /// A JPEG as a phone makes it: on its side, with where and by whom in its EXIF.
    private func photograph() async throws -> [UInt8] {
        let plain = try await test.site.withWorkFolder { folder in
            try folder.write(TestImage.png(width: 2_000, height: 1_000), to: "drawing")
            try await LimitedProcess("vipsthumbnail", ["--size", "2000x2000", "-o", "\(folder.path)/made.jpg", "drawing"]).run(in: folder)
            return folder.read("made.jpg") ?? []
        }
        let place = "48.8566N 2.3522E SECRETPLACE\0"
        var tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 2]
        // Orientation 6: turned a quarter to the right.
        tiff += [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
        tiff += [0x01, 0x0e, 0, 2, 0, 0, 0, UInt8(place.utf8.count), 0, 0, 0, 38] + [0, 0, 0, 0] + Array(place.utf8)
        let exif = Array("Exif\0\0".utf8) + tiff
        return [0xff, 0xd8, 0xff, 0xe1, UInt8((exif.count + 2) >> 8), UInt8((exif.count + 2) & 0xff)] + exif + plain.dropFirst(2)
    }

    @Test func `a photograph is turned upright, made smaller, and stripped of where and by whom`() async throws {
        let sent = try await photograph()
        #expect(String(decoding: sent, as: UTF8.self).contains("SECRETPLACE"))
        let made = try await picture(sent)
        #expect(made.large.width == 800 && made.large.height == 1_600, "\(made.large.width)×\(made.large.height)")
        #expect(made.small.width == 320 && made.small.height == 640)
        for rendition in [made.large, made.small] {
            let text = String(decoding: rendition.bytes, as: UTF8.self)
            #expect(!text.contains("SECRETPLACE") && !text.contains("Exif") && rendition.bytes.starts(with: [0xff, 0xd8]))
        }
    }

    @Test func `what was received is kept nowhere`() async throws {
        let sent = try await photograph()
        let received = try await receive(sent)
        let programme = test.cast.programme
        try await test.site.amend(as: "test.attached", by: .site) { change in
            _ = try change.attach(received, FileDetails(Fields([("alternative", "Un atelier"), ("people", "none")])), to: .text, "x", programme: programme)
        }
        let everything = FileManager.default.enumerator(at: test.folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let holding = everything.filter { (try? Data(contentsOf: $0))?.range(of: Data("SECRETPLACE".utf8)) != nil }
        #expect(holding.isEmpty && test.site.files.all().count == 2)
    }

    @Test func `a drawing that is see-through stays one`() async throws {
        let made = try await picture(TestImage.png(width: 900, height: 300, isOpaque: false))
        #expect(made.large.kind == .png && made.large.width == 900 && made.small.width == 640 && made.small.kind == .png)
    }

    @Test func `a small image is kept once`() async throws {
        let made = try await picture(TestImage.png())
        #expect(made.large.width == 40 && made.large.bytes == made.small.bytes)
    }

    @Test func `an image of too many pixels is refused before it is decoded`() async throws {
        var bomb = TestImage.png()
        bomb.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        await #expect(throws: FileRefusal.self) { try await receive(bomb) }
        let honest = PNGHeader.with(width: 30_000, height: 30_000)
        await #expect(throws: FileRefusal.tooManyPixels) { try await receive(honest) }
    }

    @Test func `an image that did not arrive whole is refused`() async throws {
        let whole = try await photograph()
        await #expect(throws: FileRefusal.unreadable) { try await receive(Array(whole.prefix(whole.count / 2))) }
        let drawing = TestImage.png(width: 300, height: 300)
        await #expect(throws: FileRefusal.unreadable) { try await receive(Array(drawing.prefix(drawing.count / 2))) }
        await #expect(throws: FileRefusal.unreadable) { try await receive([0xff, 0xd8, 0xff] + Array("pas une image".utf8)) }
    }

    @Test func `what hides behind an image does not come through`() async throws {
        let made = try await picture(try await photograph() + Array("<script>alert(1)</script>PK".utf8))
        for rendition in [made.large, made.small] { #expect(!String(decoding: rendition.bytes, as: UTF8.self).contains("<script")) }
    }

    @Test(arguments: [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "<!DOCTYPE html><script>alert(1)</script>",
        "\u{feff}\n <?xml version=\"1.0\"?><svg/>", "MZ\u{0}\u{0}", "PK\u{3}\u{4}",
    ])
    func `a page, a drawing with a script, a program are refused whatever they are called`(_ content: String) async throws {
        for name in ["image.png", "image.svg", "texte.txt", "note.pdf"] {
            await #expect(throws: FileRefusal.unknownKind) { try await receive(Array(content.utf8), name) }
        }
    }

    @Test func `documents are known by what is in them`() async throws {
        func archive(_ parts: [(String, String)]) throws -> [UInt8] {
            var archive = ZipArchive()
            for (path, text) in parts { archive.add(path, text, stored: path == "mimetype") }
            return try archive.bytes(at: test.site.now())
        }
        func kind(_ bytes: [UInt8], _ name: String = "x.exe") -> FileStore.Kind? { FileStore.documentKind(of: bytes, named: name) }
        let types = ("[Content_Types].xml", "<Types/>")
        #expect(kind(try archive([types, ("word/document.xml", "<w/>")])) == .docx)
        #expect(kind(try archive([types, ("xl/workbook.xml", "<w/>")])) == .xlsx)
        #expect(kind(try archive([("mimetype", FileStore.Kind.odt.rawValue), ("content.xml", "<o/>")])) == .odt)
        #expect(kind(try archive([("mimetype", FileStore.Kind.ods.rawValue), ("content.xml", "<o/>")])) == .ods)
        #expect(kind(try archive([types, ("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x")])) == nil)
        #expect(kind(try archive([("n.txt", "x")]), "n.docx") == nil)
        #expect(kind(Array("%PDF-1.7".utf8), "n.png") == .pdf)
        #expect(kind(Array("a;b\n1;2".utf8), "n.csv") == .csv && kind(Array("Bonjour".utf8), "n.html") == .text)
    }

    @Test func `a file too large is told so before anything is read`() async throws {
        await #expect(throws: FileRefusal.tooLarge) { try await receive([UInt8](repeating: 65, count: ReceivedFile.limit + 1), "a.txt") }
    }

    @Test func `a server without the tool says that it cannot receive images`() async throws {
        let tool = PictureTool(vips: "/nowhere/vips", header: "/nowhere/vipsheader")
        #expect(!tool.isThere && test.site.pictures.isThere)
        await #expect(throws: FileRefusal.noImages) {
            try await test.site.withWorkFolder { try await tool.picture(TestImage.png(), in: $0) }
        }
    }

    @Test func `what is said of an image is asked, and consistent`() {
        func refusals(_ fields: [(String, String)]) -> [FileRefusal] { FileDetails(Fields(fields)).refusals(isImage: true) }
        #expect(refusals([]) == [.undescribed, .unsaid])
        #expect(refusals([("alternative", "Un plan"), ("people", "none")]).isEmpty)
        #expect(refusals([("decorative", "1"), ("people", "pending")]).isEmpty)
        #expect(refusals([("decorative", "1"), ("alternative", "Un plan"), ("people", "none")]) == [.described])
        #expect(refusals([("alternative", "Un plan"), ("people", "agreed")]) == [.noAgreement])
        #expect(FileDetails(Fields()).refusals(isImage: false).isEmpty)
    }

    @Test func `sizes are said as people say them`() {
        let words = test.site.words(.french)
        #expect([900, 1_024, 1_258_291, 12 << 20, 2 << 30].map { words.size($0) } == ["900\u{a0}octets", "1\u{a0}Ko", "1,2\u{a0}Mo", "12\u{a0}Mo", "2\u{a0}Go"])
        #expect(test.site.words(.english).size(1_258_291) == "1.2\u{a0}MB")
    }
}

/// A PNG that says its size and holds almost nothing: small to send, enormous once decoded.
private enum PNGHeader {
    static func with(width: UInt32, height: UInt32) -> [UInt8] {
        func number(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xff) } }
        func sum(_ bytes: [UInt8]) -> UInt32 {
            bytes.reduce(UInt32.max) { sum, byte in
                (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
            } ^ .max
        }
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let body = Array(name.utf8) + content
            return number(UInt32(content.count)) + body + number(sum(body))
        }
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + chunk("IHDR", number(width) + number(height) + [8, 2, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]) + chunk("IEND", [])
    }
}
