import Database
import Formats
import Platform

/// The page of a visit: state and next step first, then the facts, the people, the panels of the other capabilities.
enum VisitPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(try await page(request, open))
    }

    static func page(_ request: Request, _ open: OpenVisit, problems: [Problem] = []) async throws -> Page {
        let facts = try await request.site.database.read { try VisitFacts.load(open.visit, $0, request) }
        let panels = try await request.site.panels(on: "visit", of: open.visit.id, request)
        let views = VisitViews(request: request, facts: facts, mayManage: open.mayManage, problems: problems)
        return open.visit.page(open.visit.name, request, views.content(panels))
            .with { page in
                page.notice = DatesPage.chosen(facts.agenda, request) ?? Done.notice(request)
                if request.query["fait"] == Done.subject.rawValue { page.kept = ["visit-\(open.visit.id)-subject"] }
            }
    }
}
