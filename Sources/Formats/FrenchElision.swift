extension French {
    /// « de » and « que » before what is put after them: « d’Odile », « qu’une salariée », « de Youssef ».
    public static func join(_ sentence: String, _ next: String) -> String {
        guard elides(before: next), let word = ["de ", "que "].first(where: { sentence.lowercased().hasSuffix($0) }),
            sentence.dropLast(word.count).last?.isLetter != true
        else { return sentence + next }
        return sentence.dropLast(2) + "’" + next
    }

    /// Whether a word begins with the sound of a vowel; an h is left as it is, since some are aspirated.
    private static func elides(before next: String) -> Bool {
        let letters = fold(String(next.prefix(2))).unicodeScalars.map(Character.init)
        guard let first = letters.first else { return false }
        if first == "y" { return letters.count > 1 && letters[1].isLetter && !"aeiou".contains(letters[1]) }
        return "aeiou".contains(first)
    }
}
