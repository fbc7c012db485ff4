/// The French language as search, order and addresses need it.
public enum French {
    /// The text in lower case, without accents, œ → oe, æ → ae, ß → ss, typographic apostrophes and hyphens plain.
    /// Two texts that a reader would take for the same word fold to the same.
    public static func fold(_ text: some StringProtocol) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { FrenchFolding.append(scalar, to: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Words that tell nothing about what a text is about, folded, as `tokens` gives them.
    public static let stopwords: Set<String> = [
        "a", "ai", "au", "aussi", "aux", "avec", "c", "ca", "ce", "ceci", "cela", "ces", "cet", "cette", "ceux", "d",
        "dans", "de", "des", "donc", "dont", "du", "elle", "elles", "en", "est", "et", "eux", "il", "ils", "j", "je",
        "l", "la", "le", "les", "leur", "leurs", "lui", "m", "ma", "mais", "me", "mes", "moi", "mon", "n", "ne", "nos",
        "notre", "nous", "on", "or", "ou", "par", "pas", "plus", "pour", "qu", "quand", "que", "qui", "s", "sa", "se",
        "ses", "si", "son", "sont", "sur", "t", "ta", "te", "tes", "toi", "ton", "tu", "un", "une", "vos", "votre",
        "vous", "y",
    ]

    /// A text that, compared byte by byte, puts words in the order a reader expects: accents, case and punctuation
    /// aside, numbers by value (« Visite 2 » before « Visite 10 »).
    public static func sortKey(_ text: String) -> String {
        var key = ""
        var figures = ""
        func flush() {
            guard !figures.isEmpty else { return }
            let digits = figures.drop { $0 == "0" }
            key += String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            figures = ""
        }
        for scalar in fold(text).unicodeScalars {
            if ("0"..."9").contains(scalar) {
                figures.unicodeScalars.append(scalar)
            } else {
                flush()
                let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                if isWord { key.unicodeScalars.append(scalar) } else if key.last != " ", !key.isEmpty { key += " " }
            }
        }
        flush()
        return key.hasSuffix(" ") ? String(key.dropLast()) : key
    }

    /// The text as a piece of an address: `a-z`, `0-9` and hyphens, at most 80 characters, cut between words.
    /// Empty when nothing in the text can be written so.
    public static func slug(_ text: String) -> String {
        let words = fold(text).utf8.split { !isASCIIWord($0) }
        var slug = ""
        for word in words {
            let room = 80 - slug.utf8.count - (slug.isEmpty ? 0 : 1)
            guard word.count <= room || slug.isEmpty else { break }
            slug += (slug.isEmpty ? "" : "-") + String(decoding: word.prefix(room), as: UTF8.self)
        }
        return slug
    }

    static func isASCIIWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
