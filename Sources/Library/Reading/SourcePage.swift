import Database
import Evidence
import Formats
import Platform
import Texts

/// « D'où vient ce texte » : where a quotation of a resource comes from. Never the note itself.
enum SourcePage {
    static func show(_ request: Request, _ publication: Publication) async throws -> Response {
        let page = try await request.site.database.read { reader in
            let id = request["excerpt"]
            let resource = try Resource.load(publication, reader)
            guard resource.revision.citations.values.contains(where: { $0.contains(id) }) else { throw NotFound() }
            let excerpt = try ExcerptQueries.excerpt(id, reader)
            return SourceView(
                request: request, resource: resource, excerpt: excerpt, provenance: try Provenance.of(id, reader),
                isPublic: try Quotable.isPublic(excerpt, reader, request.site),
                consent: try ExcerptQueries.consents(of: [id], reader)[id]?.last { $0.isGiven && $0.holds && $0.shownHash == excerpt.shownHash }
            ).page
        }
        return publication.state == .open ? .sharedPage(page) : .page(page)
    }
}

/// Whether the words of a quotation may go to anybody: consent given, and opened by a publication.
enum Quotable {
    static func isPublic(_ excerpt: Excerpt, _ reader: any Reader, _ site: Site) throws -> Bool {
        let allowance = try ExcerptQueries.allowances(of: [excerpt], reader)[excerpt.id]
        guard allowance == .given, let thing = try reader.protection(of: excerpt.id) else { return false }
        return site.policy.allows(.see, .anybody, on: thing)
    }
}

/// The provenance of one quotation, in words.
struct SourceView {
    let request: Request
    let resource: Resource
    let excerpt: Excerpt
    let provenance: Provenance
    let isPublic: Bool
    let consent: Consent?
    var words: Words { request.words }

    var page: Page {
        let title = words("library.source.title")
        let crumbs = [
            Crumb(words("library.home.crumb"), "/"), Crumb(resource.publication.title, resource.publication.path), Crumb(title),
        ]
        let content: Markup = """
            <h1>\(title)</h1>\(isPublic ? quotation : mark)
            <p class="acts"><a class="button quiet" href="\(resource.publication.path)#citation-\(excerpt.id)">\(words("library.source.back"))</a></p>
            """
        return Page(title, shape: .reading, crumbs: crumbs, content)
    }

    /// Nothing that points at the person.
    private var mark: Markup {
        provenance.allowance.isHidden
            ? "<p class=\"quotation withdrawn\">\(words("evidence.quotation.withdrawn"))</p><p>\(words("library.source.withdrawn"))</p>"
            : "<p class=\"quotation pending\">\(words("evidence.quotation.pending"))</p>"
    }

    private var quotation: Markup {
        let said = excerpt.isSpeech ? words.quoted(excerpt.words) : excerpt.words
        let given = consent.map { consent -> Markup in
            let how = words.name("library.source.how", of: consent.askedHow)
            return "<p>\(words("library.source.given", ["day": consent.collectedOn, "how": how]))</p>"
        }
        return """
            <figure class="quotation\(excerpt.isSpeech ? "" : " reworded")"><blockquote><p>\(said)</p></blockquote><figcaption>\(excerpt.shownAs(words))</figcaption></figure>
            \(provenance.facts(words))\(given)<p>\(words("library.source.private"))</p>
            """
    }
}
