import CStemmer

extension French {
    /// The stem of one word: the part that its plurals, feminines and close relatives share, folded.
    ///
    /// Snowball's French algorithm leans on accents, which people leave out when they search. So every word is folded
    /// first, then the endings that French always writes with an accent are given it back (`-ité`, `-ée`, `-ière`),
    /// then Snowball runs: « coopération », « cooperations » and « coopératif » give the same, with or without accents,
    /// always. Three endings that Snowball leaves apart are joined after it: « publique » with « public », « solidaire
    /// » with « solidarité », « associé » with « association ». Words with figures or of another script are only
    /// folded.
    public static func stem(_ word: some StringProtocol) -> String {
        SnowballStemmer().stem(fold(word))
    }

    /// The stems of all words of a text in order, stop words included (a phrase needs them).
    public static func stems(_ text: String) -> [String] {
        let stemmer = SnowballStemmer()
        return tokens(text).map { stemmer.stem($0.word) }
    }
}

/// One Snowball stemmer; not to be shared between threads, so each batch of words has its own.
struct SnowballStemmer: ~Copyable {
    private let stemmer = sb_stemmer_new("french", "UTF_8")

    deinit {
        sb_stemmer_delete(stemmer)
    }

    /// The stem of a folded word.
    func stem(_ word: String) -> String {
        let count = word.utf8.count
        guard (3...64).contains(count), word.utf8.allSatisfy({ (97...122).contains($0) }) else { return word }
        var accented = FrenchEndings.accented(FrenchEndings.singular(word))
        let stem = accented.withUTF8 { bytes in
            guard let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else { return word }
            let length = Int(sb_stemmer_length(stemmer))
            return String(decoding: UnsafeBufferPointer(start: stem, count: length), as: UTF8.self)
        }
        return FrenchEndings.joined(French.fold(stem))
    }
}
