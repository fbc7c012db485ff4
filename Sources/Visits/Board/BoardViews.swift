import Community
import Events
import Formats
import Platform

/// « Où en est-on ? » as a page and as a piece of the programme's page.
struct BoardViews {
    let request: Request
    let programme: Programme
    let mayAdd: Bool
    var words: Words { request.words }
    var base: String { "\(programme.path)/visites" }

    /// - Parameter shown: the visits of this page, with their marks.
    func page(_ board: Board, _ shown: Paged<Board.Line>, _ wish: BoardWish) -> Page {
        let content: Markup = """
            <h1>\(words("visits.board.title"))</h1><p class="lede">\(words("visits.board.lede"))</p>
            \(board.lines.isEmpty ? empty : acts + tabs(board, wish) + filters + list(shown.items, level: "h2") + request.pages(of: shown) + request.exports("\(base)/export"))
            """
        return programme.page(words("visits.board.visits"), at: "/visites", request, content)
            .with { $0.notice = Done.notice(request) }
    }

    /// - Parameter shown: the first visits, with their marks.
    func panel(_ board: Board, _ shown: [Board.Line]) -> Markup {
        """
        <section><h2>\(words("visits.board.title"))</h2>
        \(board.lines.isEmpty ? empty : list(shown, level: "h3"))
        <p class="acts no-print"><a class="button quiet" href="\(base)">\(words("visits.board.all"))</a></p></section>
        """
    }

    private var acts: Markup {
        let add: Markup =
            mayAdd ? "<a class=\"button\" href=\"\(base)/nouvelle\">\(words("visits.board.add"))</a> " : .empty
        return """
            <p class="acts no-print">\(add)<a class="button quiet" href="\(programme.path)/avancement">\(words("visits.progress.open"))</a>\
             <a class="button quiet" data-icon="calendar" href="\(programme.path)/calendrier">\(words("visits.timeline.open"))</a></p>
            """
    }

    private var filters: Markup {
        let form = FormView(request, values: request.query)
        let orders = BoardWish.Order.allCases.map { ($0.rawValue, words.name("visits.board.order", of: $0)) }
        return """
            <form class="filters no-print" method="get">\(form.hidden("etape", request.query.line("etape")))\
            \(form.input("q", words("visits.board.search"), type: "search"))\
            \(form.select("tri", words("visits.board.sort"), options: orders))\
            <button class="button quiet">\(words("visits.board.apply"))</button></form>
            """
    }

    private var empty: Markup {
        let add: Markup =
            mayAdd
            ? "<p class=\"acts\"><a class=\"button\" href=\"\(base)/nouvelle\">\(words("visits.board.addFirst"))</a></p>"
            : .empty
        return """
            <div class="empty"><h2>\(words("visits.board.emptyTitle"))</h2><p>\(words("visits.board.emptyText"))</p>\
            \(add)</div>
            """
    }

    private func tabs(_ board: Board, _ wish: BoardWish) -> Markup {
        guard board.counts.count > 1 || board.cancelled > 0 || wish.stage != nil else { return .empty }
        var tabs: [(value: String, label: String, count: Int)] = [("", words("visits.board.everyStage"), board.lines.count)]
        tabs += board.counts.map { ($0.stage.rawValue, words.name("visits.stages", of: $0.stage), $0.count) }
        if board.cancelled > 0 { tabs.append((BoardWish.cancelled, words("visits.stages.cancelled"), board.cancelled)) }
        let current = wish.isCancelled ? BoardWish.cancelled : wish.stage?.rawValue ?? ""
        let links = tabs.map { tab -> Markup in
            let address = tab.value.isEmpty ? base : "\(base)?etape=\(tab.value)"
            return
                "<a href=\"\(address)\"\(Markup.attribute("aria-current", value: tab.value == current ? "page" : nil))>\(tab.label) <b class=\"count\">\(tab.count)</b></a>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words("visits.board.filter"))\">\(links.joined(separator: " "))</nav>"
    }

    private func list(_ lines: [Board.Line], level: String) -> Markup {
        guard !lines.isEmpty else { return "<p>\(words(request.query.line("q").isEmpty ? "visits.board.noneAtStage" : "visits.board.noneFound"))</p>" }
        let tag = Markup.raw(level)
        let items = lines.map { line -> Markup in
            let missing = line.marks.filter(\.isMissing).compactMap(\.missing)
            let reason = line.visit.cancelledReason.map { "<p>\(words("visits.page.cancelled", ["reason": $0]))</p>" as Markup }
            let sentence: Markup = reason ?? (missing.isEmpty ? .empty : "<p>\(missing.joined(separator: " "))</p>")
            return """
                <li><\(tag)><a href="\(line.visit.path)">\(line.visit.name)</a></\(tag)><p class="meta">\
                \(meta(line))</p>\(StageViews.stages(line.marks, under: line.visit, words))\(sentence)</li>
                """
        }
        return "<ol class=\"entries visits\">\(items)</ol>"
    }

    private func meta(_ line: Board.Line) -> String {
        [
            StageViews.name(line.visit, words),
            line.visit.hostName.map { words.list([$0] + line.coHosts) } ?? words("visits.board.noHost"),
            line.visit.place, line.agenda.days(in: words) ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

/// The line of stages of one visit.
enum StageViews {
    /// - Parameter visit: in a list of visits, the one whose name leads to its page: what is to come, or only leads there too, has no
    ///   link of its own.
    static func stages(_ marks: [StageMark], under visit: Visit? = nil, _ words: Words) -> Markup {
        guard !marks.isEmpty else { return .empty }
        let current = marks.next
        let items = marks.map { mark -> Markup in
            if visit != nil, mark.state == .todo, mark != current { return "<li data-state=\"todo\">\(mark.label) <small>\(mark.detail)</small></li>" }
            let path = mark.path == visit?.path ? nil : mark.path
            let label: Markup = path.map { "<a href=\"\($0)\">\(mark.label)</a>" } ?? .text(mark.label)
            let state = words.name("visits.markState", of: mark.state)
            // « fait : 5 sur 5 », but not « fait : fait ».
            let spoken: Markup = state.hasPrefix(mark.detail) ? .empty : "<span class=\"unseen\">\(state) </span>"
            return """
                <li data-state="\(mark.state.rawValue)"\(Markup.attribute("aria-current", value: mark == current ? "step" : nil))>\
                \(label) <small>\(spoken)\(mark.detail)</small></li>
                """
        }
        return "<ol class=\"stages\">\(items)</ol>"
    }

    /// The stage of a visit in a word.
    static func name(_ visit: Visit, _ words: Words) -> String {
        visit.isCancelled ? words("visits.stage.cancelled") : words.name("visits.stage", of: visit.stage)
    }

    /// The state of a visit in a word and a shape.
    static func state(_ visit: Visit, _ words: Words) -> Markup {
        let shape =
            switch visit.stage {
            case _ where visit.isCancelled: "none"
            case .candidate: "none"
            case .planned, .writtenUp: "draft"
            case .prepared, .held: "waiting"
            case .validated: "validated"
            case .published: "public"
            }
        return "<span class=\"state\" data-state=\"\(shape)\">\(name(visit, words))</span>"
    }
}
