import Database
import Formats
import Platform

/// What the editor shows of the quotations already in a section: the words this reader may read, without their markup.
enum CitationWords {
    /// JSON by identifier: `{"ID": {"words": "« … »", "attribution": "…"}}`.
    static func of(_ bodies: [String], _ reader: any Reader, _ request: Request) throws -> String {
        let ids = bodies.flatMap { Markdown.directives(in: $0, named: "citation") }
        guard !ids.isEmpty else { return "{}" }
        let shown = try request.site.features.flatMap(\.directives).filter { $0.name == "citation" }
            .reduce(into: [String: Markup]()) { all, directive in
                all.merge(try directive.render(Array(Set(ids)), reader, request)) { first, _ in first }
            }
        return CanonicalJSON.encode(
            .object(
                shown.mapValues { markup in
                    let parts = markup.html.split(separator: "<figcaption", maxSplits: 1)
                    let caption = parts.dropFirst().first.map { "<figcaption" + $0 } ?? ""
                    return .object([
                        "words": .string(words(parts.first.map(String.init) ?? "")), "attribution": .string(words(caption)),
                    ])
                }))
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
