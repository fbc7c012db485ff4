import Foundation

@testable import Database

/// A whole site as one text: every row of every table, in an order that is not the engine's. What was drawn at random
/// (identifiers, salts, secrets, and the hashes made of them) is replaced by the order in which it first appears.
enum SiteDump {
    static func text(of database: any Database) async throws -> String {
        let lines = try await database.read { reader in
            try reader.texts(reader.dialect.tables).filter { !$0.hasPrefix("search_words") }.sorted().flatMap { table in
                try reader.rows(statement(table)).map { "\(table)\t\(line($0))" }.map { (key($0), $0) }.sorted { $0 < $1 }.map(\.1)
            }
        }
        return numbered(lines.joined(separator: "\n"))
    }

    /// Documents of the search are numbered by the engine: they are known by their object here.
    private static func statement(_ table: String) -> SQL {
        switch table {
        case "search_document": "SELECT object_id, kind, programme_id, title, body, path, language, updated_at FROM search_document"
        case "search_facet": "SELECT object_id, facet, value FROM search_facet JOIN search_document ON search_document.number = search_facet.number"
        default: "SELECT * FROM \(SQL(text: table))"
        }
    }

    private static func line(_ row: Row) -> String {
        row.columns.names.sorted().map { "\($0)=\(row[$0])" }.joined(separator: "\t")
    }

    private static let secrets = [
        "\\b[0-9a-f]{32,64}\\b", "\\$argon2id\\$[^\"]+", "(?<=[/\"])[A-Za-z0-9_-]{43}\\b", "blob\\(\\[[0-9, ]{60,}\\]\\)",
    ]

    /// A line without what was drawn: of an identifier, the moment and the rank stay.
    private static func key(_ line: String) -> String {
        var key = line
        for (pattern, kept) in [
            ("([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3})-[0-9a-f]{4}-[0-9a-f]{12}", "$1"),
            ("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", ""), (secrets.joined(separator: "|"), ""),
        ] {
            key = key.replacingOccurrences(of: pattern, with: kept, options: .regularExpression)
        }
        return key
    }

    private static func numbered(_ text: String) -> String {
        let drawn = (["[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"] + secrets).joined(separator: "|")
        var names: [String: Int] = [:]
        var result = ""
        var end = text.startIndex
        for match in try! NSRegularExpression(pattern: drawn).matches(in: text, range: NSRange(text.startIndex..., in: text)) {
            guard let range = Range(match.range, in: text) else { continue }
            let name = names[String(text[range])] ?? names.count
            names[String(text[range])] = name
            result += text[end..<range.lowerBound] + "#\(name)"
            end = range.upperBound
        }
        return result + text[end...]
    }
}
