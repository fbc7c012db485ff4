/// A workbook of several sheets as Office Open XML (`.xlsx`): every cell is text, so that no reader takes a code for a number.
public struct Workbook: Sendable, Equatable {
    public struct Sheet: Sendable, Equatable {
        public var name: String
        /// From the first one; cells from the first column, those missing at the end empty.
        public var rows: [[String]]

        public init(_ name: String, _ rows: [[String]]) {
            self.name = name
            self.rows = rows
        }
    }

    public static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    public var sheets: [Sheet]

    public init(_ sheets: [Sheet]) {
        self.sheets = sheets
    }

    public func sheet(_ name: String) -> Sheet? { sheets.first { $0.name.lowercased() == name } }

    /// The file, of that moment.
    /// - Throws: `ZipProblem`
    public func file(at moment: Instant) throws(ZipProblem) -> [UInt8] {
        var archive = ZipArchive()
        archive.add("[Content_Types].xml", types)
        archive.add("_rels/.rels", Self.relations(["officeDocument": "xl/workbook.xml"]))
        archive.add("xl/workbook.xml", workbook)
        var parts = ["styles": [(number: sheets.count + 1, path: "styles.xml")]]
        parts["worksheet"] = sheets.indices.map { (number: $0 + 1, path: "worksheets/sheet\($0 + 1).xml") }
        archive.add("xl/_rels/workbook.xml.rels", Self.relations(parts))
        archive.add("xl/styles.xml", Self.styles)
        for (index, sheet) in sheets.enumerated() { archive.add("xl/worksheets/sheet\(index + 1).xml", Self.worksheet(sheet)) }
        return try archive.bytes(at: moment)
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private var types: String {
        let parts = sheets.indices.map {
            "<Override PartName=\"/xl/worksheets/sheet\($0 + 1).xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        }
        return """
            \(Self.head)<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
            <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\(parts.joined())</Types>
            """
    }

    private var workbook: String {
        let parts = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(XMLText.escaped(sheet.name))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
        }
        return "\(Self.head)<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.links)\"><sheets>\(parts.joined())</sheets></workbook>"
    }

    private static func relations(_ parts: [String: [(number: Int, path: String)]]) -> String {
        let all = parts.sorted { $0.key < $1.key }.flatMap { kind, parts in
            parts.map { "<Relationship Id=\"rId\($0.number)\" Type=\"\(links)/\(kind)\" Target=\"\($0.path)\"/>" }
        }
        return "\(head)<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(all.joined())</Relationships>"
    }

    private static func relations(_ parts: [String: String]) -> String { relations(parts.mapValues { [(number: 1, path: $0)] }) }

    /// Two looks: text that wraps, and the same in bold for the first row.
    private static let styles = """
        \(head)<styleSheet xmlns="\(main)"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>\
        <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>\
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """

    private static func worksheet(_ sheet: Sheet) -> String {
        let width = max(1, sheet.rows.map(\.count).max() ?? 0)
        var xml = "\(head)<worksheet xmlns=\"\(main)\"><cols><col min=\"1\" max=\"\(width)\" width=\"28\" customWidth=\"1\"/></cols><sheetData>"
        for (index, row) in sheet.rows.enumerated() {
            xml += "<row r=\"\(index + 1)\">"
            for (place, text) in row.enumerated() where !text.isEmpty {
                xml += """
                    <c r="\(column(place))\(index + 1)" s="\(index == 0 ? 1 : 0)" t="inlineStr"><is><t xml:space="preserve">\(XMLText.escaped(text))</t></is></c>
                    """
            }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
    }

    /// `A` … `Z`, `AA`…
    static func column(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(65 + index % 26)))
        return index < 26 ? letter : column(index / 26 - 1) + letter
    }
}
