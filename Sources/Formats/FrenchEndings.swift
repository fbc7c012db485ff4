/// The endings of French words, seen from a word written without accents.
enum FrenchEndings {
    /// A folded word with the accents of the endings that French always writes so: `activites` → `activités`. Words
    /// that truly end in `-ite` lose nothing: Snowball takes the `é` of « visité » off as it takes the `e` of « visite
    /// ».
    static func accented(_ word: String) -> String {
        for (plain, accented) in restored where word.hasSuffix(plain) { return word.dropLast(plain.count) + accented }
        return word
    }

    /// Snowball keeps the plural of « emplois » and of « convois »: the one ending in `-s` that it leaves on.
    static func singular(_ word: String) -> String {
        word.utf8.count >= 6 && word.hasSuffix("ois") ? String(word.dropLast()) : word
    }

    /// A folded stem joined with its nearest relatives: `publiqu` → `public`, `solidair` → `solidar`, `associ` →
    /// `assoc`.
    static func joined(_ stem: String) -> String {
        if stem.hasSuffix("iqu") { return stem.dropLast(2) + "c" }
        if stem.utf8.count >= 6, stem.hasSuffix("air") { return stem.dropLast(3) + "ar" }
        if stem.utf8.count >= 5, stem.hasSuffix("i") { return String(stem.dropLast()) }
        return stem
    }

    private static let restored = [
        ("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée"), ("ieres", "ières"), ("iere", "ière"),
        ("erent", "èrent"),
    ]
}
