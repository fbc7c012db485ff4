extension Workbook {
    /// The rows and cells that are read of a sheet; a form has a few hundred.
    private static let mostRows = 5_000
    private static let mostColumns = 200
    /// What a spreadsheet takes in one cell (ECMA-376, the limits of Excel).
    private static let mostLetters = 32_767

    /// Reads a workbook that came from outside: its texts, as they are shown; formulas give their last value.
    /// - Throws: `OfficeFile.Problem`
    public static func read(_ bytes: [UInt8]) throws(OfficeFile.Problem) -> Workbook {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldOrLocked }
        guard bytes.starts(with: [0x50, 0x4B]) else { throw .foreign }
        let parts: ReceivedArchive
        do { parts = try ReceivedArchive(bytes) } catch {
            switch error {
            case .encrypted: throw .locked
            case .tooLarge: throw .tooLarge
            case .notAnArchive, .unsafeName, .damaged, .cannotWrite: throw .damaged
            }
        }
        guard !parts.paths.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") }) else { throw .macros }
        guard let book = try tree("xl/workbook.xml", parts), let links = try tree("xl/_rels/workbook.xml.rels", parts) else { throw .foreign }
        let targets = Dictionary(
            links.all("Relationship").map { ($0["Id"] ?? "", path($0["Target"] ?? "")) }, uniquingKeysWith: { first, _ in first })
        let shared = try tree("xl/sharedStrings.xml", parts)?.children("si").map { short(words($0)) } ?? []
        var sheets: [Sheet] = []
        for sheet in book.descendants("sheet") {
            guard let id = sheet.attributes.first(where: { local($0.key) == "id" && $0.key.contains(":") })?.value, let target = targets[id],
                let content = try tree(target, parts)
            else { continue }
            sheets.append(Sheet(sheet["name"] ?? "", try rows(content, shared)))
        }
        return Workbook(sheets)
    }

    private static func tree(_ path: String, _ parts: ReceivedArchive) throws(OfficeFile.Problem) -> XMLTree? {
        guard let bytes = parts[path] else { return nil }
        do { return try XMLTree.read(bytes) } catch { throw error == .tooLarge ? .tooLarge : .damaged }
    }

    /// Targets are said from the folder of the workbook, or from the root.
    private static func path(_ target: String) -> String { target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)" }

    private static func rows(_ sheet: XMLTree, _ shared: [String]) throws(OfficeFile.Problem) -> [[String]] {
        var rows: [[String]] = []
        for row in sheet.descendants("row") {
            let number = row["r"].flatMap { Int($0) } ?? rows.count + 1
            guard number <= mostRows, number > 0 else { throw .tooLarge }
            while rows.count < number { rows.append([]) }
            for cell in row.children("c") {
                let place = cell["r"].flatMap(column(of:)) ?? rows[number - 1].count
                guard place < mostColumns else { continue }
                while rows[number - 1].count <= place { rows[number - 1].append("") }
                rows[number - 1][place] = short(value(cell, shared))
            }
        }
        return rows
    }

    /// The column of `AB12`.
    private static func column(of place: String) -> Int? {
        let letters = place.prefix { $0.isASCII && $0.isLetter }
        guard (1...3).contains(letters.count) else { return nil }
        return letters.uppercased().utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    }

    private static func value(_ cell: XMLTree, _ shared: [String]) -> String {
        let written = cell.children("v").first?.text ?? ""
        switch cell["t"] ?? "n" {
        case "s": return Int(written).flatMap { shared.indices.contains($0) ? shared[$0] : nil } ?? ""
        case "inlineStr": return cell.children("is").first.map(words) ?? ""
        // « 1.0 » is how some write a count.
        default: return written.hasSuffix(".0") ? String(written.dropLast(2)) : written
        }
    }

    /// One text may be said in thousands of cells: each is as long as it can be, and no longer.
    private static func short(_ text: String) -> String {
        text.utf8.count <= mostLetters ? text : String(text.unicodeScalars.prefix(mostLetters))
    }

    /// The words of a rich text, without the reading aids of East Asian scripts.
    private static func words(_ item: XMLTree) -> String {
        item.elements.map { element in
            switch local(element.name) {
            case "t": element.text
            case "r": element.children("t").map(\.text).joined()
            default: ""
            }
        }.joined()
    }
}

/// The part of a name after its prefix: workbooks are written with and without one.
private func local(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }

extension XMLTree {
    fileprivate func children(_ name: String) -> [XMLTree] { elements.filter { local($0.name) == name } }

    fileprivate func descendants(_ name: String) -> [XMLTree] {
        elements.flatMap { local($0.name) == name ? [$0] : $0.descendants(name) }
    }
}
