/// The addresses that a text may lead to.
enum MarkdownAddress {
    /// Where a link may go.
    enum Kind {
        case local, external, contact
    }

    /// The kind of an address, or nil when it must not be followed (`javascript:`, `data:`, anything unknown).
    static func kind(of address: String) -> Kind? {
        let lowered = address.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") { return .external }
        if lowered.hasPrefix("mailto:") || lowered.hasPrefix("tel:") { return .contact }
        if lowered.hasPrefix("//") || lowered.hasPrefix("/\\") || lowered.hasPrefix("\\") { return .external }
        let head = lowered.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        // Browsers drop controls and spaces before they look for a scheme, so any colon here could be one.
        return address.isEmpty || head.contains(UInt8(ascii: ":")) ? nil : .local
    }

    /// The address with what cannot stand in one percent-encoded.
    static func encoded(_ address: String) -> String {
        guard address.utf8.contains(where: { !isKept($0) }) else { return address }
        var encoded = ""
        for byte in address.utf8 {
            if isKept(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}[]".utf8.contains(byte)
    }
}
