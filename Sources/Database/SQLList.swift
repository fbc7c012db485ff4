/// A long list of texts bound as one value: engines take some tens of thousands of values at most, prepare slowly what has
/// thousands, and keep a statement for each length of list.
struct SQLList {
    /// The longest list written value by value: what is short is planned best.
    static let most = 8
    /// In SQLite's words; see `PostgreSQLTranslation`.
    static let text = "(SELECT value FROM json_each(?))"

    /// The texts, as a JSON array.
    let json: String

    /// Nil for what is not all text.
    init?(_ values: [SQLValue]) {
        var json = "["
        for value in values {
            guard case .text(let text) = value else { return nil }
            if json.utf8.count > 1 { json += "," }
            json += "\""
            if text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
                text.unicodeScalars.forEach { json += Self.escaped($0) }
            } else {
                json += text
            }
            json += "\""
        }
        self.json = json + "]"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\0"..<" ": "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
        default: String(scalar)
        }
    }
}
