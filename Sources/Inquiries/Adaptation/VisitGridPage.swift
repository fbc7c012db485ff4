import Formats
import Grids
import Platform
import Visits

/// The grid of a visit: the common questions with what changes here, what waits for the researcher, the ways to take it along.
enum VisitGridPage {
    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response { .page(page(request, open)) }

    static func page(_ request: Request, _ open: OpenInquiry, problems: [Problem] = []) -> Page {
        let view = VisitGridView(request: request, open: open, problems: problems)
        return open.page(request.words("inquiries.grid.crumb"), request, view.content).with { $0.problems = problems }
    }
}

/// The pieces of the page of a visit's grid.
struct VisitGridView {
    let request: Request
    let open: OpenInquiry
    let problems: [Problem]
    private var words: Words { request.words }
    private var mayChange: Bool { open.mayAdapt && open.isOpen }

    var content: Markup {
        let adapted = open.changes.count { $0.outcome == .approved }
        let summary: Markup =
            adapted == 0
            ? "<p>\(words("inquiries.grid.asIs"))</p>"
            : "<p><a href=\"\(open.changing)\">\(words("inquiries.grid.changes", ["n": adapted, "visit": open.visit.name]))</a></p>"
        return """
            <h1>\(words("inquiries.grid.title", ["visit": open.visit.name]))</h1><p class="lede">\(words("inquiries.grid.lede"))</p>
            <p class="state-line">\(state)</p>\(ChangePage.general(problems))\(next)\(summary)\(waiting)\(add)\(open.grid.parts.map(section))\(take)
            """
    }

    private var state: Markup {
        guard let settled = open.settled else {
            let key = open.visit.isHeld ? "never" : "open"
            return "<span class=\"state\" data-state=\"\(open.visit.isHeld ? "none" : "draft")\">\(words("inquiries.grid.\(key)"))</span>"
        }
        return """
            <span class="state" data-state="validated">\(words("inquiries.grid.settled", ["n": settled.version]))</span> \(words.element(settled.settledAt))\(settled.settledBy.map { ", \($0)" })
            """
    }

    /// What the researcher, or the visiting group, does next.
    private var next: Markup {
        if open.settled != nil || open.visit.isHeld {
            let group: Markup =
                open.isMember
                ? "<p class=\"acts\"><a class=\"button\" href=\"\(open.answers)\">\(words("inquiries.act.answer"))</a> <a class=\"button quiet\" href=\"\(open.coverage)\">\(words("inquiries.act.coverage"))</a></p>" : .empty
            let reopen =
                open.mayApprove && open.settled != nil && !open.visit.isHeld
                ? request.act("\(open.path)/reouverture", words("inquiries.act.reopen"), style: "link") : .empty
            return group + reopen
        }
        guard !open.visit.isCancelled else { return .empty }
        if open.isAlone, open.mayAdapt { return MissingResearcher.notice(in: open.programme, request) }
        guard open.mayApprove else { return .empty }
        guard open.waiting.isEmpty else {
            return "<div class=\"next\"><p><strong>\(words("inquiries.grid.decide", ["n": open.waiting.count]))</strong></p></div>"
        }
        return """
            <div class="next"><p><strong>\(words("inquiries.grid.settleText"))</strong></p>\(request.act("\(open.path)/arret", words("inquiries.act.settle"), style: "button"))</div>
            """
    }

    private var waiting: Markup {
        guard !open.waiting.isEmpty else { return .empty }
        return """
            <section id="changements"><h2>\(words("inquiries.grid.waiting"))</h2><ol class="entries">\(open.waiting.map(proposal))</ol></section>
            """
    }

    private func proposal(_ change: GridChange) -> Markup {
        let base = "\(open.changing)/\(change.id)"
        let form = FormView(request, values: problems.isEmpty ? Fields() : request.form, problems: problems)
        let decide: Markup =
            open.mayApprove
            ? """
            <div class="acts">\(request.act("\(base)/decision", words("inquiries.act.approve"), style: "button", hidden: ["outcome": "approved"]))</div>
            <details class="no-print"\(Markup.flag("open", if: problems.contains { $0.field == "decision" }))><summary>\(words("inquiries.act.refuse"))</summary>\(form.form(to: "\(base)/decision", button: words("inquiries.act.refuseButton"), style: "button quiet", form.hidden("outcome", "refused") + form.input("decision", words("inquiries.change.decision"), isRequired: true, id: "decision-\(change.id)")))</details>
            """
            : change.proposedBy != nil && change.proposedBy == request.viewer.personId ? request.act("\(base)/retrait", words("inquiries.act.withdraw"), style: "link") : .empty
        return """
            <li><h3>\(ChangeWords(words).title(change, open.grid))</h3>\(ChangeWords(words).body(change, open.grid))<p class="meta">\(words("inquiries.change.proposed", ["name": change.proposer ?? ""])) \(words.element(change.proposedAt))</p>\(decide)</li>
            """
    }

