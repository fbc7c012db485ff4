extension String {
    /// The text with at most thirty marks on a character (UAX 15, Stream-Safe Text Format): no language has more, and comparing
    /// or composing a run of them takes the square of its length. What comes from outside passes here before anything else.
    public var streamSafe: String {
        guard utf8.contains(where: { $0 >= 0xCC }), hasLongRun else { return self }
        var kept = String.UnicodeScalarView()
        var run = 0
        for scalar in unicodeScalars {
            run = Self.isMark(scalar) ? run + 1 : 0
            if run <= Self.marks { kept.append(scalar) }
        }
        return String(kept)
    }

    private static let marks = 30

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
    }

    private var hasLongRun: Bool {
        var run = 0
        for scalar in unicodeScalars {
            run = Self.isMark(scalar) ? run + 1 : 0
            if run > Self.marks { return true }
        }
        return false
    }
}
