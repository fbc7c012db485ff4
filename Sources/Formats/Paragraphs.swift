/// The paragraphs of a text in Markdown: what an empty line sets apart, a block of code whole with its empty lines.
enum Paragraphs {
    static func of(_ text: String) -> [Substring] {
        let lines = Lines.of(text)
        var paragraphs: [Substring] = []
        var first: Int?
        var fence: Fence?
        func end(at last: Int) {
            guard let start = first else { return }
            paragraphs.append(text[lines[start].startIndex..<lines[last].endIndex])
            first = nil
        }
        for (index, line) in lines.enumerated() {
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
            } else if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
                end(at: index - 1)
                continue
            } else {
                fence = Fence(line)
            }
            if first == nil { first = index }
        }
        end(at: lines.count - 1)
        return paragraphs
    }

    static func joined(_ paragraphs: [Substring]) -> String { paragraphs.joined(separator: "\n\n") }

    /// The line that opens a block of code.
    private struct Fence {
        let mark: Character
        let length: Int

        init?(_ line: Substring) {
            let bare = line.drop { $0 == " " }
            guard let mark = bare.first, mark == "`" || mark == "~" else { return nil }
            length = bare.prefix { $0 == mark }.count
            guard length >= 3, line.utf8.count - bare.utf8.count < 4, mark == "~" || !bare.dropFirst(length).contains("`") else { return nil }
            self.mark = mark
        }

        func isClosed(by line: Substring) -> Bool {
            let bare = line.drop { $0 == " " }
            let count = bare.prefix { $0 == mark }.count
            return count >= length && bare.dropFirst(count).allSatisfy { $0 == " " || $0 == "\t" }
        }
    }
}
