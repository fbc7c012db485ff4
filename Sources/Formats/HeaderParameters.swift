/// The `name=value` pairs that follow the first word of a header (RFC 9110 §5.6.6).
enum HeaderParameters {
    /// The pairs of `form-data; name="a"; filename="b.odt"`, names in lower case, quotes removed; the first of two
    /// wins.
    static func read(_ header: String) -> [String: String] {
        var parameters: [String: String] = [:]
        for piece in pieces(of: header).dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = CleanText.line(String(piece[..<equals])).lowercased()
            let value = unquoted(CleanText.line(String(piece[piece.index(after: equals)...])))
            if !name.isEmpty, parameters[name] == nil { parameters[name] = value }
        }
        return parameters
    }

    /// The header cut at the semicolons that stand outside quotes.
    private static func pieces(of header: String) -> [String] {
        var pieces = [""]
        var inQuotes = false
        var escaped = false
        for character in header {
            if character == ";", !inQuotes {
                pieces.append("")
                continue
            }
            if character == "\"", !escaped { inQuotes.toggle() }
            escaped = character == "\\" && inQuotes && !escaped
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        return String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"")
    }
}
