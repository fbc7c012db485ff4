extension CSV {
    /// The rows of a table that a spreadsheet or a person wrote, each with the number of its first line; empty ones are left out. The
    /// separator (semicolon, comma or tab) is the first of these that the first line has, outside of quotes.
    package static func read(_ text: String) -> [(line: Int, cells: [String])] {
        var scalars = text.unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
        let separator = separator(scalars)
        var rows: [(line: Int, cells: [String])] = []
        var (line, start, cell, cells, isQuoted) = (1, 1, String.UnicodeScalarView(), [String](), false)
        func ended() -> [String] { (cells + [String(cell)]).map(CleanText.line) }
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"":
                cell.append(scalar)
                scalars = scalars.dropFirst()
            case "\"" where isQuoted || cell.allSatisfy({ $0 == " " }):
                isQuoted.toggle()
            case separator where !isQuoted:
                cells.append(String(cell))
                cell.removeAll()
            case "\r" where scalars.first == "\n": continue
            case "\n", "\r":
                line += 1
                guard !isQuoted else {
                    cell.append("\n")
                    continue
                }
                rows.append((start, ended()))
                (start, cells) = (line, [])
                cell.removeAll()
            default: cell.append(scalar)
            }
        }
        rows.append((start, ended()))
        return rows.filter { !$0.cells.allSatisfy(\.isEmpty) }
    }

    private static func separator(_ scalars: Substring.UnicodeScalarView) -> Unicode.Scalar {
        var isQuoted = false
        for scalar in scalars {
            if scalar == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if [";", ",", "\t"].contains(scalar) { return scalar }
            if scalar == "\n" || scalar == "\r" { break }
        }
        return ","
    }
}
