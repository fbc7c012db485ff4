import Formats

/// Why one value was refused, before it is known where it stood.
struct FileFault: Error {
    let name: String
    let arguments: [String: ProgrammeFile.Argument]

    init(_ name: String, _ arguments: [String: ProgrammeFile.Argument] = [:]) {
        self.name = name
        self.arguments = arguments
    }

    /// What is shown of a value that was refused: its first eighty characters.
    static func shown(_ typed: String) -> String {
        let line = CleanText.line(typed)
        return line.unicodeScalars.count <= 80 ? line : String(line.prefix(80)) + "…"
    }
}
