import Formats
import Platform

/// What changed from one text to another, in words that a screen reader says too.
package enum DifferenceView {
    /// - Parameter isBrief: leaves out the paragraphs that did not change.
    static func show(_ old: String, _ new: String, isBrief: Bool = false, _ words: Words) -> Markup {
        guard old != new else { return "<p class=\"meta\">\(words("texts.diff.same"))</p>" }
        let (old, new) = readable(old, new, words)
        let blocks = Difference.between(old, new).map { block -> Markup in
            switch block {
            case .same(let text): isBrief ? .empty : paragraphs(text)
            case .removed(let text): "<p class=\"removed\">\(del(text, words))</p>"
            case .added(let text): "<p class=\"added\">\(ins(text, words))</p>"
            case .changed(let runs):
                "<p>\(runs.map { run -> Markup in run.kind == .same ? .text(run.text) : run.kind == .removed ? del(run.text, words) : ins(run.text, words) })</p>"
            }
        }
        return "<div class=\"diff\">\(blocks)</div>"
    }

    /// Both revisions of a text: the title and each section that changed, under its own title.
    package static func show(_ old: Revision, _ new: Revision, isBrief: Bool = false, _ words: Words) -> Markup {
        var pieces: [Markup] = []
        if old.title != new.title {
            pieces.append("<section><h2>\(words("texts.diff.title"))</h2>\(show(old.title, new.title, words))</section>")
        }
        for section in new.sections {
            let before = old.section(section.key)?.body ?? ""
            guard before != section.body else { continue }
            pieces.append("<section><h2>\(section.title)</h2>\(show(before, section.body, isBrief: isBrief, words))</section>")
        }
        return pieces.isEmpty ? "<p class=\"meta\">\(words("texts.diff.same"))</p>" : pieces.joined()
    }

    /// « [citation 1] » in the place of each quotation: another number is another quotation, and no identifier is read out.
    private static func readable(_ old: String, _ new: String, _ words: Words) -> (String, String) {
        var seen: Set<String> = []
        let ids = (Markdown.directives(in: old, named: "citation") + Markdown.directives(in: new, named: "citation"))
            .filter { seen.insert($0).inserted }
        func shown(_ text: String) -> String {
            ids.enumerated().reduce(text) { text, id in
                text.replacing("[[citation:\(id.element)]]", with: words("texts.diff.citation", ["n": id.offset + 1]))
            }
        }
        return (shown(old), shown(new))
    }

    private static func paragraphs(_ text: String) -> Markup {
        text.split(separator: "\n").map { "<p>\($0)</p>" as Markup }.joined()
    }

    private static func del(_ text: String, _ words: Words) -> Markup {
        "<del><span class=\"unseen\">[\(words("texts.diff.removed")) </span>\(lines(text))<span class=\"unseen\">]</span></del>"
    }

    private static func ins(_ text: String, _ words: Words) -> Markup {
        "<ins><span class=\"unseen\">[\(words("texts.diff.added")) </span>\(lines(text))<span class=\"unseen\">]</span></ins>"
    }

    private static func lines(_ text: String) -> Markup {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { .text(String($0)) }.joined(separator: "<br>")
    }
}
