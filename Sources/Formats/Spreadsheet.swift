/// A table as an OpenDocument spreadsheet (ODF 1.3): numbers are numbers, days are days, nothing is a formula.
public enum Spreadsheet {
    /// - Parameter moment: when it is made.
    /// - Throws: `ZipProblem`
    public static func write(
        _ title: String, header: [String], rows: some Sequence<[String]>, language: String, at moment: Instant
    ) throws(ZipProblem) -> [UInt8] {
        var archive = ZipArchive()
        archive.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored: true)
        archive.add("META-INF/manifest.xml", manifest)
        archive.add("meta.xml", meta(title, language, moment))
        archive.add("styles.xml", styles(language))
        archive.add("content.xml", content(title, header, rows))
        return try archive.bytes(at: moment)
    }

    private static func content(_ title: String, _ header: [String], _ rows: some Sequence<[String]>) -> String {
        // A name of at most 31 characters, without those that spreadsheets keep for addresses.
        let name = String(title.filter { !"[]*?:/\\'".contains($0) }.prefix(31))
        var xml = """
            \(declaration)<office:document-content \(spaces)><office:automatic-styles>\
            <number:date-style style:name="day"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>\
            <style:style style:name="column" style:family="table-column"><style:table-column-properties style:column-width="4.5cm"/></style:style>\
            <style:style style:name="title" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>\
            <style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>\
            <style:style style:name="text" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>\
            </office:automatic-styles><office:body><office:spreadsheet><table:table table:name="\(XMLText.escaped(name.isEmpty ? "1" : name))">\
            <table:table-column table:style-name="column" table:number-columns-repeated="\(max(1, header.count))"/>\
            <table:table-header-rows>
            """
        append(header.map { "<table:table-cell table:style-name=\"title\" office:value-type=\"string\">\(paragraphs($0))</table:table-cell>" }, to: &xml)
        xml += "</table:table-header-rows>"
        for row in rows { append(row.map(cell), to: &xml) }
        return xml + "</table:table></office:spreadsheet></office:body></office:document-content>"
    }

    private static func append(_ cells: [String], to xml: inout String) {
        xml += "<table:table-row>"
        for cell in cells { xml += cell }
        xml += "</table:table-row>"
    }

    private static func cell(_ text: String) -> String {
        if text.isEmpty { return "<table:table-cell/>" }
        if isNumber(text) {
            return "<table:table-cell office:value-type=\"float\" office:value=\"\(text)\">\(paragraphs(text))</table:table-cell>"
        }
        if let day = Day(iso: text) {
            return """
                <table:table-cell table:style-name="date" office:value-type="date" office:date-value="\(day.iso)">\(paragraphs(text))</table:table-cell>
                """
        }
        return "<table:table-cell table:style-name=\"text\" office:value-type=\"string\">\(paragraphs(text))</table:table-cell>"
    }

    /// A count or a measure: no code (`01`, `2A`, fourteen figures) is one.
    private static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
            && parts[0].utf8.count <= 9 && (parts[0] == "0" || !parts[0].hasPrefix("0"))
    }

    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "<text:p>\(XMLText.spaced(String($0)))</text:p>" }.joined()
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    private static let spaces =
        ["office", "table", "text", "style", "meta", "manifest"]
        .map { "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\"" }.joined(separator: " ")
            + """
             xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"\
             xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"\
             xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
            """

    private static let manifest = """
        \(declaration)<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">\
        <manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>\
        <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>\
        <manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>\
        <manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>
        """

    private static func meta(_ title: String, _ language: String, _ moment: Instant) -> String {
        """
        \(declaration)<office:document-meta \(spaces)><office:meta><meta:generator>Essaim</meta:generator><dc:title>\(XMLText.escaped(title))</dc:title>\
        <dc:language>\(language)</dc:language><meta:creation-date>\(moment.rfc3339)</meta:creation-date></office:meta></office:document-meta>
        """
    }

    private static func styles(_ language: String) -> String {
        """
        \(declaration)<office:document-styles \(spaces)><office:styles><style:default-style style:family="table-cell">\
        <style:text-properties fo:language="\(language)" fo:country="\(language == "fr" ? "FR" : "GB")" fo:font-size="10pt"/></style:default-style>\
        </office:styles></office:document-styles>
        """
    }
}

/// Text inside XML: escaped, without what XML cannot hold.
enum XMLText {
    static func escaped(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where isAllowed(scalar) { clean.append(scalar) }
        var escaped = ""
        HTMLEscape.append(String(clean), to: &escaped)
        return escaped
    }

    /// The same in OpenDocument, where several spaces, or a tab, have a name.
    static func spaced(_ text: String) -> String {
        guard text.contains("  ") || text.contains("\t") || text.hasPrefix(" ") else { return escaped(text) }
        return escaped(text).replacing("\t", with: "<text:tab/>").replacing(/^ | {2,}/) { "<text:s text:c=\"\($0.output.count)\"/>" }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xa, 0xd, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
        default: false
        }
    }
}
