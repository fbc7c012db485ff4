import Database
import Formats
import Platform

/// The revisions of a text: the list, one to read, two to compare.
enum RevisionPages {
    static func list(_ request: Request, _ open: OpenText) async throws -> Response {
        let (revisions, authors) = try await request.site.database.read { reader in
            let first = try TextOpening.first(of: open, reader, request)
            let revisions = try TextQueries.revisions(open.text.id, reader).filter { $0.number >= first }
            return (revisions, try Authors.names(revisions, reader))
        }
        let words = request.words
        let items = revisions.map { revision -> Markup in
            let compare: Markup =
                revision.parentId.flatMap { parent in revisions.contains { $0.id == parent } ? parent : nil }.map { parent in
                    " · <a href=\"\(open.base)/revisions/\(revision.id)/comparer?avec=\(parent)\">\(words("texts.revision.changes"))</a>"
                } ?? .empty
            return """
                <li>\(words.element(revision.createdAt)) <p><a href="\(open.base)/revisions/\(revision.id)">\(words("texts.revision.number", ["n": revision.number]))</a>\(authors[revision.authorId ?? ""].map { ", \($0)" })\(compare)\(formOnly(revision, words))</p>\(revision.summary.isEmpty ? .empty : "<p>\(revision.summary)</p>")</li>
                """
        }
        let title = words("texts.revisions.title")
        return .page(
            open.page(
                title, request,
                "<h1>\(title)</h1><p class=\"lede\">\(words("texts.revisions.lede"))</p><ol class=\"timeline\">\(items)</ol>"))
    }

    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        let (revision, body, author) = try await request.site.database.read { reader in
            let revision = try open.revision(request["revision"], reader, request)
            return (
                revision, try TextRendering.html(revision, reader, request), try Authors.names([revision], reader).values.first
            )
        }
        let words = request.words
        let title = words("texts.revision.title", ["n": revision.number, "title": revision.title])
        let isHead = revision.id == open.head.id
        let notice: Markup =
            isHead
            ? .empty
            : """
            <p class="notice">\(words("texts.revision.older", ["n": open.head.number])) \(newer(revision, open, words))</p>
            """
        return .page(
            open.page(
                title, request, shape: .reading,
                """
                <p class="kind">\(words.name("texts.kind", of: open.text.kind))</p><h1>\(revision.title)</h1>
                <p class="meta">\(words("texts.revision.number", ["n": revision.number]))\(author.map { ", \($0)" }), \(words.element(revision.createdAt))\(formOnly(revision, words))</p>\(notice)
                <article>\(body)</article>\(source(revision, open, words))\(RevisionReturn.button(revision, open, request))<p class="meta">\(words("texts.page.hash")) : <code class="hash">\(revision.hash)</code></p>
                """))
    }

    /// The way to what was written since: what changed, or the latest text for who holds a link.
    private static func newer(_ revision: Revision, _ open: OpenText, _ words: Words) -> Markup {
        open.isGuest
            ? "<a href=\"\(open.base)\">\(words("texts.revision.latest"))</a>"
            : "<a href=\"\(open.base)/revisions/\(open.head.id)/comparer?avec=\(revision.id)\">\(words("texts.revision.since"))</a>"
    }

    /// The sections as they were written, to read and copy from.
    private static func source(_ revision: Revision, _ open: OpenText, _ words: Words) -> Markup {
        guard !open.isGuest else { return .empty }
        let sections = revision.sections.map { section -> Markup in
            """
            <div class="field"><label for="source-\(section.key)">\(section.title)</label><textarea id="source-\(section.key)" rows="8" readonly>
            \(section.body)</textarea></div>
            """
        }
        return "<details class=\"no-print\"><summary>\(words("texts.revision.source"))</summary>\(sections)</details>"
    }

    static func compare(_ request: Request, _ open: OpenText) async throws -> Response {
        let (old, new) = try await request.site.database.read { reader in
            let new = try open.revision(request["revision"], reader, request)
            guard let other = request.query["avec"] ?? new.parentId else { throw NotFound() }
            return (try open.revision(other, reader, request), new)
        }
        let words = request.words
        let title = words("texts.compare.title", ["old": old.number, "new": new.number])
        return .page(
            open.page(
                title, request, shape: .reading,
                "<h1>\(title)</h1><p class=\"meta\">\(words("texts.compare.legend"))</p>\(DifferenceView.show(old, new, words))"))
    }

    private static func formOnly(_ revision: Revision, _ words: Words) -> Markup {
        revision.isFormOnly ? " <span class=\"badge\">\(words("texts.revision.formOnly"))</span>" : .empty
    }
}
