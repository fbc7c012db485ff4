import Database
import Formats
import Platform
import Texts
import Visits

/// What is said under and beside one's own impression note: its length against the guide, who reads it, the button to share.
enum ImpressionPanel {
    /// Half a page to two pages (dossier §3.2.1): a guide, never a limit.
    static let guide = 250...1_000

    static let underText = Panel(on: "text", rank: 10) { textId, request in
        guard let (visit, thing, count) = try await own(textId, request) else { return .empty }
        let words = request.words
        let isShared = thing.audience > .author
        let share: Markup =
            isShared
            ? "<div class=\"acts\">\(request.act("\(visit.path)/impressions/reprise", words("notes.share.takeBack"), style: "link"))</div>"
            : count == 0
                ? .empty
                : "<div class=\"acts\">\(request.act("\(visit.path)/impressions/partage", words("notes.impression.share"), style: "button"))</div>"
        return """
            <section><h2>\(words("notes.impression.length"))</h2>\(length(count, words))<p>\(words(isShared ? "notes.impression.shared" : "notes.impression.private"))</p>\(share)</section>
            """
    }

    static let besideEditor = Panel(on: "text-side", rank: 10) { textId, request in
        guard let (_, _, count) = try await own(textId, request) else { return .empty }
        let words = request.words
        return """
            <section><h2>\(words("notes.impression.length"))</h2>\(length(count, words, script(words)))<p>\(words("notes.impression.guide"))</p></section>
            <script type="module" src="\(request.site.share.assets.address("notes-impression.js"))"></script>
            """
    }

    /// « 312 mots », and a word of advice outside the guide.
    static func length(_ count: Int, _ words: Words, _ script: Markup = .empty) -> Markup {
        let advice =
            count < guide.lowerBound ? "notes.impression.short" : count > guide.upperBound ? "notes.impression.long" : nil
        return "<p class=\"meta\"\(script)>\(words("notes.impression.words", ["n": count]))\(advice.map { " \(words($0))" })</p>"
    }

    /// What the script tells the length with, while one writes.
    private static func script(_ words: Words) -> Markup {
        let keys = ["words.one", "words.other", "short", "long"]
        let json = words.json(Dictionary(uniqueKeysWithValues: keys.map { ($0, "notes.impression.\($0)") }))
        return " data-impression-length data-least=\"\(guide.lowerBound)\" data-most=\"\(guide.upperBound)\" data-words=\"\(json)\""
    }

    /// Nil unless the text is this person's own impression note.
    private static func own(_ textId: String, _ request: Request) async throws -> (Visit, Protection, Int)? {
        try await request.site.database.read { reader in
            let text = try TextQueries.text(textId, reader)
            guard text.kind == .impression, text.authorId != nil, text.authorId == request.viewer.personId,
                let thing = try reader.protection(of: textId)
            else { return nil }
            let count = CleanText.wordCount(try TextQueries.head(textId, reader).plain)
            return (try VisitQueries.load(id: text.subjectId, reader), thing, count)
        }
    }
}
