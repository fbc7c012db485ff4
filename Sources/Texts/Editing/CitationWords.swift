import Database
import Formats
import Platform

/// What the editor shows of the quotations already in a section: the words this reader may read, without their markup.
enum CitationWords {
    /// JSON by identifier: `{"ID": {"words": "« … »", "attribution": "…"}}`.
    static func of(_ bodies: [String], _ reader: any Reader, _ request: Request) throws -> String {
        let ids = bodies.flatMap { Markdown.directives(in: $0, named: "citation") }
        return CanonicalJSON.encode(
            .object(try markup(ids, reader, request).mapValues { .object(["words": .string(words($0.said)), "attribution": .string(words($0.caption))]) }))
    }

    /// The same for a document: who speaks, without the way to where the words come from.
    static func shown(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> [String: (words: String, attribution: String)] {
        try markup(ids, reader, request).mapValues { said, caption in
            (words(said), words(caption.replacing(/<a [^>]*>.*?<\/a>/, with: "").replacing(/( · )+(?=<|$)/, with: "")))
        }
    }

    private static func markup(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> [String: (said: String, caption: String)] {
        guard !ids.isEmpty else { return [:] }
        return try request.site.features.flatMap(\.directives).filter { $0.name == "citation" }
            .reduce(into: [String: Markup]()) { all, directive in
                all.merge(try directive.render(Array(Set(ids)), reader, request)) { first, _ in first }
            }
            .mapValues { markup in
                let parts = markup.html.split(separator: "<figcaption", maxSplits: 1)
                return (parts.first.map(String.init) ?? "", parts.dropFirst().first.map { "<figcaption" + $0 } ?? "")
            }
    }

    /// The text of a piece of HTML that we made: tags dropped, the five references read.
    static func words(_ html: String) -> String {
        var text = ""
        var isTag = false
        for character in html {
            switch character {
            case "<": isTag = true
            case ">" where isTag: isTag = false
            default: if !isTag { text.append(character) }
            }
        }
        for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacing(reference, with: character)
        }
        return CleanText.line(text)
    }
}
