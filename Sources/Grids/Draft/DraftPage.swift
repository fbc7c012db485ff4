import Community
import Database
import Formats
import Platform

/// The grid in preparation: what it asks, what members say of it, what the researcher does to it.
enum DraftPage {
    static func show(_ request: Request, _ open: OpenGrid) async throws -> Response { .page(try await page(request, open)) }

    static func page(_ request: Request, _ open: OpenGrid, problems: [Problem] = []) async throws -> Page {
        guard let core = open.core else { throw NotFound() }
        let (draft, comments) = try await request.site.database.read { reader in
            (try DraftActs.draft(open, reader), try Comments.counts(core.id, reader))
        }
        let panels = try await request.site.panels(on: "grid-draft", of: core.id, request)
        let view = DraftView(request: request, open: open, core: core, draft: draft, comments: comments)
        return open.page(request.words("grids.draft.title"), request, view.content(panels)).with { $0.problems = problems }
    }
}

/// The pieces of the page of a draft.
struct DraftView {
    let request: Request
    let open: OpenGrid
    let core: GridCore
    let draft: GridDraft
    let comments: [String: Comments.Count]
    private var words: Words { request.words }

    func content(_ panels: Markup) -> Markup {
        """
        <h1>\(words("grids.draft.title"))</h1><p class="audience" data-audience="programme">\(words("grids.draft.audience"))</p>
        <p class="lede">\(words(open.mayWrite ? "grids.draft.lede" : "grids.draft.ledeMember"))</p>\(state)\(acts)
        \(draft.content.dimensions.map(section))\(removed)\(open.mayWrite ? request.manyActs : .empty)\(panels)
        """
    }

    private var state: Markup {
        let waiting = comments.values.reduce(0) { $0 + $1.waiting }
        guard draft.content.hasQuestions else {
            // Emptied, or not begun: nothing is lost, and a version cannot be made of it.
            let key = core.content.hasQuestions ? "emptied" : "blank"
            return "<p class=\"notice warning\">\(words("grids.draft.\(key)", ["n": core.content.questions.count]))</p>"
        }
        let counts = words("grids.draft.counts", ["dimensions": draft.content.dimensions.count, "questions": draft.content.questions.count])
        let comments: Markup = waiting == 0 ? .empty : " \(words("grids.draft.comments", ["n": waiting]))"
        return "<p>\(counts)\(comments)</p>"
    }

    private var acts: Markup {
        guard open.mayWrite else { return .empty }
        return """
            <p class="acts no-print"><a class="button" href="\(open.drafting)/dimensions/\(DimensionPage.new)">\(words("grids.dimension.new"))</a> <a class="button quiet" href="\(open.drafting)/reprise">\(words("grids.takeIn.link"))</a></p>
            """
    }

    private func section(_ dimension: GridContent.Dimension) -> Markup {
        let said: Markup = dimension.description.isEmpty ? .empty : "<p class=\"meta\">\(dimension.description)</p>"
        let add: Markup =
            open.mayWrite
            ? "<p class=\"acts no-print\"><a href=\"\(open.drafting)/questions/\(DimensionPage.new)?dimension=\(dimension.id)\">\(words("grids.draft.ask"))<span class=\"unseen\"> \(dimension.name)</span></a></p>" : .empty
        let items: Markup =
            dimension.questions.isEmpty
            ? "<p>\(words("grids.page.noQuestion"))</p>" : "<ol>\(dimension.questions.map(item))</ol>"
        return """
            <section id="\(dimension.id)"><h2>\(dimension.name)</h2>\(said)\(edits(dimension.id, "dimensions", dimension.name))\(items)\(add)</section>
            """
    }

    private func item(_ question: GridContent.Question) -> Markup {
        let known = core.content.question(question.id)
        let change: String? = known == nil ? "new" : known == question ? nil : "reworded"
        let badge: Markup = change.map { " <span class=\"badge\">\(words("grids.draft.\($0)"))</span>" } ?? .empty
        let count = comments[question.id]?.all ?? 0
        return """
            <li id="\(question.id)"><p><strong>\(question.text)</strong>\(badge)</p>\(GridPieces.probes(question.probes, words))<p class="meta no-print"><a href="\(open.path)/questions/\(question.id)">\(words("grids.comment.link", ["n": count]))</a></p>\(edits(question.id, "questions", question.text))</li>
            """
    }

    private func edits(_ id: String, _ kind: String, _ name: String) -> Markup {
        guard open.mayWrite else { return .empty }
        let path = "\(open.drafting)/\(id)"
        return """
            <div class="acts no-print"><a href="\(open.drafting)/\(kind)/\(id)">\(words("grids.draft.edit"))</a> \(request.actOfMany("\(path)/montee", words("grids.draft.up"))) \(request.actOfMany("\(path)/descente", words("grids.draft.down"))) \(request.actOfMany("\(path)/retrait", words("grids.draft.remove")))</div>
            """
    }

    /// What was taken off, to put it back.
    private var removed: Markup {
        guard open.mayWrite, !draft.removed.isEmpty else { return .empty }
        let items = draft.removed.map { removed -> Markup in
            let said =
                switch removed {
                case .dimension(let dimension): words("grids.draft.removedDimension", ["name": dimension.name, "n": dimension.questions.count])
                case .question(let question, _): question.text
                }
            return "<li>\(said) \(request.actOfMany("\(open.drafting)/\(removed.id)/retour", words("grids.draft.restore")))</li>"
        }
        return """
            <section class="no-print"><h2>\(words("grids.draft.removedTitle"))</h2><p>\(words("grids.draft.removedText"))</p><ul>\(items)</ul></section>
            """
    }
}
