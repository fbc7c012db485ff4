import Formats
import Grids
import Platform
import Visits

/// « Ce qui change pour Caen »: each change with its reason, who proposed and who approved it, and what stays common to all
/// visits.
enum WhatChangesPage {
    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let words = request.words
        let title = words("inquiries.changes.title", ["visit": open.visit.place.isEmpty ? open.visit.name : open.visit.place])
        let standing = open.changes.filter { $0.outcome == .approved }
        let sections = GridChange.Kind.allCases.map { kind -> Markup in
            let own = standing.filter { $0.kind == kind }
            guard !own.isEmpty else { return .empty }
            return "<section><h2>\(words("inquiries.changes.\(kind.rawValue)", ["n": own.count]))</h2><ol class=\"entries\">\(own.map { line($0, open, request) })</ol></section>"
        }
        let asIs = open.grid.items.count { $0.origin == .core && $0.skipped == nil }
        let none: Markup = standing.isEmpty ? "<p>\(words("inquiries.grid.asIs"))</p>" : .empty
        return .page(
            open.page(
                title, request, shape: .reading,
                """
                <h1>\(title)</h1><p class="lede">\(words("inquiries.changes.lede", ["n": asIs]))</p>\(none)\(sections)\(before(open, request))
                """))
    }

    private static func line(_ change: GridChange, _ open: OpenInquiry, _ request: Request) -> Markup {
        let words = request.words
        let undo =
            open.mayApprove && open.isOpen ? request.act("\(open.changing)/\(change.id)/retrait", words("inquiries.act.undo"), style: "link") : .empty
        let gone: Markup =
            change.questionId.map { open.grid.item($0) == nil } == true ? "<p class=\"notice\">\(words("inquiries.changes.gone"))</p>" : .empty
        return """
            <li><h3>\(ChangeWords(words).title(change, open.grid))</h3>\(ChangeWords(words).body(change, open.grid))\(gone)<p class="meta">\(words("inquiries.change.proposed", ["name": change.proposer ?? ""])), \(words("inquiries.change.approved", ["name": change.decider ?? ""])) \(change.decidedAt.map { words.element($0) })</p>\(undo)</li>
            """
    }

    /// What was refused or taken back: it stays readable.
    private static func before(_ open: OpenInquiry, _ request: Request) -> Markup {
        let words = request.words
        let past = open.changes.filter { $0.outcome == .refused || $0.outcome == .withdrawn }
        guard !past.isEmpty else { return .empty }
        let items = past.map { change -> Markup in
            let decision: Markup = change.decision.isEmpty ? .empty : " — \(change.decision)"
            return """
                <li>\(ChangeWords(words).title(change, open.grid))\(change.text.isEmpty ? .empty : " \(words.quoted(change.text))" as Markup) <span class="badge">\(words("inquiries.outcome.\(change.outcome?.rawValue ?? "")"))</span>\(decision)</li>
                """
        }
        return "<details><summary>\(words("inquiries.changes.past", ["n": past.count]))</summary><ul>\(items)</ul></details>"
    }
}
