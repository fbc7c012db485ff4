import Database
import Formats
import Platform

/// Somebody else reworked the same paragraphs meanwhile: both versions, what differs, and the two put together, to adjust and
/// save.
enum ConflictPage {
    static func page(_ request: Request, _ open: OpenText, _ conflict: SectionEdit.Conflict) async throws -> Page {
        let key = request["section"]
        let (head, author, citations) = try await request.site.database.read { reader in
            let head = try TextQueries.head(open.text.id, reader)
            return (
                head, try Authors.names([head], reader).values.first ?? "",
                try CitationWords.of([conflict.mine, conflict.theirs], reader, request)
            )
        }
        guard let section = head.section(key) else { throw NotFound() }
        let merge = ParagraphMerge(base: conflict.base, mine: conflict.mine, theirs: conflict.theirs)
        let words = request.words
        let views = EditorViews(request: request, open: open, section: section, citations: citations)
        let content: Markup = """
            <h1>\(words("texts.conflict.title", ["section": section.title]))</h1>
            <div class="notice warning" role="alert"><p>\(words("texts.conflict.text", ["name": author])) \(words("texts.conflict.saved")) \(words.element(head.createdAt)).</p></div>
            <section><h2>\(words("texts.conflict.merge"))</h2><p>\(words("texts.conflict.both", ["name": author, "n": merge.contested.count]))</p>
            <form method="post" action="\(open.base)/sections/\(key)" data-once>\(request.formField)<input type="hidden" name="base" value="\(head.id)"><input type="hidden" name="act" value="merge"><input type="hidden" name="summary" value="\(words("texts.conflict.summary"))">
            \(views.area(merge.text, base: head.id, [], label: words("texts.conflict.proposed"), key: "\(open.text.id)-\(key)-\(head.id)"))
            <div class="acts"><button class="button">\(words("texts.conflict.save"))</button> <a href="\(open.base)">\(words("texts.conflict.later"))</a></div></form></section>
            <section><h2>\(words("texts.conflict.paragraphs"))</h2>\(merge.contested.map { DifferenceView.show($0.theirs, $0.mine, words) })</section>
            <section><h2>\(words("texts.conflict.difference"))</h2>\(DifferenceView.show(conflict.theirs, conflict.mine, words))</section>
            <div class="versions"><section><h2>\(words("texts.conflict.mine"))</h2>\(source("mine", conflict.mine, words))</section><section><h2>\(words("texts.conflict.theirs", ["name": author]))</h2>\(source("theirs", conflict.theirs, words))</section></div>
            """
        return open.page(words("texts.conflict.page"), request, shape: .wide, content)
            .with { $0.assets = ["texts-editor.css", "texts-editor.js"] }
    }

    /// A version as it was written, to copy from.
    private static func source(_ id: String, _ text: String, _ words: Words) -> Markup {
        """
        <textarea id="\(id)" rows="16" readonly aria-label="\(words("texts.conflict.\(id)Label"))">
        \(text)</textarea>
        """
    }
}
