import Database
import Formats
import Platform
import Visits

/// The review of a visit as this person may see it: by their account, or behind a private link that opens it alone.
struct OpenReview: Sendable {
    let visit: Visit
    /// Nil while nobody began it.
    let review: Review?
    let thing: Protection?
    /// `…/visites/caen/bilan`, or `/conseils/SECRET` for a guest.
    let base: String
    let isGuest: Bool

    static let purpose = "advice"
    static let guests = "/conseils"

    typealias Handler = @Sendable (Request, OpenReview) async throws -> Response

    /// A handler that is given the review of its path: 404 to whoever may not read it, or begin it.
    static func at(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        { request in
            try await handle(
                request,
                try await request.site.database.read { reader in
                    let visit = try VisitQueries.load(programme: request["programme"], slug: request["visit"], reader)
                    try reader.see(visit.id, request)
                    return try of(visit, base: "\(visit.path)/bilan", request, reader)
                })
        }
    }

    /// The same where somebody has to have begun it.
    static func begun(_ handle: @escaping @Sendable (Request, OpenReview, Review) async throws -> Response) -> @Sendable (Request) async throws -> Response {
        at { request, open in
            guard let review = open.review else { throw NotFound() }
            return try await handle(request, open, review)
        }
    }

    /// The same for somebody of the host behind a private link, at `/conseils/{secret}`.
    static func behind(_ handle: @escaping @Sendable (Request, OpenReview, Review) async throws -> Response) -> @Sendable (Request) async throws -> Response {
        { request in
            guard let link = request.link, link.purpose == purpose else { throw NotFound() }
            let (open, review) = try await request.site.database.read { reader in
                let review = try ReviewQueries.load(link.objectId, reader)
                let visit = try VisitQueries.load(id: review.visitId, reader)
                return (try of(visit, base: "\(guests)/\(request["secret"])", request, reader), review)
            }
            return try await handle(request, open, review)
        }
    }

    /// - Throws: `NotFound`
    static func of(_ visit: Visit, base: String, _ request: Request, _ reader: any Reader) throws -> OpenReview {
        let review = try ReviewQueries.review(of: visit.id, reader)
        guard let review else {
            guard request.viewer.isMember(of: visit.delegationId), request.link == nil else { throw NotFound() }
            return OpenReview(visit: visit, review: nil, thing: nil, base: base, isGuest: false)
        }
        return OpenReview(
            visit: visit, review: review, thing: try reader.see(review.id, request), base: base, isGuest: request.link != nil)
    }

    func allows(_ action: Action, _ request: Request) -> Bool {
        thing.map { request.site.policy.allows(action, request.viewer, on: $0) } ?? false
    }

    /// A page about this review: « Accueil › programme › Visites › visit › Bilan collectif »; alone for a guest.
    func page(_ title: String, _ request: Request, _ content: Markup) -> Page {
        guard !isGuest else { return Page(title, shape: .reading, content) }
        return visit.page(title, request, content)
    }
}

/// What was just done, said on the page that follows: `?fait=added`.
enum Done: String, CaseIterable {
    case begun, added, changed, keptBoth, removed, restored, present, opened, closed, reopened, sent, answered, recorded, followed

    static func path(_ base: String, _ done: Done, at anchor: String? = nil) -> String {
        "\(base)?fait=\(done.rawValue)\(anchor.map { "#\($0)" } ?? "")"
    }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("reviews.done", of: done))</p>"
    }
}
