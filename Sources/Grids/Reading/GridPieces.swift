import Formats
import Platform

/// Pieces of every page that shows a grid: that of a programme, that of a visit.
package enum GridPieces {
    package static func probes(_ probes: [String], _ words: Words) -> Markup {
        guard !probes.isEmpty else { return .empty }
        return "<p class=\"meta\">\(words("grids.page.probes"))</p><ul>\(probes.map { "<li>\($0)</li>" as Markup })</ul>"
    }

    /// The ways to take a grid along: to print and write on, for a phone, for a program.
    package static func papers(_ path: String, _ request: Request) -> Markup {
        let words = request.words
        let files = [("document.odt", "odt")] + (request.site.typst == nil ? [] : [("document.pdf", "pdf")]) + [("formulaire.xlsx", "xlsx"), ("grille.json", "json")]
        let links = files.map { file, key -> Markup in
            "<a class=\"button quiet\" data-icon=\"download\" href=\"\(path)/\(file)\">\(words("grids.take.\(key)"))</a> "
        }
        return "<p class=\"acts no-print\">\(links)</p>"
    }
}
