/// The one way to write a JSON value, so that its hash means something (RFC 8785, JSON Canonicalization Scheme).
public enum CanonicalJSON {
    /// The value without spaces, keys ordered by UTF-16 code units, the shortest escapes and numbers.
    /// Texts are written as they are: normalise them first (NFC). A number that is not finite is written `null`.
    public static func encode(_ value: JSONValue) -> String {
        var json = ""
        append(value, to: &json)
        return json
    }

    private static func append(_ value: JSONValue, to json: inout String) {
        switch value {
        case .null: json += "null"
        case .bool(let value): json += value ? "true" : "false"
        case .int(let number): json += String(number)
        case .double(let number): json += ECMAScriptNumber.text(of: number)
        case .string(let text): append(text, to: &json)
        case .array(let items):
            json += "["
            for (place, item) in items.enumerated() {
                if place > 0 { json += "," }
                append(item, to: &json)
            }
            json += "]"
        case .object(let members):
            json += "{"
            let keys = members.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (place, key) in keys.enumerated() {
                if place > 0 { json += "," }
                append(key, to: &json)
                json += ":"
                append(members[key] ?? .null, to: &json)
            }
            json += "}"
        }
    }

    private static func append(_ text: String, to json: inout String) {
        json += "\""
        var start = text.startIndex
        for index in text.utf8.indices {
            guard let escape = escape(of: text.utf8[index]) else { continue }
            json += text[start..<index]
            json += escape
            start = text.utf8.index(after: index)
        }
        json += text[start...]
        json += "\""
    }

    private static func escape(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case 0..<0x20: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        default: nil
        }
    }
}