    private var add: Markup {
        mayChange
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(open.changing)/nouveau?genre=add\">\(words("inquiries.change.add"))</a></p>" : .empty
    }

    private func section(_ part: VisitGrid.Part) -> Markup {
        let items: Markup = part.items.isEmpty ? "<p>\(words("grids.page.noQuestion"))</p>" : "<ol>\(part.items.map(item))</ol>"
        return "<section><h2>\(part.name)</h2>\(items)</section>"
    }

    private func item(_ item: VisitGrid.Item) -> Markup {
        let badges = [
            item.origin == .core ? nil : words.name("inquiries.origin", of: item.origin), item.isMoved ? words("inquiries.origin.moved") : nil,
        ].compactMap { $0 }.map { " <span class=\"badge\">\($0)</span>" as Markup }
        if let reason = item.skipped {
            return """
                <li id="\(item.id)"><p><s>\(item.text)</s> <span class="badge">\(words("inquiries.origin.skipped"))</span></p><p class="meta">\(reason)</p></li>
                """
        }
        let common: Markup = item.common.map { "<p class=\"meta\">\(words("inquiries.grid.common", ["text": $0]))</p>" } ?? .empty
        return "<li id=\"\(item.id)\"><p><strong>\(item.text)</strong>\(badges)</p>\(common)\(GridPieces.probes(item.probes, words))\(acts(item))</li>"
    }

    private func acts(_ item: VisitGrid.Item) -> Markup {
        guard mayChange, item.origin != .added else { return .empty }
        let links = [GridChange.Kind.reword, .skip, .move].map { kind -> Markup in
            "<a href=\"\(open.changing)/nouveau?genre=\(kind.rawValue)&amp;question=\(item.id)\">\(words("inquiries.act.\(kind.rawValue)"))</a> "
        }
        return "<p class=\"acts meta no-print\">\(links)</p>"
    }

    private var take: Markup {
        open.grid.asked.isEmpty
            ? "<p class=\"notice warning\">\(words("inquiries.refusal.nothingAsked"))</p>"
            : "<section class=\"no-print\"><h2>\(words("grids.take.title"))</h2><p>\(words("grids.take.text"))</p>\(GridPieces.papers(open.path, request))</section>"
    }
}

/// A change in words.
struct ChangeWords {
    private let words: Words

    init(_ words: Words) {
        self.words = words
    }

    func title(_ change: GridChange, _ grid: VisitGrid) -> String {
        words("inquiries.what.\(change.kind.rawValue)", ["dimension": grid.parts.first { $0.id == change.dimensionId }?.name ?? ""])
    }

    /// The same in lines, for a mail.
    func plain(_ change: GridChange, _ grid: VisitGrid) -> String {
        let item = change.questionId.flatMap { grid.item($0) }
        let common = words.quoted(item.map { $0.common ?? $0.text } ?? "")
        let said =
            switch change.kind {
            case .add: [words.quoted(change.text)]
            case .reword: [words("inquiries.what.commonLine", ["text": common]), words("inquiries.what.hereLine", ["text": words.quoted(change.text)])]
            case .skip: [common]
            case .move: [common, words("inquiries.what.place", ["n": change.place ?? 1])]
            }
        let probes = change.kind == .add || change.kind == .reword ? change.probeLines.map { "– \($0)" } : []
        let reason = change.reason.isEmpty ? [] : [words("inquiries.what.reason", ["reason": change.reason])]
        return ([title(change, grid)] + said + probes + reason).joined(separator: "\n")
    }

    func body(_ change: GridChange, _ grid: VisitGrid) -> Markup {
        let item = change.questionId.flatMap { grid.item($0) }
        let common = item.map { $0.common ?? $0.text } ?? ""
        let said: Markup =
            switch change.kind {
            case .add: "<p><strong>\(change.text)</strong></p>\(GridPieces.probes(change.probeLines, words))"
            case .reword:
                "<dl class=\"facts\"><div><dt>\(words("inquiries.what.common"))</dt><dd>\(common)</dd></div><div><dt>\(words("inquiries.what.here"))</dt><dd><strong>\(change.text)</strong></dd></div></dl>\(GridPieces.probes(change.probeLines, words))"
            case .skip: "<p>\(common)</p>"
            case .move: "<p>\(common)</p><p>\(words("inquiries.what.place", ["n": change.place ?? 1]))</p>"
            }
        return said + (change.reason.isEmpty ? .empty : "<p class=\"meta\">\(words("inquiries.what.reason", ["reason": change.reason]))</p>")
    }
}
