import Database
import Formats
import Platform

/// A revision as its reader may see it: Markdown to HTML, each directive replaced by what its owner shows this person.
public enum TextRendering {
    /// The sections one after the other, each under its `<h2>`, inside `<div class="prose">`. One query per directive name.
    public static func html(_ revision: Revision, _ reader: any Reader, _ request: Request) throws -> Markup {
        let shown = try directives(revision.sections, reader, request)
        let sections = revision.sections.map { section -> Markup in
            """
            <section id="\(section.key)"><h2>\(section.title)</h2>
            \(body(section, shown))</section>
            """
        }
        return "<div class=\"prose\">\(sections)</div>"
    }

    /// One section without its title.
    public static func html(_ section: Section, _ reader: any Reader, _ request: Request) throws -> Markup {
        body(section, try directives([section], reader, request))
    }

    private static func body(_ section: Section, _ shown: [String: Markup]) -> Markup {
        Markdown.html(section.body, headingOffset: 2) { shown[$0] }
    }

    private static func directives(_ sections: [Section], _ reader: any Reader, _ request: Request) throws -> [String: Markup] {
        let ids = sections.flatMap(\.citations)
        guard !ids.isEmpty else { return [:] }
        return try request.site.features.flatMap(\.directives).reduce(into: [:]) { all, directive in
            for (id, markup) in try directive.render(ids, reader, request) { all["\(directive.name):\(id)"] = markup }
        }
    }
}
