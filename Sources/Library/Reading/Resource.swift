import Community
import Database
import Evidence
import Formats
import Grids
import Platform
import Texts
import Visits

/// A publication with what its page says of it: the text, who answers for it, what it covers.
struct Resource: Sendable {
    let publication: Publication
    let text: Text
    let revision: Revision
    let programme: Programme
    let visitName: String
    let territory: String
    let territorySlug: String
    /// The validation it rests on; the revisions `since` are those up to the one published.
    let validation: Validation?
    /// The requests before it, newest first: what was objected then is printed too.
    let earlier: [Validation]
    /// What changed between the revision that was validated and the one published: form only.
    let validated: Revision?
    let arbitration: String?
    /// Since when the text is looked at again: a request reopened, or made since.
    let reviewedSince: Instant?
    /// What the host answers, printed with the text.
    let reply: RightOfReply?
    let covered: [String]
    /// Dimensions without quotation, with the reason that its authors gave.
    let blanks: [(dimension: String, reason: String)]

    /// What is printed: a section that was emptied leaves no title behind.
    var sections: [Section] { revision.sections.filter { !Markdown.isBlank($0.body) } }
    var printed: Revision {
        var printed = revision
        printed.sections = sections
        return printed
    }

    static func load(_ publication: Publication, _ reader: any Reader) throws -> Resource {
        let text = try TextQueries.text(publication.textId, reader)
        let revision = try TextQueries.revision(publication.revisionId, of: text.id, reader)
        var validation = try publication.requestId.flatMap { try Validation.summary(of: $0, reader) }
        validation?.since.removeAll { $0.number > revision.number }
        let validated = try validation.flatMap { validation in
            validation.request.revisionId == revision.id
                ? nil : try TextQueries.revision(validation.request.revisionId, of: text.id, reader)
        }
        let reply =
            try RightOfReply.of(text.id, reader) ?? text.drawnFromId.flatMap { try RightOfReply.of($0, reader) }
        let earlier = try Validation.earlier(text.id, reader, than: validation)
        let covered = Set(
            try reader.texts("SELECT dimension_id FROM publication_dimension WHERE publication_id = \(publication.id)"))
        let reasons = try reader.all(Blank.self, "SELECT dimension_id, reason FROM text_blank WHERE text_id = \(text.id)")
        let blankOf = Dictionary(uniqueKeysWithValues: reasons.map { ($0.dimensionId, $0.reason) })
        let dimensions = try Grids.dimensions(publication.programmeId, reader)
        return Resource(
            publication: publication, text: text, revision: revision,
            programme: try Programme.load(id: publication.programmeId, reader),
            visitName: try VisitQueries.load(id: text.subjectId, reader).name,
            territory: try reader.text("SELECT name FROM territory WHERE id = \(publication.territoryId)") ?? "",
            territorySlug: try reader.text("SELECT slug FROM territory WHERE id = \(publication.territoryId)") ?? "",
            validation: validation, earlier: earlier, validated: validated,
            arbitration: try publication.requestId.flatMap { try Arbitrations.of($0, reader)?.reason },
            reviewedSince: validation?.request.closedAt, reply: reply, covered: dimensions.filter { covered.contains($0.id) }.map(\.name),
            blanks: dimensions.filter { !covered.contains($0.id) }.map { ($0.name, blankOf[$0.id] ?? "") })
    }
}

private struct Blank: Decodable {
    var dimensionId: String
    var reason: String
}

/// The publication of an address, for this person.
enum OpenResource {
    /// A handler that is given the publication of its path: 404 unless this person sees it, 410 for what was taken back; an
    /// old address leads to today's, for ever.
    static func at(
        _ handle: @escaping @Sendable (Request, Publication) async throws -> Response
    ) -> @Sendable (Request) async throws -> Response {
        { request in
            let slug = request["resource"]
            let found = try await request.site.database.read { reader -> Publication? in
                guard let publication = try PublicationQueries.at(slug, reader) else { throw NotFound() }
                // What was open once is said to be gone; what never was is not there.
                if publication.state == .withdrawn {
                    if publication.openedAt == nil { throw NotFound() }
                    return nil
                }
                try reader.see(publication.id, request)
                return publication
            }
            guard let publication = found else { return gone(request) }
            if publication.slug != slug {
                let rest = request.path.split(separator: "/").dropFirst(2).map { "/\($0)" }.joined()
                return Response(status: 301, headers: [("location", publication.path + rest)])
            }
            return try await handle(request, publication)
        }
    }

    private static func gone(_ request: Request) -> Response {
        let words = request.words
        let title = words("library.gone.title")
        let view: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("library.gone.text"))</p>
            <p class="acts"><a class="button quiet" href="/ressources">\(words("library.gone.link"))</a></p>
            """
        return .page(Page(title, shape: .narrow, view), status: 410)
    }
}
