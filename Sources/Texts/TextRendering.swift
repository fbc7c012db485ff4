import Database
import Formats
import Platform

/// A revision as its reader may see it: Markdown to HTML, each directive replaced by what its owner shows this person.
public enum TextRendering {
    /// The sections one after the other, each under its `<h2>`, inside `<div class="prose">`. One query per directive name.
    public static func html(_ revision: Revision, _ reader: any Reader, _ request: Request) throws -> Markup {
        let shown = try directives(revision.sections, reader, request)
        let files = try TextFiles.shown(revision.sections, of: revision.textId, reader, request)
        var met: Set<String> = []
        let sections = revision.sections.map { section -> Markup in
            """
            <section id="\(section.key)"><h2>\(section.title)</h2>
            \(body(section, shown, files, &met))</section>
            """
        }
        let language = try TextQueries.text(revision.textId, reader).language
        return "<div class=\"prose\"\(request.words.lang(language))>\(sections)</div>"
    }

    /// - Parameter met: the directives shown so far: what is shown again has no identifier of its own in the page.
    private static func body(_ section: Section, _ shown: [String: Markup], _ files: [String: MarkdownFile], _ met: inout Set<String>) -> Markup {
        var seen = met
        defer { met = seen }
        return Markdown.html(section.body, headingOffset: 2, files: files) { name in
            guard let markup = shown[name] else { return nil }
            return seen.insert(name).inserted ? markup : unnamed(markup)
        }
    }

    private static func unnamed(_ markup: Markup) -> Markup {
        let html = markup.html
        guard let id = html.firstMatch(of: /^<[^>]*?( id="[^"]*")/)?.1 else { return markup }
        return .raw(String(html[..<id.startIndex] + html[id.endIndex...]))
    }

    private static func directives(_ sections: [Section], _ reader: any Reader, _ request: Request) throws -> [String: Markup] {
        let ids = sections.flatMap(\.citations)
        guard !ids.isEmpty else { return [:] }
        return try request.site.features.flatMap(\.directives).reduce(into: [:]) { all, directive in
            for (id, markup) in try directive.render(ids, reader, request) { all["\(directive.name):\(id)"] = markup }
        }
    }
}
