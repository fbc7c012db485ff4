extension French {
    /// A word of a text, as search knows it, and where it stands.
    public struct Token: Sendable, Hashable {
        /// Folded, without elision: « L'Économie » is `economie`.
        public let word: String
        /// The place of the word itself in the source, the elision left out.
        public let range: Range<String.Index>
    }

    /// The words of a text in order. Elisions (l', d', j', m', t', s', n', c', qu', jusqu', lorsqu', puisqu', quoiqu')
    /// are left out, hyphenated words give their parts, other apostrophes vanish (« aujourd'hui » is `aujourdhui`).
    public static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = []
        var word: [UInt8] = []
        var start = text.startIndex
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        func close(at end: String.Index) {
            guard !word.isEmpty else { return }
            tokens.append(Token(word: String(decoding: word, as: UTF8.self), range: start..<end))
            word.removeAll(keepingCapacity: true)
        }
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            if isWordPart(scalar) {
                if word.isEmpty { start = index }
                FrenchFolding.append(scalar, to: &word)
            } else if isApostrophe(scalar), !word.isEmpty, next < scalars.endIndex, isWordPart(scalars[next]) {
                if elisions.contains(word) { word.removeAll(keepingCapacity: true) }
            } else {
                close(at: index)
            }
            index = next
        }
        close(at: scalars.endIndex)
        return tokens
    }

    private static let elisions = Set(
        ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"].map { Array($0.utf8) })

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "\u{2019}" || scalar == "\u{2BC}" || scalar == "\u{2018}"
    }

    /// Letters, figures, accents that stand alone and soft hyphens.
    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0..<0xAA: false
        case 0xAD, 0x300...0x36F: true
        case 0x2BC: false
        default:
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}
