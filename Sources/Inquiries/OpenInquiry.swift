import Community
import Database
import Formats
import Grids
import Platform
import Visits

/// The grid of a visit as this person may use it.
struct OpenInquiry: Sendable {
    let visit: Visit
    let grid: VisitGrid
    let changes: [GridChange]
    let core: GridCore
    let settled: Adaptations.Settled?
    let programme: Programme
    /// The language of the programme: that of what leaves for print and phones.
    var language: Language { programme.language }
    let mayAdapt: Bool
    let mayApprove: Bool
    /// Nobody of the programme may approve or settle it.
    let isAlone: Bool
    /// Of the visiting group: reads the notes, hence the answers.
    let isMember: Bool

    var path: String { "\(visit.path)/grille" }
    var changing: String { "\(path)/changements" }
    var answers: String { "\(visit.path)/reponses" }
    var coverage: String { "\(visit.path)/questions" }
    var waiting: [GridChange] { changes.filter(\.isWaiting) }
    /// As long as the visit was not held nor its grid settled.
    var isOpen: Bool { settled == nil && !visit.isHeld && !visit.isCancelled }

    typealias Handler = @Sendable (Request, OpenInquiry) async throws -> Response

    static func at(_ right: Action = .see, _ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        OpenVisit.at(right) { request, open in
            try await handle(request, try await request.site.database.read { try load(open.visit, request, $0) })
        }
    }

    /// The same for the visiting group alone: to the others there is nothing there.
    static func inside(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        at { request, open in
            guard open.isMember else { throw NotFound() }
            return try await handle(request, open)
        }
    }

    static func load(_ visit: Visit, _ request: Request, _ reader: any Reader) throws -> OpenInquiry {
        guard let core = try Grids.core(visit.programmeId, reader) else { throw NotFound() }
        let (policy, viewer, thing) = (request.site.policy, request.viewer, visit.protection)
        let programme = try Programme.load(id: visit.programmeId, reader)
        let (settled, changes) = (try Adaptations.settled(visit.id, reader), try Adaptations.changes(visit.id, reader))
        return OpenInquiry(
            visit: visit, grid: VisitGrid(settled?.core ?? core.content, changes), changes: changes, core: core, settled: settled,
            programme: programme, mayAdapt: policy.allows(.adaptGrid, viewer, on: thing),
            mayApprove: policy.allows(.approveGrid, viewer, on: thing), isAlone: try MissingResearcher.isSo(in: visit.programmeId, reader),
            isMember: viewer.isMember(of: visit.delegationId))
    }

    /// A page under the grid of the visit.
    func page(_ title: String, _ request: Request, shape: Page.Shape = .workshop, _ content: Markup) -> Page {
        visit.page(title, request, shape: shape, content).with { page in
            page.notice = Done.notice(request)
            let name = request.words("inquiries.grid.crumb")
            guard title != name, !page.crumbs.isEmpty else { return }
            page.crumbs.insert(Crumb(name, path), at: page.crumbs.count - 1)
        }
    }
}

/// What was just done, said on the page that follows: `?fait=propose`.
enum Done: String {
    case proposed, approved, refused, withdrawn, settled, reopened, written, tagged, reasoned

    static func path(_ path: String, _ done: Done) -> String { "\(path)\(path.contains("?") ? "&" : "?")fait=\(done.rawValue)" }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("inquiries.done", of: done))</p>"
    }
}
