/// Tables for spreadsheets and for open data (RFC 4180).
public enum CSV {
    /// Who will open the file.
    public enum Flavour: Sendable {
        /// A French spreadsheet: UTF-8 with a byte order mark, semicolons, CRLF.
        case frenchExcel
        /// A program: UTF-8, commas, CRLF.
        case open
    }

    /// The whole file. Cells that a spreadsheet would take for a formula get a leading `'` in both flavours (OWASP, CSV
    /// injection), plain numbers excepted.
    public static func write(
        header: [String], rows: some Sequence<[String]>, flavour: Flavour
    ) -> String {
        let separator = flavour == .frenchExcel ? ";" : ","
        var file = flavour == .frenchExcel ? "\u{FEFF}" : ""
        append(header, separator: separator, to: &file)
        for row in rows { append(row, separator: separator, to: &file) }
        return file
    }

    private static func append(_ row: [String], separator: String, to file: inout String) {
        for (place, text) in row.enumerated() {
            if place > 0 { file += separator }
            file += quoted(isFormula(text) ? "'" + text : text)
        }
        file += "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [34, 44, 59, 10, 13, 9].contains($0) }
        guard needsQuotes || text.utf8.first == 32 || text.utf8.last == 32 else { return text }
        // By code point: a quote that carries an accent is still a quote.
        var quoted = "\"".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return String(quoted) + "\""
    }

    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return false }
        return !isPlainNumber(text)
    }

    /// A sign, figures, and figures after one point or comma.
    private static func isPlainNumber(_ text: String) -> Bool {
        let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        let parts = unsigned.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 46 || $0 == 44 }
        return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (48...57).contains($0) } }
    }
}
