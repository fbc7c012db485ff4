import Foundation

/// Words of a mail's headers that are not plain ASCII (RFC 2047), and the folding of long lines (RFC 5322 §2.2.3).
enum EncodedWords {
    private static let width = 76

    /// How many bytes a word takes on a line where so much is written already: `=?utf-8?B?` and `?=` are 12 characters, four of
    /// base 64 hold three bytes.
    private static func room(after length: Int) -> Int { (width - 1 - length - 12) / 4 * 3 }

    /// A line of text as the value of a header that begins with `name: `, folded. No line end of the text is left.
    static func line(_ text: String, after name: String) -> String {
        let text = CleanText.line(text)
        return isPlain(text) && name.utf8.count + text.utf8.count <= width ? text : encoded(text, after: name.utf8.count)
    }

    /// A name and an address: `"Essaim, le site" <site@exemple.org>`.
    /// - Parameter address: one that `MailMessage.isAddress` takes.
    static func mailbox(_ name: String, _ address: String) -> String {
        let name = CleanText.line(name)
        guard !name.isEmpty else { return address }
        guard isPlain(name), name.utf8.count <= 60 else { return "\(encoded(name, after: "From: ".utf8.count))\r\n <\(address)>" }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\"\r\n <\(address)>"
    }

    /// One encoded word a line, none cut inside a character.
    private static func encoded(_ text: String, after length: Int) -> String {
        var words: [String] = []
        var most: Int { room(after: words.isEmpty ? length : 1) }
        var bytes: [UInt8] = []
        for character in text {
            let next = Array(character.utf8)
            if bytes.count + next.count > most, !bytes.isEmpty {
                words.append(word(bytes))
                bytes = []
            }
            // A character of many scalars may be too long for one word: it is then cut between two scalars.
            for scalar in character.unicodeScalars {
                let part = Array(String(scalar).utf8)
                if bytes.count + part.count > most {
                    words.append(word(bytes))
                    bytes = []
                }
                bytes += part
            }
        }
        if !bytes.isEmpty { words.append(word(bytes)) }
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }
}
