/// What somebody wrote in a mail, without what their mail program added: the message that is answered, the signature.
public enum OwnWords {
    /// - Returns: the words of the writer; empty when there is none. When everything looks quoted, nothing is taken: the mail itself
    ///   is kept, and a person looks at it.
    public static func of(_ text: String) -> String {
        var lines = CleanText.normalize(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let end = lines.firstIndex(where: { isForwardedHead($0) }) { lines = Array(lines[..<end]) }
        if let end = outlookHead(lines) { lines = Array(lines[..<end]) }
        lines = withoutQuotations(lines)
        if let end = lines.firstIndex(where: isSignature) { lines = Array(lines[..<end]) }
        while let last = lines.last, isBlank(last) || isAdded(last) { lines.removeLast() }
        let first = lines.firstIndex { !isBlank($0) } ?? lines.endIndex
        return lines[first...].map { trimmedEnd($0) }.joined(separator: "\n")
    }

    /// Quoted lines go, with the line that says whose they are; what is written below or between them stays.
    private static func withoutQuotations(_ lines: [String]) -> [String] {
        var kept: [String] = []
        var index = 0
        while index < lines.count {
            if isQuoted(lines[index]) {
                index += 1
                continue
            }
            if let length = attribution(lines, at: index) {
                index += length
                continue
            }
            kept.append(lines[index])
            index += 1
        }
        return kept
    }

    /// « Le mar. 14 avr. 2026 à 10:02, Ana <ana@…> a écrit : », on one to three lines, before something quoted or the end.
    private static func attribution(_ lines: [String], at index: Int) -> Int? {
        let first = lines[index]
        guard ["Le ", "On ", "Am "].contains(where: first.hasPrefix) else { return nil }
        for length in 1...3 where index + length <= lines.count {
            let whole = trimmedEnd(lines[index..<(index + length)].joined(separator: " "))
            guard whole.count < 400 else { return nil }
            let isEnd = ["a écrit :", "a écrit\u{A0}:", "a écrit:", "wrote:", "schrieb:"].contains(where: whole.hasSuffix)
            guard isEnd, whole.contains(where: \.isNumber) else { continue }
            let next = lines[(index + length)...].first { !isBlank($0) }
            if next == nil || isQuoted(next ?? "") { return length }
        }
        return nil
    }

    private static func isQuoted(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix(">") }

    /// « -----Message d’origine----- » and its sisters.
    private static func isForwardedHead(_ line: String) -> Bool {
        let bare = line.trimmedOfDashes
        guard bare.count < line.count else { return false }
        return ["message d'origine", "message d’origine", "message original", "original message", "message transféré", "forwarded message", "message transmis"]
            .contains(bare.lowercased())
    }

    /// « De : … / Envoyé : … / À : … », with or without a rule above.
    private static func outlookHead(_ lines: [String]) -> Int? {
        func begins(_ line: String, _ names: [String]) -> Bool {
            let line = line.replacing("*", with: "").lowercased()
            return names.contains { line.hasPrefix("\($0):") || line.hasPrefix("\($0) :") || line.hasPrefix("\($0)\u{A0}:") }
        }
        for index in lines.indices where begins(lines[index], ["de", "from"]) {
            let next = lines[(index + 1)...].prefix(4)
            let isHead = next.contains { begins($0, ["envoyé", "sent", "date"]) } && next.contains { begins($0, ["à", "to", "objet", "subject"]) }
            guard isHead else { continue }
            if index > 0, lines[index - 1].count > 9, lines[index - 1].allSatisfy({ $0 == "_" || $0 == "-" }) { return index - 1 }
            return index
        }
        return nil
    }

    /// `-- ` alone (RFC 3676 §4.3), or without its space.
    private static func isSignature(_ line: String) -> Bool { line == "-- " || line == "--" || line == "—" }

    /// What telephones and programs add at the end.
    private static func isAdded(_ line: String) -> Bool {
        let line = line.lowercased()
        return [
            "envoyé de mon", "envoyé depuis", "envoyé avec", "sent from my", "sent from ", "télécharger outlook", "obtenir outlook", "get outlook",
            "sent with ", "garanti sans virus",
        ].contains(where: line.hasPrefix)
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy { $0.isWhitespace || $0 == "\u{A0}" } }

    private static func trimmedEnd(_ line: String) -> String {
        var line = line
        while let last = line.last, last.isWhitespace { line.removeLast() }
        return line
    }
}

extension String {
    /// Without the dashes, underscores and spaces around.
    fileprivate var trimmedOfDashes: String {
        let isMark = { (character: Character) in "-_– ".contains(character) }
        return String(drop(while: isMark).reversed().drop(while: isMark).reversed())
    }
}
