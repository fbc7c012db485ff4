import Database
import Formats
import Platform

/// Joining the team of a visit: a visit that came with a file, or was prepared by a colleague, has none of one's own.
enum TeamActs {
    static func join(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: "visit.teamJoined", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                guard let person = change.actor.personId else { throw NotFound() }
                let visit = try VisitQueries.load(id: id, change)
                let people = try Delegation.people(visit, change)
                if let host = people.host.first(where: { $0.id == person }) { throw VisitRefusal.hostsAlready(host.name) }
                let isVisitor = people.visitors.contains { $0.id == person }
                for scope in [visit.delegationId, visit.circleId] where !isVisitor {
                    try change.join(person, scope: scope, as: .staff)
                }
                try change.trace("visit", id, programme: visit.programmeId)
            }
            return .redirect(Done.path(open.visit.path, .team))
        } otherwise: { _ in
            try await VisitPage.page(request, open)
        }
    }

    /// Said to whoever may prepare the visit without being of its team; the button that joins it.
    package static func offer(_ visit: Visit, _ request: Request) -> Markup {
        guard !request.viewer.isMember(of: visit.delegationId), request.viewer.personId != nil else { return .empty }
        let words = request.words
        return """
            <div class="notice"><p>\(words("visits.team.outside"))</p>\(request.act("\(visit.path)/equipe", words("visits.team.join")))</div>
            """
    }
}
