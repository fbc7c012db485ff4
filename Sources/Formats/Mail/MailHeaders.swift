/// The headers of a message as people read them.
enum MailHeaders {
    /// `=?utf-8?Q?R=C3=A9ponse?=` → `Réponse` (RFC 2047); the space between two encoded words is not written.
    static func words(_ header: String) -> String {
        guard header.contains("=?") else { return CleanText.line(header) }
        var result = ""
        var rest = Substring(header)
        var afterWord = false
        while let start = rest.firstRange(of: "=?") {
            let between = rest[..<start.lowerBound]
            guard let (word, after) = word(rest[start.upperBound...]) else {
                result += between + "=?"
                rest = rest[start.upperBound...]
                afterWord = false
                continue
            }
            if !(afterWord && between.allSatisfy(\.isWhitespace)) { result += between }
            result += word
            rest = after
            afterWord = true
        }
        return CleanText.line(result + rest)
    }

    /// An encoded word has 75 letters by the standard; programs that write longer ones write no more than a line.
    private static func word(_ whole: Substring) -> (String, Substring)? {
        let text = whole.prefix(1_000)
        guard let first = text.firstIndex(of: "?"), let second = text[text.index(after: first)...].firstIndex(of: "?"),
            let end = text[text.index(after: second)...].firstRange(of: "?=")
        else { return nil }
        let charset = text[..<first].prefix { $0 != "*" }
        let content = Array(text[text.index(after: second)..<end.lowerBound].utf8)
        let bytes: [UInt8]
        switch text[text.index(after: first)..<second].lowercased() {
        case "b": bytes = TransferEncoding.base64(content)
        case "q": bytes = TransferEncoding.quotedPrintable(content[...], inHeader: true)
        default: return nil
        }
        return (MailCharset.text(bytes, named: String(charset)), whole[end.upperBound...])
    }

    /// The first mailbox of `"Ana, de Lyon" <ana@exemple.org>, …`: its name and its address, in lower case.
    static func mailbox(_ header: String) -> (name: String, address: String) {
        // Quotes and comments may hold commas and angle brackets of their own.
        var name = ""
        var address = ""
        var (inQuotes, inAddress, depth, escaped) = (false, false, 0, false)
        scan: for character in header {
            if escaped {
                if !inAddress { name.append(character) }
                escaped = false
                continue
            }
            switch character {
            case "\\" where inQuotes || depth > 0: escaped = true
            case "\"" where !inAddress && depth == 0: inQuotes.toggle()
            case "(" where !inQuotes: depth += 1
            case ")" where !inQuotes && depth > 0: depth -= 1
            case _ where depth > 0: continue
            case "<" where !inQuotes: inAddress = true
            case ">" where inAddress: break scan
            case "," where !inQuotes && !inAddress: break scan
            default: if inAddress { address.append(character) } else { name.append(character) }
            }
        }
        if address.isEmpty, name.contains("@") { (name, address) = ("", name) }
        return (words(name), CleanText.line(address).lowercased())
    }

    /// Every address of a header of addresses, in lower case.
    static func addresses(_ header: String) -> [String] {
        header.lowercased().split { $0.isWhitespace || "<>,;:\"()[]\\".contains($0) }
            .filter { $0.dropFirst().dropLast().contains("@") }.map(String.init)
    }

    /// The name of a file: `filename`, `filename*` and `filename*0*` (RFC 2231), encoded words where they should not be.
    static func filename(_ headers: [String: String]) -> String? {
        for (header, name) in [("content-disposition", "filename"), ("content-type", "name")] {
            let parameters = HeaderParameters.read(headers[header] ?? "")
            if let extended = parameters["\(name)*"] { return extendedValue(extended) }
            if let whole = parameters[name] { return words(whole) }
            var pieces = ""
            for number in 0..<20 {
                guard let piece = parameters["\(name)*\(number)"] ?? parameters["\(name)*\(number)*"] else { break }
                pieces += piece
            }
            if !pieces.isEmpty { return parameters["\(name)*0*"] == nil ? words(pieces) : extendedValue(pieces) }
        }
        return nil
    }

    /// `utf-8'fr'r%C3%A9ponse.pdf` → `réponse.pdf`.
    private static func extendedValue(_ value: String) -> String {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return CleanText.line(value) }
        let bytes = Array(parts[2].replacing("=", with: "%3D").replacing("%", with: "=").utf8)
        return CleanText.line(MailCharset.text(TransferEncoding.quotedPrintable(bytes[...]), named: String(parts[0])))
    }
}
