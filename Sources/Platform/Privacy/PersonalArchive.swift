import Database
import Formats

/// What the site holds about one person, as they take it away: a ZIP with one JSON file, a table for each part, their files.
struct PersonalArchive {
    let personId: String
    let request: Request
    private var words: Words { request.words }

    private struct Part {
        let part: PersonalPart
        let rows: [Row]
        let files: [(hash: String, name: String)]
    }

    init(of personId: String, _ request: Request) {
        self.personId = personId
        self.request = request
    }

    /// - Throws: `ZipProblem`
    func bytes() async throws -> [UInt8] {
        let (id, all) = (personId, request.site.features.flatMap(\.personal.parts))
        let parts = try await request.site.database.read { reader in
            try all.map { part in
                let files = try part.files.map { try reader.rows($0(id)) } ?? []
                return Part(
                    part: part, rows: try reader.rows(part.rows(id)),
                    files: files.compactMap { row in row.text("hash").map { ($0, row.text("name") ?? "") } })
            }
        }
        return try await Blocking.run { Result { try zip(parts) } }.get()
    }

    private func zip(_ parts: [Part]) throws -> [UInt8] {
        var archive = ZipArchive()
        let kept = parts.flatMap(\.files).enumerated().compactMap { index, file in
            request.site.files.content(file.hash).map { (name: Self.name(index + 1, file.name), bytes: $0) }
        }
        for language in Language.allCases { archive.add(language == .french ? "LISEZ-MOI.txt" : "README.txt", readme(parts, kept.map(\.name), language)) }
        archive.add("donnees.json", CanonicalJSON.encode(json(parts)) + "\n")
        for part in parts where !part.rows.isEmpty {
            let header = part.rows[0].names
            let rows = part.rows.map { row in header.map { shown(row[$0], $0) } }
            archive.add(
                "tableaux/\(file(part.part)).csv", CSV.write(header: header, rows: rows, flavour: request.language == .french ? .frenchExcel : .open))
        }
        for file in kept { archive.add("fichiers/\(file.name)", file.bytes, stored: true) }
        return try archive.bytes(at: request.now)
    }

    private func json(_ parts: [Part]) -> JSONValue {
        let tables = parts.map { part -> (String, JSONValue) in
            (file(part.part), .array(part.rows.map { row in .object(Dictionary(uniqueKeysWithValues: row.names.map { ($0, value(row[$0], $0)) })) }))
        }
        return .object([
            "site": .string(request.site.configuration.publicURL), "made_at": .string(request.now.rfc3339),
            "data": .object(Dictionary(uniqueKeysWithValues: tables)),
        ])
    }

    private func readme(_ parts: [Part], _ files: [String], _ language: Language) -> String {
        let words = request.site.words(language)
        let lines = parts.map { part in
            let title = words("\(part.part.key).title")
            let place = part.rows.isEmpty ? words("platform.data.readme.nothing") : "tableaux/\(file(part.part)).csv"
            return "\(title) — \(place)\n  \(words("\(part.part.key).about"))"
        }
        return
            ([
                words("platform.data.readme.title", ["site": request.site.configuration.siteName, "day": request.now.day()]), words("platform.data.readme.text"),
                lines.joined(separator: "\n\n"), words("platform.data.readme.files", ["n": files.count]), words("platform.data.readme.others"),
                words("platform.data.readme.rights", ["link": request.site.configuration.link(PrivacyPages.path)]),
            ]).joined(separator: "\n\n") + "\n"
    }

    /// The name of a part's files, in French whoever asks: the same from one archive to the next.
    private func file(_ part: PersonalPart) -> String { French.slug(request.site.words(.french)("\(part.key).title")) }

    /// A moment as a date, anything else as it is.
    private func value(_ value: SQLValue, _ column: String) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let number) where Self.isMoment(column): .string(Instant(milliseconds: number).rfc3339)
        case .integer(let number): .int(number)
        case .real(let number): .double(number)
        case .text(let text): .string(text)
        case .blob: .null
        }
    }

    private func shown(_ raw: SQLValue, _ column: String) -> String {
        let value = value(raw, column)
        return value.string ?? value.int.map { "\($0)" } ?? value.double.map { "\($0)" } ?? ""
    }

    private static func isMoment(_ column: String) -> Bool { column.hasSuffix("_at") || ["at", "since", "until"].contains(column) }

    /// A name that no system refuses: a number, then letters and figures.
    private static func name(_ number: Int, _ name: String) -> String {
        let ending = name.split(separator: ".").last.map { ".\($0.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })" } ?? ""
        return "\(number)-\(French.slug(String(name.prefix { $0 != "." })))\(name.contains(".") ? ending : "")"
    }
}
