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

    func page(_ board: Board, at stage: VisitStage?) -> Page {
        let content: Markup = """
            <h1>\(words("visits.board.title"))</h1><p class="lede">\(words("visits.board.lede"))</p>
            \(board.lines.isEmpty ? empty : acts + tabs(board, stage) + list(board.lines(at: stage), level: "h2"))
            """
        return programme.page(words("visits.board.visits"), at: "/visites", request, content)
            .with { $0.notice = Done.notice(request) }
    }

    func panel(_ board: Board) -> Markup {
        """
        <section><h2>\(words("visits.board.title"))</h2>
        \(board.lines.isEmpty ? empty : list(board.lines, level: "h3"))
        <p class="acts no-print"><a class="button quiet" href="\(base)">\(words("visits.board.all"))</a></p></section>
        """
    }

    private var acts: Markup {
        let add: Markup =
            mayAdd ? "<a class=\"button\" href=\"\(base)/nouvelle\">\(words("visits.board.add"))</a> " : .empty
        return
            "<p class=\"acts no-print\">\(add)<a class=\"button quiet\" href=\"\(base)/export\" data-icon=\"download\">\(words("visits.board.export"))</a></p>"
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

    private func tabs(_ board: Board, _ current: VisitStage?) -> Markup {
        guard board.counts.count > 1 || current != nil else { return .empty }
        let all: Markup =
            "<a href=\"\(base)\"\(Markup.attribute("aria-current", value: current == nil ? "page" : nil))>\(words("visits.board.everyStage")) <b class=\"count\">\(board.lines.count)</b></a>"
        let stages = board.counts.map { stage, count -> Markup in
            " <a href=\"\(base)?etape=\(stage.rawValue)\"\(Markup.attribute("aria-current", value: stage == current ? "page" : nil))>\(words.name("visits.stages", of: stage)) <b class=\"count\">\(count)</b></a>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words("visits.board.filter"))\">\(all)\(stages)</nav>"
    }

    private func list(_ lines: [Board.Line], level: String) -> Markup {
        guard !lines.isEmpty else { return "<p>\(words("visits.board.noneAtStage"))</p>" }
        let tag = Markup.raw(level)
        let items = lines.map { line -> Markup in
            let missing = line.marks.filter { $0.state == .now || $0.state == .late }.compactMap(\.missing)
            let sentence: Markup = missing.isEmpty ? .empty : "<p>\(missing.joined(separator: " "))</p>"
            return """
                <li><\(tag)><a href="\(line.visit.path)">\(line.visit.name)</a></\(tag)><p class="meta">\
                \(meta(line))</p>\(StageViews.stages(line.marks, words))\(sentence)</li>
                """
        }
        return "<ol class=\"entries visits\">\(items)</ol>"
    }

    private func meta(_ line: Board.Line) -> String {
        [
            words.name("visits.stage", of: line.visit.stage), line.visit.hostName ?? words("visits.board.noHost"),
            line.visit.place, line.agenda.days(in: words) ?? line.visit.lengthWritten,
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

/// The line of stages of one visit.
enum StageViews {
    static func stages(_ marks: [StageMark], _ words: Words) -> Markup {
        guard !marks.isEmpty else { return .empty }
        let current = marks.next
        let items = marks.map { mark -> Markup in
            let label: Markup = mark.path.map { "<a href=\"\($0)\">\(mark.label)</a>" } ?? .text(mark.label)
            return """
                <li data-state="\(mark.state.rawValue)"\(Markup.attribute("aria-current", value: mark == current ? "step" : nil))>\
                \(label) <small><span class="unseen">\(words.name("visits.markState", of: mark.state)) </span>\
                \(mark.detail)</small></li>
                """
        }
        return "<ol class=\"stages\">\(items)</ol>"
    }

    /// The state of a visit in a word and a shape.
    static func state(_ stage: VisitStage, _ words: Words) -> Markup {
        let shape =
            switch stage {
            case .candidate: "none"
            case .planned, .writtenUp: "draft"
            case .prepared, .held: "waiting"
            case .validated: "validated"
            case .published: "public"
            }
        return "<span class=\"state\" data-state=\"\(shape)\">\(words.name("visits.stage", of: stage))</span>"
    }
}
