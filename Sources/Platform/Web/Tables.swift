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
        guard file != .ods else {
            let bytes = try Spreadsheet.write(name, header: header, rows: rows, language: request.language.rawValue, at: request.now)
            return .download(bytes, type: "application/vnd.oasis.opendocument.spreadsheet", name: "\(name).ods")
        }
        let csv = CSV.write(header: header, rows: rows, flavour: file == .excel ? .frenchExcel : .open)
        return .download(Array(csv.utf8), type: "text/csv; charset=utf-8", name: "\(name).csv")
    }
}

extension Request {
    /// The ways to take a list away, as it is filtered now.
    public func exports(_ path: String) -> Markup {
        let filters = query.without("page", "fait", "note", "langue", "format").pairs.filter { !$0.1.isEmpty }
        let links = TableFile.allCases.map { file -> Markup in
            "<a href=\"\(path)?\(URLForm.encode(filters + [("format", file.rawValue)]))\">\(words("platform.table.\(file.rawValue)"))</a> "
        }
        return "<p class=\"acts no-print\">\(words("platform.table.take")) \(links)</p>"
    }
}
