import Formats
import Testing

/// A table as an OpenDocument spreadsheet.
struct SpreadsheetTests {
    private func content(_ rows: [[String]]) throws -> String {
        let bytes = try Spreadsheet.write(
            "Liste : [essai]", header: ["Nom", "Valeur"], rows: rows, language: "fr", at: Instant(milliseconds: 1_800_000_000_000))
        let archive = try ReceivedArchive(bytes)
        #expect(archive.paths.first == "mimetype")
        return String(decoding: try #require(archive["content.xml"]), as: UTF8.self)
    }

    @Test func `numbers are numbers, days are days, codes and formulas are text`() throws {
        let xml = try content([["12", "3.5"], ["2026-04-14", "2026-02-30"], ["01", "12345678900011"], ["=1+1", "-3"]])
        #expect(xml.contains("office:value-type=\"float\" office:value=\"12\"") && xml.contains("office:value=\"3.5\""))
        #expect(xml.contains("office:date-value=\"2026-04-14\"") && !xml.contains("office:date-value=\"2026-02-30\""))
        #expect(!xml.contains("office:value=\"01\"") && !xml.contains("office:value=\"12345678900011\""))
        #expect(xml.contains("office:value-type=\"string\"><text:p>=1+1</text:p>") && !xml.contains("table:formula"))
    }

    @Test func `whatever was typed stays text`() throws {
        let xml = try content([["<script>&\"'", "a\u{0}\u{B}b\n\n c  d\te"]])
        #expect(xml.contains("<text:p>&lt;script&gt;&amp;&quot;&#39;</text:p>"))
        #expect(
            xml.contains(
                "<text:p>ab</text:p><text:p></text:p><text:p><text:s text:c=\"1\"/>c<text:s text:c=\"2\"/>d<text:tab/>e</text:p>"))
        #expect(xml.contains("table:name=\"Liste  essai\""))
    }
}
