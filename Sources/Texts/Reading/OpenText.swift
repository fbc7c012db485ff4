import Database
import Formats
import Platform
import Visits

/// The text of an address as this person may read it: by their account, or behind a private link that opens it alone.
struct OpenText: Sendable {
    let text: Text
    let head: Revision
    let thing: Protection
    let subject: TextSubject
    /// Where its pages are: `/textes/ID`, or `/fiche/SECRET`, `/validation/SECRET` and `/reponse/SECRET` for a guest.
    let base: String
    let isGuest: Bool

    /// The visit that it is about; nil for a grid.
    var visit: Visit? { subject.visit }

    /// - Throws: `NotFound` where there is no visit: a grid has no host.
    func requireVisit() throws -> Visit {
        guard let visit else { throw NotFound() }
        return visit
    }

    /// Where its validation is: `/textes/ID/validation`, or `/validation/SECRET`.
    var validation: String { isGuest ? base : "\(base)/validation" }

    typealias Handler = @Sendable (Request, OpenText) async throws -> Response

    /// A handler that is given the text of its path: 404 unless this person may read it and its history.
    static func at(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        { request in try await handle(request, try await load(request["text"], base: "/textes/\(request["text"])", request)) }
    }

    /// The same behind a private link made for that purpose, at `/{purpose}/{secret}`.
    static func behind(_ purpose: Purpose, _ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        { request in
            guard let link = request.link, link.purpose == purpose.rawValue else { throw NotFound() }
            return try await handle(request, try await load(link.objectId, base: "\(purpose.path)/\(request["secret"])", request))
        }
    }

    /// Why a private link to a text was made.
    enum Purpose: String {
        case sheet, validation, reply

        var path: String {
            switch self {
            case .sheet: "/fiche"
            case .validation: "/validation"
            case .reply: "/reponse"
            }
        }
    }

    /// - Throws: `NotFound`
    static func load(_ id: String, base: String, _ request: Request) async throws -> OpenText {
        try await request.site.database.read { reader in
            let thing = try reader.see(id, request)
            guard request.site.policy.allows(.seeHistory, request.viewer, on: thing) else { throw NotFound() }
            let text = try TextQueries.text(id, reader)
            return OpenText(
                text: text, head: try TextQueries.head(id, reader), thing: thing,
                subject: try TextSubject.of(text, reader), base: base, isGuest: request.link != nil)
        }
    }

    func allows(_ action: Action, _ request: Request) -> Bool {
        request.site.policy.allows(action, request.viewer, on: thing)
    }

    /// Whether this person may write the text: the right of its kind, or being its author.
    func mayWrite(_ request: Request) -> Bool {
        text.kind.right.map { allows($0, request) } ?? (thing.authorId != nil && thing.authorId == request.viewer.personId)
    }

    /// A page about this text: « Accueil › programme › Visites › visit › text › page »; alone for a guest.
    func page(_ title: String, _ request: Request, shape: Page.Shape = .workshop, _ content: Markup) -> Page {
        guard !isGuest else { return Page(title, shape: shape == .workshop ? .reading : shape, content) }
        return subject.page(title, request, shape: shape, content).with { page in
            page.programme?.current = "/textes"
            guard title != head.title, !page.crumbs.isEmpty else { return }
            page.crumbs.insert(Crumb(head.title, base), at: page.crumbs.count - 1)
        }
    }

    /// Who may read it, in words.
    func audience(_ words: Words) -> Markup {
        let name =
            switch thing.audience {
            case .author: "author"
            case .scope: thing.scopeId == visit?.circleId ? "circle" : "delegation"
            case .community: "community"
            case .partners: "partners"
            case .everyone: "public"
            }
        let mark = ["author": "author", "circle": "group", "delegation": "group", "community": "programme", "partners": "network"]
        return "<p class=\"audience\" data-audience=\"\(mark[name] ?? name)\">\(words("texts.audience.\(name)"))</p>"
    }
}

extension Change {
    /// The right to write a text: that of its kind, or being its author. A private link is no way to write what is shown to read.
    @discardableResult func requireWriting(_ textId: String) throws -> Text {
        let thing = try require(.see, on: textId)
        let text = try TextQueries.text(textId, self)
        guard let right = text.kind.right else {
            guard actor.isSite || thing.authorId == viewer.personId else { throw Forbidden(.writeNote) }
            return text
        }
        try require(right, on: textId)
        return text
    }
}
