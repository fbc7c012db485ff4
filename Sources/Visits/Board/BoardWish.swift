import Events
import Formats
import Platform

/// What is asked of the list of visits: `?etape=planned&q=caen&tri=date`.
struct BoardWish: Sendable, Equatable {
    enum Order: String, Sendable, CaseIterable {
        case programme, date, missing
    }

    static let size = 20
    static let cancelled = "annulee"

    var stage: VisitStage?
    var isCancelled = false
    var search = ""
    var order = Order.programme

    init(_ query: Fields = Fields()) {
        stage = query["etape"].flatMap(VisitStage.init)
        isCancelled = query["etape"] == Self.cancelled
        search = query.line("q")
        order = query["tri"].flatMap(Order.init) ?? .programme
    }

    /// The lines asked for, in the order asked for.
    func lines(of board: Board) -> [Board.Line] {
        let wanted = French.fold(search).split(separator: " ")
        let found = board.lines.filter { line in
            guard line.visit.isCancelled == isCancelled || (stage == nil && !isCancelled) else { return false }
            guard stage == nil || stage == line.visit.stage else { return false }
            let said = French.fold(line.names.joined(separator: " "))
            return wanted.allSatisfy { said.contains($0) }
        }
        switch order {
        case .programme: return found
        case .date: return sorted(found) { ($0.agenda.firstDay ?? Self.never, 0) < ($1.agenda.firstDay ?? Self.never, 0) }
        case .missing: return sorted(found) { $0.urgency > $1.urgency }
        }
    }

    /// The order of the programme stays between equals.
    private func sorted(_ lines: [Board.Line], _ comesFirst: (Board.Line, Board.Line) -> Bool) -> [Board.Line] {
        lines.enumerated().sorted { left, right in
            if comesFirst(left.element, right.element) { return true }
            return !comesFirst(right.element, left.element) && left.offset < right.offset
        }.map(\.element)
    }

    private static let never = Day(iso: "9999-12-31")!
}

extension Board.Line {
    /// What a person may look for: the visit, its place, its hosts, its territory.
    var names: [String] {
        [visit.name, visit.place, visit.hostName ?? "", visit.territoryName ?? ""] + coHosts
    }

    /// Late stages weigh more than those where one is.
    var urgency: Int {
        visit.isCancelled ? -1 : marks.reduce(0) { $0 + ($1.state == .late ? 10 : $1.missing != nil && $1.state == .now ? 1 : 0) }
    }
}
