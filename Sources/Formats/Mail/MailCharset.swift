/// The alphabets that French mail is written in: UTF-8, Latin-1 and 9, Windows-1252. Whatever it is called, what is valid
/// UTF-8 and not plain is read as UTF-8: mail programs mistake the name more often than the bytes.
enum MailCharset {
    static func text(_ bytes: some Sequence<UInt8>, named name: String) -> String {
        let bytes = Array(bytes)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        switch name.lowercased().replacing("_", with: "-") {
        case "iso-8859-15", "iso8859-15", "latin9", "latin-9": return wide(bytes, latin9)
        default: return wide(bytes, windows)
        }
    }

    /// A line of headers: ASCII by the standard, sometimes not.
    static func header(_ line: ArraySlice<UInt8>) -> String { text(line, named: "") }

    private static func wide(_ bytes: [UInt8], _ others: [UInt8: Unicode.Scalar]) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(others[byte] ?? Unicode.Scalar(byte)) }
        return String(scalars)
    }

    /// Where Windows-1252 is not Latin-1 (WHATWG Encoding): « œ », the curved apostrophe, the euro.
    private static let windows: [UInt8: Unicode.Scalar] = [
        0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š", 0x8B: "‹", 0x8C: "Œ",
        0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—", 0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›",
        0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
    ]

    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
