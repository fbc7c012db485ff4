/// The footnotes of a text: their marks in the text, and the list at its end with the way back.
struct MarkdownNotes {
    private var isOpen = false
    private var number = 0
    private var references: [Int: Int] = [:]

    /// The mark in the text; a note called twice has two places to come back to.
    mutating func reference(_ literal: String, _ prefix: String) -> String {
        let number = Int(literal) ?? 0
        references[number, default: 0] += 1
        let place = references[number] == 1 ? "\(number)" : "\(number)-\(references[number] ?? 1)"
        let link =
            "<a href=\"#\(prefix)note-\(number)\" id=\"\(prefix)appel-\(place)\" role=\"doc-noteref\">\(number)</a>"
        return "<sup class=\"markdown-note\">\(link)</sup>"
    }

    /// The beginning of the next note of the list.
    mutating func open(_ prefix: String) -> String {
        number += 1
        let list = isOpen ? "" : "<section class=\"markdown-notes\" role=\"doc-endnotes\">\n<ol>\n"
        isOpen = true
        return "\(list)<li id=\"\(prefix)note-\(number)\">\n"
    }

    /// The end of a note: a way back to each of its marks.
    func end(_ prefix: String) -> String {
        let places = (1...max(1, references[number] ?? 1)).map { $0 == 1 ? "\(number)" : "\(number)-\($0)" }
        let links = places.map { "<a href=\"#\(prefix)appel-\($0)\" role=\"doc-backlink\">↩ \(number)</a>" }
        return "<p class=\"markdown-back\">\(links.joined(separator: " "))</p></li>\n"
    }

    func close() -> String {
        isOpen ? "</ol>\n</section>\n" : ""
    }
}
