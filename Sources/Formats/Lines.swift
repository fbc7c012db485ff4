/// The lines of a text, without their line ends; joined with `\n`, they are the text.
enum Lines {
    static func of(_ text: String) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    }
}
