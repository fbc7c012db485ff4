import Formats

/// A code for the day the telephone is lost: sixteen characters that are not mistaken for one another, good once.
enum RecoveryCode {
    static let count = 10
    /// From this many left on, one is told to make new ones.
    static let few = 3
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

    /// Four groups of four: 80 random bits, too many to be guessed from a hash.
    static func make() -> String {
        let characters = Secrets.bytes(16).map { alphabet[Int($0 & 31)] }
        return stride(from: 0, to: 16, by: 4).map { String(characters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// What is kept of a code: the same however it was typed.
    static func hash(_ typed: String, of personId: String) -> String {
        let read = typed.lowercased().compactMap { character -> Character? in
            switch character {
            case "o": "0"
            case "i", "l": "1"
            default: alphabet.contains(character) ? character : nil
            }
        }
        return Secrets.sha256("recovery|\(personId)|\(String(read))")
    }
}
