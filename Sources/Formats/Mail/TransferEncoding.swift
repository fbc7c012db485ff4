/// How the bytes of a part travelled (RFC 2045 §6); what is not of the encoding is skipped or kept, never refused.
enum TransferEncoding {
    static func decode(_ body: ArraySlice<UInt8>, _ name: String) -> [UInt8] {
        switch name.lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
        case "base64": base64(body)
        case "quoted-printable": quotedPrintable(body)
        default: Array(body)
        }
    }

    /// Everything that is no letter of it is skipped; it ends at the first `=`.
    static func base64(_ body: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var (held, bits): (UInt32, Int) = (0, 0)
        for byte in body {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="): return bytes
            default: continue
            }
            held = (held << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> UInt32(bits) & 0xFF))
            }
        }
        return bytes
    }

    /// - Parameter inHeader: `_` stands for a space (RFC 2047 §4.2).
    static func quotedPrintable(_ body: ArraySlice<UInt8>, inHeader: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = body.startIndex
        while index < body.endIndex {
            let byte = body[index]
            index += 1
            guard byte == UInt8(ascii: "=") else {
                bytes.append(inHeader && byte == UInt8(ascii: "_") ? 0x20 : byte)
                continue
            }
            if index + 1 < body.endIndex, let high = hexadecimal(body[index]), let low = hexadecimal(body[index + 1]) {
                bytes.append(high << 4 | low)
                index += 2
            } else if let end = softEnd(body[index...]) {
                index = end
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// `=` at the end of a line, spaces after it or not: the line goes on.
    private static func softEnd(_ rest: ArraySlice<UInt8>) -> Int? {
        var index = rest.startIndex
        while index < rest.endIndex, rest[index] == 0x20 || rest[index] == 0x09 { index += 1 }
        if index < rest.endIndex, rest[index] == 0x0D { index += 1 }
        if index < rest.endIndex, rest[index] == 0x0A { return index + 1 }
        return index == rest.endIndex ? index : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
