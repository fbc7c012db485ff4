import Community
import Formats
import Platform

/// The question grid of a programme, to be read and printed before a visit.
struct GridView {
    let request: Request
    let programme: Programme
    let dimensions: [Dimension]
    let questions: [String: [Question]]
    var words: Words { request.words }

    var page: Page {
        let title = words("grids.page.title")
        let body: Markup =
            dimensions.isEmpty
            ? "<div class=\"empty\"><h2>\(words("grids.page.emptyTitle"))</h2><p>\(words("grids.page.emptyText"))</p></div>"
            : "<p class=\"lede\">\(words("grids.page.lede"))</p>\(contents)\(dimensions.map(section))"
        let content: Markup = """
            <h1>\(title)</h1><p class="audience" data-audience="public">\(words("grids.page.audience"))</p>\(body)
            """
        return programme.page(title, at: "", request, shape: .reading, content)
    }

    private var contents: Markup {
        let items = dimensions.map { "<li><a href=\"#\(anchor($0))\">\($0.name)</a></li>" as Markup }
        return """
            <nav class="contents" aria-label="\(words("grids.page.contents"))"><ol>\(items)</ol></nav><p class="acts no-print"><button class="button quiet" type="button" data-icon="print" data-print>\(words("grids.page.print"))</button></p>
            """
    }

    private func section(_ dimension: Dimension) -> Markup {
        let said: Markup =
            dimension.description.isEmpty ? .empty : "<p class=\"meta\">\(words.quoted(dimension.description))</p>"
        let asked = questions[dimension.id] ?? []
        let items = asked.map { question -> Markup in
            let probes = question.probes.map { "<li>\($0)</li>" as Markup }
            let list: Markup =
                probes.isEmpty ? .empty : "<p class=\"meta\">\(words("grids.page.probes"))</p><ul>\(probes)</ul>"
            return "<li><p><strong>\(question.text)</strong></p>\(list)</li>"
        }
        let list: Markup = items.isEmpty ? "<p>\(words("grids.page.noQuestion"))</p>" : "<ol>\(items)</ol>"
        return "<section id=\"\(anchor(dimension))\"><h2>\(dimension.name)</h2>\(said)\(list)</section>"
    }

    private func anchor(_ dimension: Dimension) -> String { "dimension-\(French.slug(dimension.fileKey))" }
}
