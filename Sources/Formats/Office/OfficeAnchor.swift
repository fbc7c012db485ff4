/// How a quotation is found again in a document that was edited: a bookmark at the beginning of its paragraphs, and the
/// link of its attribution. Word and LibreOffice keep both; one is enough.
enum OfficeAnchor {
    /// What of an identifier a bookmark can hold: 40 characters at most, letters and figures.
    static func key(_ id: String) -> String {
        String(id.lowercased().unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) }.prefix(32).map(Character.init))
    }

    /// The bookmark of the nth paragraph of a quotation.
    static func bookmark(_ id: String, _ rank: Int) -> String { "c_\(key(id))_\(rank)" }

    static func key(ofBookmark name: String) -> String? { key(of: name, kind: "c") }

    /// The bookmark of the title says what the document was made from.
    static func origin(_ id: String) -> String { "r_\(key(id))_0" }

    static func origin(ofBookmark name: String) -> String? { key(of: name, kind: "r") }

    /// Where a quotation or a piece of code begins, when another stands just before.
    static func beginning(_ number: Int) -> String { "q_\(number)_0" }

    static func isBeginning(_ name: String) -> Bool { key(of: name, kind: "q") != nil }

    private static func key(of name: String, kind: Substring) -> String? {
        let parts = name.split(separator: "_")
        guard parts.count == 3, parts[0] == kind, Int(parts[2]) != nil else { return nil }
        return String(parts[1])
    }

    static func key(ofAddress address: String) -> String? {
        address.firstRange(of: "#citation-").map { key(String(address[$0.upperBound...])) }
    }
}

extension Prose.Quotation {
    /// Whether this quotation, read in a document, is that of an identifier.
    public func isOf(_ id: String) -> Bool { self.id == OfficeAnchor.key(id) }
}
