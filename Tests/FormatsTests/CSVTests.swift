import Formats
import Testing

struct CSVTests {
    @Test func `each flavour has its marks`() {
        let rows = [["L'eau; \"vive\"", "1,5"], ["a,b\nc", " x "]]
        #expect(
            CSV.write(header: ["nom", "part"], rows: rows, flavour: .frenchExcel)
                == "\u{FEFF}nom;part\r\n\"L'eau; \"\"vive\"\"\";\"1,5\"\r\n\"a,b\nc\";\" x \"\r\n")
        #expect(CSV.write(header: ["nom"], rows: [["é"], [""]], flavour: .open) == "nom\r\né\r\n\r\n")
    }

    @Test(arguments: ["=1+1", "+33 6 12", "-x", "@a", "\tx", "\rx", "-1-1", "+", "-1,", "=cmd|' /C calc'!A0"])
    func `formulas are made harmless`(cell: String) {
        let written = CSV.write(header: [], rows: [[cell]], flavour: .open)
        #expect(written.hasPrefix("\r\n'") || written.hasPrefix("\r\n\"'"))
    }

    @Test(arguments: ["-12", "+3", "-1.5", "12,5", "a=b", "", "2026-04-14", "0612"])
    func `numbers and ordinary words stay`(cell: String) {
        #expect(CSV.write(header: [], rows: [[cell]], flavour: .open).contains("'") == false)
    }

    @Test func `a quote that carries an accent is still doubled`() {
        let written = CSV.write(header: ["a\"\u{301},b"], rows: [[String]](), flavour: .open)
        #expect(written.unicodeScalars.filter { $0 == "\"" }.count == 4)
    }
}
