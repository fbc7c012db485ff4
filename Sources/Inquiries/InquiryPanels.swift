import Community
import Database
import Formats
import Grids
import Platform
import Visits

/// The grid on the page of a visit; the comparison on that of the grid.
enum InquiryPanels {
    static let visit = Panel(on: "visit", rank: 25) { visitId, request in
        let open = try await request.site.database.read { reader -> OpenInquiry? in
            let visit = try VisitQueries.load(id: visitId, reader)
            guard try Grids.core(visit.programmeId, reader)?.content.hasQuestions == true else { return nil }
            return try OpenInquiry.load(visit, request, reader)
        }
        guard let open else { return .empty }
        let words = request.words
        let adapted = open.changes.count { $0.outcome == .approved }
        let sentence = words("inquiries.panel.text", ["n": open.grid.asked.count]) + (adapted > 0 ? " " + words("inquiries.panel.changes", ["n": adapted]) : "")
        let group: Markup =
            open.isMember
            ? " <a href=\"\(open.answers)\">\(words("inquiries.act.answer"))</a> <a href=\"\(open.coverage)\">\(words("inquiries.act.coverage"))</a>" : .empty
        return """
            <section id="grille"><h2>\(words("inquiries.panel.title"))</h2><p>\(sentence)</p><p class="acts no-print"><a class="button quiet" href="\(open.path)">\(words("inquiries.panel.link"))</a>\(group)</p></section>
            """
    }

    static let grid = Panel(on: "grid", rank: 20) { gridId, request in
        let programme = try await request.site.database.read { reader in
            try Grids.programme(of: gridId, reader).map { try Programme.load(id: $0, reader) }
        }
        guard let programme, request.site.policy.allows(.see, request.viewer, on: programme.community) else { return .empty }
        let words = request.words
        return """
            <section class="no-print"><h2>\(words("inquiries.comparison.title"))</h2><p>\(words("inquiries.comparison.what"))</p><p><a href="\(programme.path)/grille/comparaison">\(words("inquiries.comparison.link"))</a></p></section>
            """
    }
}
