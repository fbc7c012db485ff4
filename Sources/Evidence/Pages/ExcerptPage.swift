import Database
import Formats
import Platform
import Visits

/// The page of an excerpt: « D'où vient ce texte » for those who may read it, consent and withdrawal for the staff.
enum ExcerptPage {
    static func show(_ request: Request) async throws -> Response {
        if let path = try await publicPath(request) { return .redirect(path) }
        return .page(
            try await page(request).with {
                $0.notice = notice(request)
                // What was typed is recorded: the browser keeps it no more.
                if [.allowed, .refused].contains(request.query["fait"].flatMap(Done.init)) {
                    $0.kept = [ConsentViews.kept(request["excerpt"])]
                }
            })
    }

    /// The page of the resource that shows the words, for whoever reads them there only.
    private static func publicPath(_ request: Request) async throws -> String? {
        try await request.site.database.read { reader in
            var (excerpt, thing) = try Excerpts.open(request["excerpt"], request, reader)
            guard thing.audience > .scope, !excerpt.publicPath.isEmpty else { return nil }
            thing.audience = .scope
            return request.site.policy.allows(.see, request.viewer, on: thing) ? nil : excerpt.publicPath
        }
    }

    /// What was done with the excerpt, even after its words are gone; for whoever records consents.
    static func history(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        try await request.site.database.read { reader in
            let thing = try Excerpts.open(id, request, reader).thing
            guard request.site.policy.allows(.recordConsent, request.viewer, on: thing) else { throw Forbidden(.recordConsent) }
        }
        return .page(try await HistoryPage.page(of: id, request))
    }

    /// - Parameter typed: the form that came back refused.
    static func page(_ request: Request, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let id = request["excerpt"]
        let facts = try await request.site.database.read { try ExcerptFacts.load(id, $0, request) }
        let words = request.words
        let answer = ConsentViews(request: request, facts: facts, typed: typed, problems: problems)
        let title = words("evidence.page.title", ["visit": facts.visit.name])
        let content: Markup =
            facts.allowance.isHidden
            ? TombstoneView(request: request, facts: facts).content + answer.afterWithdrawal + ExcerptErasure.section(request, facts, problems: problems)
            : ExcerptView(request: request, facts: facts, typed: typed, problems: problems).content + answer.sections
        return facts.visit.page(title, request, shape: .reading, content)
    }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("evidence.done", of: done))</p>"
    }

    /// What was just done, said on the page that follows.
    private enum Done: String {
        case cited, allowed, refused, withdrawn, attributed, cancelled, located, removed, erased
    }
}
