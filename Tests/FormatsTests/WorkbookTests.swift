import Formats
import Testing

/// Workbooks of several sheets, written and read back.
struct WorkbookTests {
    private let moment = Instant(milliseconds: 1_800_000_000_000)

    @Test func `what is written is read back, letter for letter`() throws {
        let book = Workbook([
            .init("survey", [["type", "name", "label"], ["text", "q-1", "  Deux  espaces & <balises> « été »\nà la ligne"], [], ["note", "", "=1+1"]]),
            .init("settings", [["form_id"], ["2026"]]),
        ])
        let read = try Workbook.read(book.file(at: moment))
        #expect(read.sheets.map(\.name) == ["survey", "settings"])
        #expect(read.sheet("survey")?.rows == book.sheets[0].rows)
        #expect(read.sheet("settings")?.rows == [["form_id"], ["2026"]])
    }

    @Test func `every cell is text, and the 27th column is AA`() throws {
        let book = Workbook([.init("a", [(1...28).map(String.init)])])
        let archive = try ReceivedArchive(book.file(at: moment))
        let xml = String(decoding: try #require(archive["xl/worksheets/sheet1.xml"]), as: UTF8.self)
        #expect(xml.contains("<c r=\"AB1\" s=\"1\" t=\"inlineStr\">") && !xml.contains("<v>"))
        #expect(try Workbook.read(book.file(at: moment)).sheets[0].rows[0].count == 28)
    }

    @Test func `shared strings, rich text, counts and prefixed names are read as they are shown`() throws {
        var archive = ZipArchive()
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.add(
            "xl/workbook.xml",
            """
            <x:workbook xmlns:x="\(main)" xmlns:rel="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets><x:sheet name="Survey" sheetId="1" rel:id="rId7"/></x:sheets></x:workbook>
            """)
        archive.add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="x" Target="/xl/feuille.xml"/></Relationships>
            """)
        archive.add("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\"><si><r><t>Qui </t></r><r><t>coopère</t></r></si></sst>")
        archive.add(
            "xl/feuille.xml",
            """
            <x:worksheet xmlns:x="\(main)"><x:sheetData><x:row r="2"><x:c r="C2" t="s"><x:v>0</x:v></x:c><x:c r="D2"><x:v>1.0</x:v></x:c></x:row></x:sheetData></x:worksheet>
            """)
        let book = try Workbook.read(archive.bytes(at: moment))
        #expect(book.sheet("survey")?.rows == [[], ["", "", "Qui coopère", "1"]])
    }

    @Test func `what is no workbook is refused with its reason`() throws {
        func problem(_ bytes: [UInt8]) -> OfficeFile.Problem? {
            do { _ = try Workbook.read(bytes) } catch { return error }
            return nil
        }
        #expect(problem(Array("type,name,label".utf8)) == .foreign)
        #expect(problem([0xD0, 0xCF, 0x11, 0xE0, 0, 0]) == .oldOrLocked)
        #expect(problem(Array("PK rien".utf8)) == .damaged)
        var other = ZipArchive()
        other.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored: true)
        #expect(problem(try other.bytes(at: moment)) == .foreign)
        var macros = ZipArchive()
        macros.add("xl/vbaProject.bin", "x")
        #expect(problem(try macros.bytes(at: moment)) == .macros)
        var bomb = ZipArchive()
        bomb.add("xl/workbook.xml", String(repeating: " ", count: 20 << 20))
        #expect(problem(try bomb.bytes(at: moment)) == .tooLarge)
    }
}
