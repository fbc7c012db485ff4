import Community
import Formats
import Platform

/// The question grid of a programme, to be read and printed before a visit.
struct GridView {
    let request: Request
    let open: OpenGrid
    let hasDraft: Bool
    /// Nobody of the programme may write it.
    let isAlone: Bool
    /// What other capabilities show under it: its versions.
    let panels: Markup
    private var words: Words { request.words }
    private var content: GridContent { open.core?.content ?? GridContent() }

    var page: Page {
        let title = words("grids.page.title")
        let body: Markup =
            content.dimensions.isEmpty
            ? "<div class=\"empty\"><h2>\(words("grids.page.emptyTitle"))</h2><p>\(words("grids.page.emptyText"))</p></div>"
            : "<p class=\"lede\">\(words("grids.page.lede"))</p>\(contents)\(content.dimensions.map(section))\(take)"
        return open.programme.page(
            title, at: "", request, shape: .reading,
            """
            <h1>\(title)</h1><p class="audience" data-audience="public">\(words("grids.page.audience"))</p>\(preparing)\(body)\(panels)
            """
        ).with { $0.notice = Done.notice(request) }
    }

    /// What its people do next with it.
    private var preparing: Markup {
        guard open.isInside else { return .empty }
        let alone: Markup = isAlone ? MissingResearcher.notice(in: open.programme, request) : .empty
        if hasDraft {
            return """
                \(alone)<div class="next"><p><strong>\(words("grids.page.drafted"))</strong></p><p class="acts"><a class="button" href="\(open.drafting)">\(words(open.mayWrite ? "grids.page.prepare" : "grids.page.comment"))</a></p></div>
                """
        }
        guard open.mayWrite else { return alone }
        let key = content.dimensions.isEmpty ? "start" : "again"
        return """
            <div class="next"><p><strong>\(words("grids.page.\(key)"))</strong></p>\(content.dimensions.isEmpty ? beginnings : request.act(open.drafting, words("grids.page.prepare"), style: "button"))</div>
            """
    }

    /// From the dimensions that the dossier gives as examples, or from nothing.
    private var beginnings: Markup {
        """
        <div class="acts">\(request.act(open.drafting, words("grids.page.fromExamples"), style: "button", hidden: ["from": "examples"]))\(request.act(open.drafting, words("grids.page.fromNothing"), hidden: ["from": "nothing"]))</div>
        """
    }

    private var contents: Markup {
        let items = content.dimensions.map { "<li><a href=\"#\(anchor($0))\">\($0.name)</a></li>" as Markup }
        return """
            <nav class="contents" aria-label="\(words("grids.page.contents"))"><ol>\(items)</ol></nav><p class="acts no-print"><button class="button quiet" type="button" data-icon="print" data-print>\(words("grids.page.print"))</button></p>
            """
    }

    private func section(_ dimension: GridContent.Dimension) -> Markup {
        let said: Markup = dimension.description.isEmpty ? .empty : "<p class=\"meta\">\(words.quoted(dimension.description))</p>"
        let items = dimension.questions.map { question -> Markup in
            let title: Markup =
                open.isInside ? "<a href=\"\(open.path)/questions/\(question.id)\">\(question.text)</a>" : .text(question.text)
            return "<li><p><strong>\(title)</strong></p>\(GridPieces.probes(question.probes, words))</li>"
        }
        let list: Markup = items.isEmpty ? "<p>\(words("grids.page.noQuestion"))</p>" : "<ol>\(items)</ol>"
        return "<section id=\"\(anchor(dimension))\"><h2>\(dimension.name)</h2>\(said)\(list)</section>"
    }

    private var take: Markup {
        let version = open.core.map { $0.version > 0 ? words("grids.take.version", ["n": $0.version]) : "" } ?? ""
        return """
            <section class="no-print"><h2>\(words("grids.take.title"))</h2><p>\(words("grids.take.text")) \(version)</p>\(GridPieces.papers(open.path, request))</section>
            """
    }

    private func anchor(_ dimension: GridContent.Dimension) -> String { "dimension-\(French.slug(dimension.key))" }
}
