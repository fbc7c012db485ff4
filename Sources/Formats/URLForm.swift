/// Forms and queries as browsers write them (`application/x-www-form-urlencoded`, WHATWG URL §5).
public enum URLForm {
    /// Fields beyond this number are not read: no form of ours comes near it.
    public static let fieldLimit = 2_000

    /// The fields in order, names and values decoded (`+` is a space, bad UTF-8 becomes U+FFFD, a stray `%` stays).
    public static func parse(_ bytes: some Sequence<UInt8>) -> [(String, String)] {
        Array(bytes).split(separator: UInt8(ascii: "&"), maxSplits: fieldLimit + 1)
            .prefix(fieldLimit)
            .map { field in
                let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
                return (decode(field[..<equals]), decode(field[equals...].dropFirst()))
            }
    }

    /// The value percent-encoded so that it can stand anywhere in a query (all but letters, figures and `-._~`).
    public static func encode(_ value: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(value.utf8.count + 16)
        for byte in value.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// A whole query or form body: `name=value&name=value`, without a leading `?`.
    public static func encode(_ fields: [(String, String)]) -> String {
        fields.map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = value(ofDigit: bytes[index + 1]),
                let low = value(ofDigit: bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self).streamSafe
    }

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
