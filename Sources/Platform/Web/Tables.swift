import Formats

/// In which file a list leaves.
enum TableFile: String, CaseIterable {
    /// OpenDocument, for LibreOffice and the others.
    case ods
    /// CSV as a French spreadsheet opens it.
    case excel
    /// CSV as programs read it, for open data.
    case open = "ouvert"

    /// The one that the address asks for (`?format=`), else the CSV of the person's language.
    init(_ request: Request) {
        self = request.query["format"].flatMap(TableFile.init) ?? (request.language == .french ? .excel : .open)
    }
}

extension Response {
    /// A list as a file, in the format that the address asks for.
    /// - Parameter name: of the file, without its ending.
    public static func table(header: [String], rows: some Sequence<[String]>, named name: String, _ request: Request) throws -> Response {
        let file = TableFile(request)
        guard file != .open else {
            return .download(Array(CSV.write(header: header, rows: rows, flavour: .open).utf8), type: "text/csv; charset=utf-8", name: "\(name).csv")
        }
        // People read the hour of their clocks; programs, that of the world.
        let rows = rows.map { $0.map(local) }
        guard file != .ods else {
            let bytes = try Spreadsheet.write(name, header: header, rows: rows, language: request.language.rawValue, at: request.now)
            return .download(bytes, type: "application/vnd.oasis.opendocument.spreadsheet", name: "\(name).ods")
        }
        let csv = CSV.write(header: header, rows: rows, flavour: .frenchExcel)
        return .download(Array(csv.utf8), type: "text/csv; charset=utf-8", name: "\(name).csv")
    }

    /// « 2026-04-14 11:00:08 » of a moment written as `Instant` writes it; anything else as it is.
    private static func local(_ cell: String) -> String {
        guard cell.utf8.count == 20, let parts = cell.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)Z/), let day = Day(iso: String(parts.1)),
            let hour = Int64(parts.2), let minute = Int64(parts.3)
        else { return cell }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + hour * 3_600 + minute * 60
        let (civil, minutes) = Instant(milliseconds: seconds * 1_000).civil()
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(civil.iso) \(two(minutes / 60)):\(two(minutes % 60)):\(parts.4)"
    }
}

extension Request {
    /// The mark of decimals in the file that the address asks for: programs read a dot, whatever the language.
    public var decimalMark: String { TableFile(self) != .open && language == .french ? "," : "." }

    /// The ways to take a list away, as it is filtered now.
    public func exports(_ path: String) -> Markup {
        let filters = query.without("page", "fait", "note", "langue", "format").pairs.filter { !$0.1.isEmpty }
        let links = TableFile.allCases.map { file -> Markup in
            "<a href=\"\(path)?\(URLForm.encode(filters + [("format", file.rawValue)]))\">\(words("platform.table.\(file.rawValue)"))</a> "
        }
        return "<p class=\"acts no-print\">\(words("platform.table.take")) \(links)</p>"
    }
}
