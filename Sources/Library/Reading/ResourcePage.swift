import Database
import Formats
import Platform
import Texts

/// The page of a resource: what everybody reads.
enum ResourcePage {
    static func show(_ request: Request, _ publication: Publication) async throws -> Response {
        let page = try await request.site.database.read { reader in
            let resource = try Resource.load(publication, reader)
            return ResourceView(request: request, resource: resource).page(try TextRendering.html(resource.printed, reader, request))
        }
        return publication.state == .open ? .sharedPage(page) : .page(page)
    }
}

/// A published text as an article, with what vouches for it.
struct ResourceView {
    let request: Request
    let resource: Resource
    var words: Words { request.words }
    var publication: Publication { resource.publication }
    private var lang: Markup { words.lang(resource.text.language) }

    func page(_ prose: Markup) -> Page {
        let title = publication.title
        let crumbs = [
            Crumb(words("library.home.crumb"), "/"), Crumb(words("library.list.title"), "/ressources"), Crumb(title),
        ]
        let content: Markup = """
            \(scheduled)\(reviewed)<article><header><p class="kind">\(words("library.kind.\(publication.kind)"))</p><h1\(lang)>\(title)</h1>\(lede)<p class="byline">\(byline)</p></header>
            \(contents)\(prose)
            \(reply)\(Vouching(request: request, resource: resource).view)
            \(Colophon(request: request, resource: resource).view)</article>
            """
        return Page(title, shape: .reading, crumbs: crumbs, content).with {
            $0.description = publication.lede.isEmpty ? words("library.resource.description", ["territory": resource.territory]) : publication.lede
        }
    }

    private var scheduled: Markup {
        guard publication.state == .scheduled else { return .empty }
        let sentence =
            publication.notBefore.map { words("library.resource.scheduled", ["day": $0]) } ?? words("library.resource.waiting")
        return "<p class=\"notice warning\">\(sentence)</p>"
    }

    /// Somebody who had validated asked to look at it again: readers are told, nothing more.
    private var reviewed: Markup {
        guard let since = resource.reviewedSince else { return .empty }
        return "<p class=\"notice\" id=\"relecture\">\(words("library.resource.reviewed", ["day": words.date(since.day())]))</p>"
    }

    private var lede: Markup { publication.lede.isEmpty ? .empty : "<p class=\"lede\"\(lang)>\(publication.lede)</p>" }

    private var byline: String {
        let day = (publication.openedAt ?? publication.publishedAt).day()
        return [
            words("library.resource.by", ["authors": words.list(publication.authorNames)]), resource.territory, words.date(day),
            words("library.resource.version", ["n": String(publication.version)]),
        ].joined(separator: " · ")
    }

    private var contents: Markup {
        guard resource.sections.count > 1 else { return .empty }
        let items = resource.sections.map { section -> Markup in "<li><a href=\"#\(section.key)\"\(lang)>\(section.title)</a></li>" }
        return "<nav class=\"contents\" aria-label=\"\(words("library.resource.contents"))\"><ol>\(items)</ol></nav>"
    }

    private var reply: Markup {
        guard let reply = resource.reply else { return .empty }
        return """
            <section id="droit-de-reponse"><h2>\(words("library.resource.reply"))</h2><div class="prose"\(lang)>\(Markdown.html(reply.body, idPrefix: "r-"))</div><p class="meta">\(words("library.resource.replyFrom", ["day": reply.writtenAt.day()]))\(received(reply))</p></section>
            """
    }

    /// A reply that the team entered says how it came.
    private func received(_ reply: RightOfReply) -> String {
        reply.receivedBy.map { " " + words("library.resource.replyEntered", ["channel": words.name("library.channel", of: $0)]) } ?? ""
    }
}
