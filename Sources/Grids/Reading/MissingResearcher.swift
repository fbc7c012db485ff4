import Community
import Database
import Formats
import Platform

/// A programme in which nobody does research: its grid can be neither written nor settled. Whoever manages its people is told what
/// to do, the others who can.
package enum MissingResearcher {
    package static func isSo(in programmeId: String, _ reader: any Reader) throws -> Bool {
        try !reader.exists("SELECT 1 FROM membership WHERE scope_id = \(programmeId) AND role = 'researcher' AND until IS NULL")
    }

    /// What is said on the pages of a grid: the role given to somebody invited, to somebody known, or to oneself beside one's own.
    package static func notice(in programme: Programme, _ request: Request) -> Markup {
        let words = request.words
        guard request.site.policy.allows(.managePeople, request.viewer, on: programme.community) else {
            return "<p class=\"notice warning\">\(words("grids.researcher.missing")) \(words("grids.researcher.ask"))</p>"
        }
        let base = "\(programme.path)/communaute"
        let own: Markup =
            request.viewer.personId.map { request.act("\(base)/\($0)/roles", words("grids.researcher.own"), hidden: ["role": Role.researcher.rawValue]) } ?? .empty
        return """
            <div class="notice warning"><p><strong>\(words("grids.researcher.missing"))</strong> \(words("grids.researcher.give"))</p>\
            <div class="acts"><a class="button" href="\(base)/inviter?role=\(Role.researcher.rawValue)">\(words("grids.researcher.invite"))</a> <a class="button quiet" href="\(base)">\(words("grids.researcher.choose"))</a>\(own)</div></div>
            """
    }
}
