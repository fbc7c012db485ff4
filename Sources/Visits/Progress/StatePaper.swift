import Community
import Events
import Formats
import Platform

/// The state of the cycle on one page, for the committee: a line a visit, a column a stage, then what is late and whose move it is.
struct StatePaper {
    /// How many late stages are spelled out: the page stays one.
    private static let most = 12
    let request: Request
    let programme: Programme
    let cycle: CycleProgress
    var words: Words { request.words }

    var content: Markup {
        let heads = StageMark.Stage.allCases.map { "<th scope=\"col\">\(words.name("visits.stageName", of: $0))</th>" as Markup }
        let rows = cycle.visits.map { line -> Markup in
            let cells = line.cells.map { cell in "<td data-state=\"\(cell.state?.rawValue ?? "none")\">\(Self.word(cell, words))</td>" as Markup }
            return "<tr><th scope=\"row\">\(line.visit.name)<br><small>\(line.agenda.days(in: words) ?? words("visits.page.noDates"))</small></th>\(cells)</tr>"
        }
        let pdf: Markup = request.site.typst == nil ? .empty : "<a class=\"button quiet\" href=\"\(programme.path)/avancement/etat.pdf\">\(words("visits.state.pdf"))</a>"
        return """
            <h1>\(words("visits.state.title"))</h1><p class="lede">\(heading)</p><p class="acts no-print">\(pdf)</p><p>\(cycle.sentence(words))</p>
            <div class="scroll" role="region" aria-label="\(words("visits.state.title"))" tabindex="0"><table class="table state-table" aria-label="\(words("visits.state.title"))"><thead><tr><th scope="col">\(words("visits.export.name"))</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            \(lateLines.isEmpty ? .empty : "<section><h2>\(words("visits.state.late"))</h2><ul>\(lateLines.map { "<li>\($0)</li>" as Markup })</ul></section>" as Markup)\(cancelled)
            """
    }

    var paper: OfficePaper {
        let head = ([words("visits.export.name")] + StageMark.Stage.allCases.map { words.name("visits.stageName", of: $0) }).map { [Prose.Inline.text($0)] }
        let rows = cycle.visits.map { line in ([line.visit.name] + line.cells.map { Self.word($0, words) }).map { [Prose.Inline.text($0)] } }
        var blocks: [Prose.Block] = [
            .line(.title, []), .line(.subtitle, [.text(heading)]), .paragraph([.text(cycle.sentence(words))]),
            .table(Prose.Table(sides: [], head: head, rows: rows)),
        ]
        if !lateLines.isEmpty { blocks += [.heading(1, [.text(words("visits.state.late"))]), .list(Prose.List(items: lateLines.map { [.paragraph([.text($0)])] }))] }
        return OfficePaper(title: words("visits.state.title"), language: words.language.rawValue, blocks: blocks)
    }

    private var heading: String { "\(programme.title), \(words.date(request.now.day()))" }

    private var lateLines: [String] {
        let all = cycle.visits.flatMap { line in
            line.late.map { cell in
                let due = cell.due.map { words("visits.progress.overdue", ["day": $0]) } ?? ""
                return words(
                    "visits.state.line",
                    ["visit": line.visit.name, "stage": words.name("visits.stageName", of: cell.stage), "who": cell.turn(line.visit, words), "due": due])
            }
        }
        return all.count > Self.most ? Array(all.prefix(Self.most)) + [words("visits.state.more", ["n": all.count - Self.most])] : all
    }

    private var cancelled: Markup {
        cycle.cancelled.isEmpty ? .empty : "<p class=\"meta\">\(words("visits.state.cancelled", ["names": words.list(cycle.cancelled.map(\.name))]))</p>"
    }

    /// « fait », « en retard », « à venir »; « — » where nothing follows the stage.
    static func word(_ cell: VisitProgress.Cell, _ words: Words) -> String { cell.state.map { words.name("visits.state.word", of: $0) } ?? "—" }
}
