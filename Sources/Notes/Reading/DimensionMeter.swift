import Formats
import Grids
import Platform

/// How many shared notes each dimension of the grid has, and which nobody touched.
struct DimensionMeter: Equatable {
    struct Line: Equatable {
        let id: String
        let name: String
        let notes: Int
        /// How many people wrote them.
        let authors: Int
    }

    let lines: [Line]
    var untouched: [Line] { lines.filter { $0.notes == 0 } }

    init(_ notes: [SharedNote], _ open: OpenNotebook) {
        self.init(notes, dimensions: open.dimensions.map { ($0.id, $0.name) })
    }

    init(_ notes: [SharedNote], dimensions: [(id: String, name: String)]) {
        let (shared, known) = (notes.filter { $0.audience > .author }, Set(dimensions.map(\.id)))
        lines = dimensions.map { id, name in
            let notes = CommonPage.notes(shared, under: id, among: known)
            return Line(id: id, name: name, notes: notes.count, authors: Set(notes.map(\.authorId)).count)
        }
    }

    func section(_ words: Words) -> Markup {
        guard !lines.isEmpty else { return .empty }
        let highest = max(1, lines.map(\.notes).max() ?? 1)
        let items = lines.map { line -> Markup in
            let said =
                line.notes == 0
                ? words("notes.meter.nobody")
                : "\(words("notes.meter.notes", ["n": line.notes])), \(words("notes.meter.authors", ["n": line.authors]))"
            return """
                <li\(Markup.attribute("class", value: line.notes == 0 ? "blank" : nil))>\(line.name) <meter min="0" max="\(highest)" value="\(line.notes)" aria-label="\(line.name)">\(line.notes)</meter> <span>\(said)</span></li>
                """
        }
        let sum =
            untouched.isEmpty
            ? words("notes.meter.all") : words("notes.meter.untouched", ["n": untouched.count, "names": words.list(untouched.map(\.name))])
        return "<section id=\"dimensions\"><h2>\(words("notes.meter.title"))</h2><p>\(sum)</p><ul class=\"meters\">\(items)</ul></section>"
    }
}
