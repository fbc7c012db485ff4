/// Words without the quotation marks that a note puts around all of them: a quotation brings its own.
enum BareWords {
    private static let pairs: [(open: Character, close: Character)] = [("«", "»"), ("“", "”"), ("\"", "\"")]

    static func of(_ words: String) -> String {
        let text = trimmed(words[...])
        guard let pair = pairs.first(where: { text.first == $0.open && text.last == $0.close }), text.count > 2 else { return words }
        let inside = text.dropFirst().dropLast()
        // « Oui » puis « non »: the marks are not around the whole.
        guard !inside.contains(pair.close) || isBalanced(inside, pair) else { return words }
        let bare = trimmed(inside)
        return bare.isEmpty ? words : String(bare)
    }

    /// Whether each mark that closes in between was opened in between.
    private static func isBalanced(_ text: Substring, _ pair: (open: Character, close: Character)) -> Bool {
        guard pair.open != pair.close else { return false }
        var depth = 0
        for character in text {
            if character == pair.open { depth += 1 }
            if character == pair.close { depth -= 1 }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
