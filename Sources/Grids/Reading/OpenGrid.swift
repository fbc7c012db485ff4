import Community
import Database
import Formats
import Platform

/// The grid of a programme as this person may use it.
struct OpenGrid: Sendable {
    let programme: Programme
    /// Nil while the programme has no grid.
    let core: GridCore?
    let mayWrite: Bool
    let mayComment: Bool
    /// Of the programme: reads drafts and comments.
    let isInside: Bool

    var path: String { "\(programme.path)/grille" }
    var drafting: String { "\(path)/brouillon" }

    typealias Handler = @Sendable (Request, OpenGrid) async throws -> Response

    /// A handler that is given the grid of its path: for everybody, or for the people of the programme who have a right.
    static func at(_ right: Action? = nil, _ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
        { request in
            let open = try await request.site.database.read { try load(request, $0) }
            if let right {
                guard open.isInside else { throw NotFound() }
                guard request.site.policy.allows(right, request.viewer, on: open.programme.community) else { throw Forbidden(right) }
            }
            return try await handle(request, open)
        }
    }

    static func load(_ request: Request, _ reader: any Reader) throws -> OpenGrid {
        let programme = try ProgrammeFrame.load(request["programme"], reader, request)
        let (policy, viewer, thing) = (request.site.policy, request.viewer, programme.community)
        return OpenGrid(
            programme: programme, core: try Grids.core(programme.id, reader), mayWrite: policy.allows(.writeGrid, viewer, on: thing),
            mayComment: policy.allows(.commentGrid, viewer, on: thing), isInside: policy.allows(.see, viewer, on: thing))
    }

    /// A page under the grid: « programme › Grille de questionnement › page ».
    func page(_ title: String, _ request: Request, shape: Page.Shape = .workshop, _ content: Markup) -> Page {
        programme.page(title, at: "", crumbs: [Crumb(request.words("grids.page.title"), path)], request, shape: shape, content)
            .with { $0.notice = Done.notice(request) }
    }
}

/// What was just done, said on the page that follows: `?fait=question`.
enum Done: String {
    case begun, dimension, question, moved, removed, restored, takenIn, commented, commentRemoved, settled

    static func path(_ path: String, _ done: Done) -> String { "\(path)?fait=\(done.rawValue)" }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("grids.done", of: done))</p>"
    }
}
