import Database
import Formats
import Platform
import Visits

/// The page of an excerpt: « D'où vient ce texte » for those who may read it, consent and withdrawal for the staff.
enum ExcerptPage {
    static func show(_ request: Request) async throws -> Response {
        .page(try await page(request).with { $0.notice = notice(request) })
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
            ? TombstoneView(request: request, facts: facts).content + answer.afterWithdrawal
            : ExcerptView(request: request, facts: facts, typed: typed, problems: problems).content + answer.sections
        return facts.visit.page(title, request, shape: .reading, content)
    }

    private static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("evidence.done", of: done))</p>"
    }

    /// What was just done, said on the page that follows.
    private enum Done: String {
        case cited, allowed, refused, withdrawn, attributed
    }
}
