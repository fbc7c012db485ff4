import Events
import Formats
import Grids
import Platform

/// The programme of a visit as a page and as a file to keep: the same pieces.
struct ProgrammeViews {
    let programme: VisitProgramme
    let words: Words
    /// The grid as it was adapted to the visit, when a capability says it.
    let adapted: Markup
    var visit: Visit { programme.visit }

    /// - Parameter acts: what can be done with it, where it is a page of the site.
    func content(acts: Markup = .empty) -> Markup {
        """
        <h1>\(words("visits.programme.title", ["visit": visit.name]))</h1><p class="lede">\(programme.heading(words))</p>\(acts)
        \(about)\(halfDays)\(practical)\(people)\(grid)
        """
    }

    private var about: Markup {
        let rows = [("visits.fact.focus", visit.focus), ("visits.fact.initiative", visit.flagshipInitiative)].filter { !$0.1.isEmpty }.map {
            "<div><dt>\(words($0.0))</dt><dd>\(paragraphs($0.1))</dd></div>" as Markup
        }
        return rows.isEmpty ? .empty : "<dl class=\"facts\">\(rows)</dl>"
    }

    private var halfDays: Markup {
        let zone: Markup =
            visit.zone == EventZone.paris.rawValue ? .empty : "<p class=\"meta\">\(words("visits.programme.zone", ["zone": EventZone.said(visit.zone, in: words)]))</p>"
        guard !programme.agenda.slots.isEmpty else { return "<section><h2>\(words("visits.programme.halfDays"))</h2><p>\(words("visits.programme.noDates"))</p></section>" }
        let slots = programme.agenda.slots.map { slot -> Markup in
            let encounters = list(programme.encounters(in: slot), isFree: slot.isFree)
            return "<section class=\"half-day\"><h3>\(slot.said(in: words)), \(slot.times(words))</h3><p>\(programme.theme(slot, words))</p>\(encounters)</section>"
        }
        let rest = programme.encounters(in: nil)
        let unplaced: Markup = rest.isEmpty ? .empty : "<section class=\"half-day\"><h3>\(words("visits.meetings.unplaced"))</h3>\(list(rest))</section>"
        return "<section><h2>\(words("visits.programme.halfDays"))</h2>\(zone)\(slots)\(unplaced)</section>"
    }

    private func list(_ encounters: [Encounter], isFree: Bool = false) -> Markup {
        guard !encounters.isEmpty else { return isFree ? .empty : "<p class=\"meta\">\(words("visits.programme.free"))</p>" }
        let items = encounters.map { encounter -> Markup in
            let times = encounter.times(in: words)
            let more = programme.lines(encounter, words).joined(separator: " · ")
            return "<li><p><strong>\(times.isEmpty ? "" : "\(times) — ")\(encounter.title)</strong></p><p class=\"meta\">\(more)</p></li>"
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    private var practical: Markup {
        let rows = programme.written(words).map { "<div><dt>\($0.title)</dt><dd>\(paragraphs($0.text))</dd></div>" as Markup }
        return rows.isEmpty ? .empty : "<section><h2>\(words("visits.programme.practical"))</h2><dl class=\"facts\">\(rows)</dl></section>"
    }

    private var people: Markup {
        let sides = programme.sides(words).map { side -> Markup in
            "<div><h3>\(side.title)</h3><ul>\(side.people.map { "<li>\($0)</li>" as Markup })</ul></div>"
        }
        return sides.isEmpty ? .empty : "<section><h2>\(words("visits.programme.people"))</h2><div class=\"sides\">\(sides)</div></section>"
    }

    private var grid: Markup {
        guard adapted.isEmpty else { return "<section><h2>\(words("visits.programme.grid"))</h2>\(adapted)</section>" }
        guard !programme.dimensions.isEmpty else { return .empty }
        let items = programme.dimensions.map { dimension -> Markup in
            let questions = (programme.questions[dimension.id] ?? []).map { "<li>\($0.text)</li>" as Markup }
            let list: Markup = questions.isEmpty ? "<p class=\"meta\">\(dimension.description)</p>" : "<ul>\(questions)</ul>"
            return "<div><h3>\(dimension.name)</h3>\(list)</div>"
        }
        return "<section><h2>\(words("visits.programme.grid"))</h2><div class=\"sides\">\(items)</div></section>"
    }

    private func paragraphs(_ text: String) -> Markup {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { .text(String($0)) }.joined(separator: "<br>")
    }
}

/// The programme of a visit as a paper.
extension VisitProgramme {
    /// - Parameter adapted: the grid as it was adapted to the visit, when a capability says it.
    func paper(_ words: Words, adapted: [Prose.Block] = []) -> OfficePaper {
        var blocks: [Prose.Block] = [.line(.title, []), .line(.subtitle, [.text(heading(words))])]
        for (key, text) in [("visits.fact.focus", visit.focus), ("visits.fact.initiative", visit.flagshipInitiative)] where !text.isEmpty {
            blocks.append(.paragraph([.strong("\(words(key))\(words("visits.paper.colon")) "), .text(text)]))
        }
        blocks.append(.heading(1, [.text(words("visits.programme.halfDays"))]))
        blocks += agenda.slots.flatMap { halfDay($0, encounters(in: $0), words) }
        let rest = encounters(in: nil)
        if !rest.isEmpty { blocks += [.heading(2, [.text(words("visits.meetings.unplaced"))])] + rest.flatMap { line($0, words) } }
        let written = written(words)
        if !written.isEmpty { blocks.append(.heading(1, [.text(words("visits.programme.practical"))])) }
        blocks += written.map { .paragraph([.strong("\($0.title)\(words("visits.paper.colon")) "), .text($0.text)]) }
        let sides = sides(words)
        if !sides.isEmpty { blocks.append(.heading(1, [.text(words("visits.programme.people"))])) }
        blocks += sides.map { .paragraph([.strong("\($0.title)\(words("visits.paper.colon")) "), .text($0.people.joined(separator: " ; "))]) }
        if !dimensions.isEmpty || !adapted.isEmpty { blocks.append(.heading(1, [.text(words("visits.programme.grid"))])) }
        blocks += adapted
        for dimension in adapted.isEmpty ? dimensions : [] {
            let asked = (questions[dimension.id] ?? []).map(\.text)
            let text = asked.isEmpty ? dimension.description : asked.joined(separator: " ")
            blocks.append(.paragraph([.strong("\(dimension.name)\(words("visits.paper.colon")) "), .text(text)]))
        }
        return OfficePaper(title: words("visits.programme.title", ["visit": visit.name]), language: words.language.rawValue, blocks: blocks)
    }

    private func halfDay(_ slot: Slot, _ encounters: [Encounter], _ words: Words) -> [Prose.Block] {
        let theme = Prose.Block.paragraph([.text(theme(slot, words))])
        return [.heading(2, [.text("\(slot.said(in: words)), \(slot.times(words))")]), theme] + encounters.flatMap { line($0, words) }
    }

    private func line(_ encounter: Encounter, _ words: Words) -> [Prose.Block] {
        let times = encounter.times(in: words)
        let more = lines(encounter, words).joined(separator: ". ")
        return [.paragraph([.strong("\(times.isEmpty ? "" : "\(times) — ")\(encounter.title)"), .text(". \(more)")])]
    }
}
