import Database
import Formats
import Platform
import Visits

/// The address of the sheet of a visit, begun or not: to the sheet itself, or to what begins it.
enum SheetStart {
    static func show(_ request: Request) async throws -> Response {
        let (visit, thing, known, hosts) = try await request.site.database.read { reader in
            let visit = try VisitQueries.load(programme: request["programme"], slug: request["visit"], reader)
            let thing = try reader.see(visit.id, request)
            return (visit, thing, try VisitTexts.load(.sheet, visit.id, reader, request), try Delegation.people(visit, reader).host)
        }
        if let known { return .redirect("/textes/\(known.text.id)") }
        let words = request.words
        let title = words("texts.start.title", ["visit": visit.name])
        let mayBegin = TextKind.sheet.mayBegin(for: visit, thing, request.viewer, request.site.policy)
        let isInside = request.viewer.isMember(of: visit.circleId)
        let begin: Markup =
            mayBegin && isInside
            ? "<p>\(words("texts.start.begin"))</p>\(request.act("\(visit.path)/textes", words("texts.panel.open.sheet"), style: "button", hidden: ["kind": "sheet"]))"
            : "<p>\(words(mayBegin ? "texts.panel.outside" : "texts.panel.none.sheet"))</p>"
        let people = hosts.isEmpty ? words("texts.start.nobody") : words("texts.start.hosts", ["names": words.list(hosts.map(\.name))])
        let group: Markup =
            request.site.policy.allows(.manageVisit, request.viewer, on: thing)
            ? "<p>\(people)</p><p class=\"acts\"><a class=\"button quiet\" href=\"\(visit.path)/groupe\">\(words(hosts.isEmpty ? "texts.start.invite" : "texts.start.people"))</a></p>" : .empty
        return .page(visit.page(title, request, "<h1>\(title)</h1><p class=\"lede\">\(words("texts.panel.what.sheet"))</p>\(begin)\(group)"))
    }
}
