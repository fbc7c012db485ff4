/// The reading of one JSON text, byte by byte.
struct JSONParser {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONValue.Failure) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw failure(.syntax) }
        return value
    }

    private func failure(_ reason: JSONValue.Failure.Reason) -> JSONValue.Failure {
        JSONValue.Failure(offset: index, reason: reason)
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    /// Steps over the byte if it is the next one after spaces.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw failure(.syntax) }
        index += word.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw failure(.tooDeep) }
        index += 1
        var items: [JSONValue] = []
        if take("]") { return .array(items) }
        while true {
            items.append(try value(depth: depth + 1))
            if take("]") { return .array(items) }
            guard take(",") else { throw failure(.syntax) }
        }
    }

    private mutating func object(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw failure(.tooDeep) }
        index += 1
        var members: [String: JSONValue] = [:]
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            let start = index
            guard next == UInt8(ascii: "\"") else { throw failure(.syntax) }
            let key = try string()
            guard members[key] == nil else { throw JSONValue.Failure(offset: start, reason: .duplicateKey(key)) }
            guard take(":") else { throw failure(.syntax) }
            members[key] = try value(depth: depth + 1)
            if take("}") { return .object(members) }
            guard take(",") else { throw failure(.syntax) }
        }
    }

    private mutating func number() throws(JSONValue.Failure) -> JSONValue {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let whole = try figures()
        guard whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0") else { throw failure(.syntax) }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            index += 1
            _ = try figures()
            isWhole = false
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            _ = try figures()
            isWhole = false
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else {
            throw JSONValue.Failure(offset: start, reason: .numberOutOfRange)
        }
        return .double(number)
    }

    /// Steps over one figure or more.
    private mutating func figures() throws(JSONValue.Failure) -> Range<Int> {
        let start = index
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw failure(.syntax) }
        return start..<index
    }

    private mutating func string() throws(JSONValue.Failure) -> String {
        let start = index
        index += 1
        var decoded: [UInt8] = []
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw JSONValue.Failure(offset: start, reason: .encoding)
                }
                return text.streamSafe
            case UInt8(ascii: "\\"): decoded += try escape()
            case 0..<0x20: throw JSONValue.Failure(offset: index - 1, reason: .syntax)
            default: decoded.append(byte)
            }
        }
        throw failure(.syntax)
    }

    private mutating func escape() throws(JSONValue.Failure) -> [UInt8] {
        guard let byte = next else { throw failure(.syntax) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure(.syntax)
        }
    }

    private mutating func unicodeEscape() throws(JSONValue.Failure) -> [UInt8] {
        var unit = try hexadecimal()
        if (0xD800..<0xDC00).contains(unit), bytes[index...].starts(with: "\\u".utf8) {
            index += 2
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw failure(.encoding) }
            unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(unit) else { throw failure(.encoding) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(JSONValue.Failure) -> UInt32 {
        let digits = bytes[index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure(.syntax) }
        index += 4
        return unit
    }
}
