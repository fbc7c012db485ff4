import Database
import Formats
import Platform

/// A published text to take away: Word, OpenDocument, PDF.
enum PaperDownloads {
    static func office(_ kind: OfficeFile.Kind) -> @Sendable (Request, Publication) async throws -> Response {
        { request, publication in
            let paper = try await load(publication, request).paper
            let moment = publication.updatedAt
            let bytes = try await Blocking.run { Result { try paper.file(kind, at: moment) } }.get()
            return .download(bytes, type: kind.type, name: "\(publication.slug).\(kind.rawValue)")
        }
    }

    static func pdf(_ request: Request, _ publication: Publication) async throws -> Response {
        let site = request.site
        guard let typst = site.typst else { throw NotFound() }
        let paper = try await load(publication, request)
        let data = paper.data
        let key = Secrets.sha256(Array(CanonicalJSON.encode(data).utf8) + typst.template)
        let shelf = PaperShelf(site)
        do {
            let bytes = try await PaperDesk.desk.paper("\(publication.id)/\(key)") {
                if let known = await Blocking.run({ shelf.paper(key, of: publication.id) }) { return known }
                let made = try await typst.pdf(data, paper.files, at: publication.updatedAt, site: site)
                await Blocking.run { shelf.keep(made, key, of: publication.id) }
                return made
            }
            return .download(bytes, type: FileStore.Kind.pdf.rawValue, name: "\(publication.slug).pdf")
        } catch is PaperDesk.Busy {
            return later(request, publication, "busy")
        } catch is ToolProblem {
            return later(request, publication, "failed")
        }
    }

    /// What is open to everybody; what is scheduled has no paper yet.
    private static func load(_ publication: Publication, _ request: Request) async throws -> ResourcePaper {
        guard publication.state == .open else { throw NotFound() }
        return try await request.site.database.read { try ResourcePaper(Resource.load(publication, $0), $0, request.site) }
    }

    private static func later(_ request: Request, _ publication: Publication, _ key: String) -> Response {
        let words = request.words
        let title = words("library.paper.\(key).title")
        let view: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("library.paper.\(key).text"))</p>
            <p class="acts"><a class="button quiet" href="\(publication.path)">\(words("library.source.back"))</a></p>
            """
        var response = Response.page(Page(title, shape: .narrow, view), status: 503)
        response.headers.append(("retry-after", "30"))
        return response
    }
}
