import Database
import Formats
import Platform

/// The visit of an address, as this person may see it.
package struct OpenVisit: Sendable {
    package let visit: Visit
    package let mayManage: Bool

    /// A handler that is given the visit of its path: 404 unless this person sees it, 403 unless the right is theirs; an old
    /// address leads to today's, for ever.
    package static func at(
        _ right: Action = .see, _ handle: @escaping @Sendable (Request, OpenVisit) async throws -> Response
    ) -> @Sendable (Request) async throws -> Response {
        { request in
            let (visit, thing) = try await request.site.database.read { reader in
                let visit = try VisitQueries.load(programme: request["programme"], slug: request["visit"], reader)
                return (visit, try reader.see(visit.id, request))
            }
            let policy = request.site.policy
            guard policy.allows(right, request.viewer, on: thing) else { throw Forbidden(right) }
            if request.method == .get, visit.slug != request["visit"] {
                let rest = request.path.split(separator: "/").dropFirst(4).map { "/\($0)" }.joined()
                return Response(status: 301, headers: [("location", visit.path + rest)])
            }
            let mayManage = policy.allows(.manageVisit, request.viewer, on: thing)
            return try await handle(request, OpenVisit(visit: visit, mayManage: mayManage))
        }
    }
}

/// What was just done, said on the page that follows: `?fait=dates`.
enum Done: String {
    case created, dates, held, subject, name, group, host, hostSigns, hostKnown, signatory, stakeholder, encounter, invitations
    case pattern, halfDay, subgroup, subgroupRemoved, practical, withdrawn, nudged
    case personRemoved, restored, cancelled, resumed, reopened, team, invitedAgain, datesTold, document, documentRestored

    /// An address that says what was just done.
    static func path(_ path: String, _ done: Done) -> String { "\(path)?fait=\(done.rawValue)" }

    /// What to say on this page, once.
    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("visits.done", of: done))</p>"
    }
}
