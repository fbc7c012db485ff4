import Foundation

/// What each character becomes when accents and case are set aside.
enum FrenchFolding {
    /// Appends the folded character as UTF-8; accents that stand alone and soft hyphens vanish.
    static func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        switch scalar.value {
        case UInt32(UInt8(ascii: "A"))...UInt32(UInt8(ascii: "Z")): folded.append(UInt8(scalar.value + 32))
        case 0..<0x80: folded.append(UInt8(scalar.value))
        case 0x80..<0x250: folded.append(contentsOf: latin[Int(scalar.value) - 0x80])
        case 0x300...0x36F: return
        case 0x2018, 0x2019, 0x2BC, 0x2032, 0xFF07: folded.append(UInt8(ascii: "'"))
        case 0x2010, 0x2011: folded.append(UInt8(ascii: "-"))
        case 0xFB01: folded.append(contentsOf: "fi".utf8)
        case 0xFB02: folded.append(contentsOf: "fl".utf8)
        case 0x250..<0x2000: folded.append(contentsOf: decomposed(scalar))
        default: folded.append(contentsOf: String(Character(scalar)).utf8)
        }
    }

    /// Latin-1, Latin Extended A and B, worked out once.
    private static let latin: [[UInt8]] = (0x80..<0x250).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return [] }
        return switch scalar {
        case "\u{AD}": []
        case "œ", "Œ": Array("oe".utf8)
        case "æ", "Æ": Array("ae".utf8)
        case "ß": Array("ss".utf8)
        case "ø", "Ø": Array("o".utf8)
        case "đ", "Đ", "ð", "Ð": Array("d".utf8)
        case "ł", "Ł": Array("l".utf8)
        case "þ", "Þ": Array("th".utf8)
        case "ı": Array("i".utf8)
        default: decomposed(scalar)
        }
    }

    private static func decomposed(_ scalar: Unicode.Scalar) -> [UInt8] {
        let scalars = scalar.properties.lowercaseMapping.decomposedStringWithCanonicalMapping.unicodeScalars
        return scalars.reduce(into: []) { bytes, part in
            if !(0x300...0x36F).contains(part.value) { bytes += Array(String(Character(part)).utf8) }
        }
    }
}
