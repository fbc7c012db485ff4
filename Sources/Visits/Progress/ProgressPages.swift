import Community
import Database
import Events
import Formats
import Platform

/// « Où en est-on ? » for the whole cycle: the nine stages of each visit, and the one-page state for the committee.
enum ProgressPages {
    static let routes: [Route] = [
        .get("/programmes/{programme}/avancement", asks: .signedInTo(.see), for: "community, host", show),
        .get("/programmes/{programme}/avancement/etat", asks: .signedInTo(.see), for: "community, host", state),
        .get("/programmes/{programme}/avancement/etat.pdf", asks: .signedInTo(.see), for: "community, host", pdf),
        .get("/programmes/{programme}/avancement/export", asks: .signedInTo(.see), for: "community, host", export),
    ]

    private static func show(_ request: Request) async throws -> Response {
        let (programme, cycle) = try await load(request)
        let mayManage = request.site.policy.allows(.manageVisit, request.viewer, on: programme.community)
        let views = ProgressViews(request: request, programme: programme, cycle: cycle, mayManage: mayManage)
        return .page(
            programme.page(request.words("visits.progress.title"), at: "/visites", crumbs: [visits(programme, request)], request, views.content).with {
                $0.notice = Done.notice(request)
            })
    }

    private static func state(_ request: Request) async throws -> Response {
        let (programme, cycle) = try await load(request)
        let title = request.words("visits.state.title")
        let crumbs = [visits(programme, request), Crumb(request.words("visits.progress.title"), "\(programme.path)/avancement")]
        return .page(programme.page(title, at: "/visites", crumbs: crumbs, request, StatePaper(request: request, programme: programme, cycle: cycle).content))
    }

    private static func pdf(_ request: Request) async throws -> Response {
        let (programme, cycle) = try await load(request)
        let paper = StatePaper(request: request, programme: programme, cycle: cycle).paper
        return try await request.pdf(paper, named: "etat-\(programme.slug)", footer: programme.title)
    }

    private static func export(_ request: Request) async throws -> Response {
        let (programme, cycle) = try await load(request)
        let words = request.words
        let stages = StageMark.Stage.allCases
        let header = [words("visits.export.name"), words("visits.export.firstDay")] + stages.map { words.name("visits.stageName", of: $0) }
        let rows = cycle.visits.map { line in
            [line.visit.name, line.agenda.firstDay?.iso ?? ""] + line.cells.map { StatePaper.word($0, words) }
        }
        return try .table(header: header, rows: rows, named: "avancement-\(programme.slug)", request)
    }

    static func load(_ request: Request) async throws -> (Programme, CycleProgress) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard try VisitQueries.opens(programme.id, reader, request) else { throw NotFound() }
            return (programme, try CycleProgress.load(programme.id, reader, request))
        }
    }

    static func visits(_ programme: Programme, _ request: Request) -> Crumb { Crumb(request.words("visits.crumb.visits"), "\(programme.path)/visites") }
}

/// The nine stages of each visit on a screen, what is late first, with the button that writes to whose move it is.
struct ProgressViews {
    let request: Request
    let programme: Programme
    let cycle: CycleProgress
    let mayManage: Bool
    var words: Words { request.words }
    private var base: String { "\(programme.path)/avancement" }

    var content: Markup {
        let items = cycle.visits.map(visit)
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h2>\(words("visits.board.emptyTitle"))</h2><p>\(words("visits.board.emptyText"))</p></div>"
            : "<ol class=\"entries visits\">\(items)</ol>"
        return """
            <h1>\(words("visits.progress.title"))</h1><p class="lede">\(cycle.sentence(words))</p>
            <p class="acts no-print"><a class="button quiet" data-icon="print" href="\(base)/etat">\(words("visits.state.open"))</a> <a class="button quiet" data-icon="calendar" href="\(programme.path)/calendrier">\(words("visits.timeline.open"))</a></p>
            \(list)\(mayManage ? request.manyActs : .empty)\(request.exports("\(base)/export"))
            """
    }

    private func visit(_ line: VisitProgress) -> Markup {
        let open = line.waiting.map(item) + line.open.map { cell in item(cell, line.visit) }
        let todo: Markup = open.isEmpty ? "<p>\(words("visits.progress.nothing"))</p>" : "<ul class=\"turns\">\(open)</ul>"
        let meta = [StageViews.name(line.visit, words), line.agenda.days(in: words) ?? words("visits.page.noDates"), words("visits.progress.count", ["n": line.done])]
        return """
            <li id="visite-\(line.visit.slug)"><h2><a href="\(line.visit.path)">\(line.visit.name)</a></h2><p class="meta">\(meta.joined(separator: " · "))</p>\(stages(line))\(todo)</li>
            """
    }

    private func stages(_ line: VisitProgress) -> Markup {
        let items = line.cells.map { cell -> Markup in
            let state = cell.state ?? .todo
            let detail = cell.state == nil ? words("visits.progress.unfollowed") : cell.detail
            return """
                <li data-state="\(state.rawValue)">\(words.name("visits.stageName", of: cell.stage)) <small><span class="unseen">\(words.name("visits.markState", of: state)) </span>\(detail)</small></li>
                """
        }
        return "<ol class=\"stages nine\">\(items)</ol>"
    }

    /// What is to be done before any stage: the dates, the group.
    private func item(_ mark: StageMark) -> Markup {
        let label: Markup = mark.path.map { "<a href=\"\($0)\">\(mark.label)</a>" } ?? .text(mark.label)
        return "<li><strong>\(label)</strong> \(mark.missing ?? mark.detail)</li>"
    }

    private func item(_ cell: VisitProgress.Cell, _ visit: Visit) -> Markup {
        let who = cell.waitsFor.compactMap { cycle.names[$0] }
        let turn = mayManage && !who.isEmpty ? words.list(who) : cell.turn(visit, words)
        let isLate = cell.state == .late
        let due = cell.due.map { words(isLate ? "visits.progress.overdue" : "visits.progress.due", ["day": $0]) } ?? ""
        let name = words.name("visits.stageName", of: cell.stage)
        let label: Markup = cell.path.map { "<a href=\"\($0)\">\(name)</a>" } ?? .text(name)
        let nudge: Markup =
            mayManage && cell.waitsFor != [request.viewer.personId]
            ? " <button class=\"link\" form=\"acts\" formaction=\"\(visit.path)/relances/\(cell.stage.rawValue)\">\(words("visits.progress.nudge", ["stage": name, "visit": visit.name]))</button>"
            : .empty
        return """
            <li><strong>\(label)</strong> <span class="state" data-state="\(isLate ? "refused" : "waiting")">\(words(isLate ? "visits.progress.isLate" : "visits.progress.isNow"))</span> \(words("visits.progress.turn", ["who": turn])) \(due)\(cell.missing.map { " \($0)" } ?? "")\(nudge)</li>
            """
    }
}
