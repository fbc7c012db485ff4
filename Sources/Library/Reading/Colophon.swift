import Community
import Formats
import Platform
import Texts

/// The foot of a resource: how to cite it, under which licence, in which files.
struct Colophon {
    let request: Request
    let resource: Resource
    var words: Words { request.words }
    var publication: Publication { resource.publication }

    var view: Markup {
        let facts: [(String, Markup)] = [
            ("licence", license), ("address", Markup.text(address)),
            ("version", Markup.text("\(version), \(words.date(day))")),
            (
                "programme",
                "<a href=\"\(resource.programme.path)\">\(resource.programme.title)</a>, \(resource.visitName), <a href=\"/ressources?territoire=\(resource.territorySlug)\">\(resource.territory)</a>"
            ),
            ("hash", "<code class=\"hash\">\(resource.revision.hash)</code>"),
        ]
        let list = facts.map { key, value -> Markup in "<dt>\(words("library.colophon.\(key)"))</dt><dd>\(value)</dd>" }
        return """
            <footer class="colophon"><h2>\(words("library.colophon.cite"))</h2><p id="citation">\(citation)</p>
            <dl class="facts">\(list)</dl>
            <p class="no-print">\(words("library.colophon.copies"))</p>
            <p class="acts no-print">\(papers)<a class="button quiet" data-icon="download" href="\(publication.path)/source.md">\(words("library.colophon.markdown"))</a> <a class="button quiet" data-icon="download" href="\(publication.path)/source.json">\(words("library.colophon.json"))</a> <button class="button quiet" data-print data-icon="print">\(words("library.colophon.print"))</button></p></footer>
            """
    }

    /// The text as a file: what is open to everybody, in each format that this site makes.
    private var papers: Markup {
        guard publication.state == .open else { return .empty }
        let endings = (request.site.typst == nil ? [] : ["pdf"]) + OfficeFile.Kind.allCases.map(\.rawValue).reversed()
        return endings.map { ending -> Markup in
            "<a class=\"button quiet\" data-icon=\"download\" href=\"\(publication.path)/texte.\(ending)\">\(words("library.paper.\(ending)"))</a> "
        }.joined()
    }

    private var day: Day { publication.updatedAt.day() }
    private var address: String { request.site.configuration.link(publication.path) }
    private var version: String { words("library.colophon.versionOf", ["n": String(publication.version), "revision": resource.revision.number]) }

    private var license: Markup {
        let license = License(id: publication.license)
        let name = license.name(in: words)
        return license.address(in: words).map { "<a rel=\"license\" href=\"\($0)\">\(name)</a>" } ?? Markup.text(name)
    }

    /// As people write it in a bibliography.
    private var citation: Markup {
        """
        \(publication.authorNames.joined(separator: ", ")), <cite>\(publication.title)</cite>, \(resource.programme.title), \(words.date(day)), \(words("library.resource.version", ["n": String(publication.version)])), \(publication.license), \(address)
        """
    }
}
