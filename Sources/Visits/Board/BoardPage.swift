import Community
import Database
import Events
import Formats
import Platform

/// The list of visits, its export, and its piece of the programme's page.
enum BoardPage {
    static func show(_ request: Request) async throws -> Response {
        let wish = BoardWish(request.query)
        let (programme, board, shown) = try await request.site.database.read { reader in
            let (programme, loaded) = try load(request, reader)
            var board = loaded
            // What is missing in each visit is known by the marks of all.
            if wish.order == .missing { board.lines = try Board.marked(board.lines, reader, request) }
            var shown = Paged(wish.lines(of: board), by: BoardWish.size, request)
            if wish.order != .missing { shown = try shown.with(Board.marked(shown.items, reader, request)) }
            return (programme, board, shown)
        }
        let views = BoardViews(request: request, programme: programme, mayAdd: mayAdd(programme, request))
        return .page(views.page(board, shown, wish))
    }

    static func export(_ request: Request) async throws -> Response {
        let wish = BoardWish(request.query)
        let (programme, board) = try await request.site.database.read { reader in
            let (programme, loaded) = try load(request, reader)
            var board = loaded
            if wish.order == .missing { board.lines = try Board.marked(board.lines, reader, request) }
            return (programme, board)
        }
        let words = request.words
        let header = [
            "name", "stage", "host", "territory", "place", "firstDay", "lastDay", "halfDays", "focus", "initiative",
            "address",
        ].map { words("visits.export.\($0)") }
        let rows = wish.lines(of: board).map { line -> [String] in
            [
                line.visit.name, StageViews.name(line.visit, words),
                ([line.visit.hostName].compactMap { $0 } + line.coHosts).joined(separator: ", "),
                line.visit.territoryName ?? "", line.visit.place, line.agenda.firstDay?.iso ?? "",
                line.agenda.lastDay?.iso ?? "", line.agenda.slots.isEmpty ? "" : String(line.agenda.slots.count),
                line.visit.focus, line.visit.flagshipInitiative, request.site.configuration.link(line.visit.path),
            ]
        }
        return try .table(header: header, rows: rows, named: "\(words("visits.export.file"))-\(programme.slug)", request)
    }

    static let panel = Panel(on: "programme", rank: 10) { programmeId, request in
        let known: (Programme, Board, [Board.Line])? = try await request.site.database.read { reader in
            guard try VisitQueries.opens(programmeId, reader, request) else { return nil }
            let board = try Board.load(programmeId, reader, request)
            let first = Array(board.lines.prefix(BoardWish.size))
            return (try Programme.load(id: programmeId, reader), board, try Board.marked(first, reader, request))
        }
        guard let (programme, board, shown) = known else { return .empty }
        return BoardViews(request: request, programme: programme, mayAdd: mayAdd(programme, request)).panel(board, shown)
    }

    private static func load(_ request: Request, _ reader: any Reader) throws -> (Programme, Board) {
        let programme = try ProgrammeFrame.load(request["programme"], reader, request)
        guard try VisitQueries.opens(programme.id, reader, request) else { throw NotFound() }
        return (programme, try Board.load(programme.id, reader, request))
    }

    private static func mayAdd(_ programme: Programme, _ request: Request) -> Bool {
        request.site.policy.allows(.manageVisit, request.viewer, on: programme.community)
    }
}
