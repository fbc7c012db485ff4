import Community
import Database
import Events
import Formats
import Platform

/// The list of visits, its export, and its piece of the programme's page.
enum BoardPage {
    static func show(_ request: Request) async throws -> Response {
        let (programme, board) = try await load(request)
        let views = BoardViews(request: request, programme: programme, mayAdd: mayAdd(programme, request))
        return .page(views.page(board, BoardWish(request.query)))
    }

    static func export(_ request: Request) async throws -> Response {
        let (programme, board) = try await load(request)
        let words = request.words
        let header = [
            "name", "stage", "host", "territory", "place", "firstDay", "lastDay", "halfDays", "focus", "initiative",
            "address",
        ].map { words("visits.export.\($0)") }
        let rows = BoardWish(request.query).lines(of: board).map { line -> [String] in
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
        let known = try await request.site.database.read { reader in
            try VisitQueries.opens(programmeId, reader, request)
                ? (try Programme.load(id: programmeId, reader), try Board.load(programmeId, reader, request)) : nil
        }
        guard let (programme, board) = known else { return .empty }
        return BoardViews(request: request, programme: programme, mayAdd: mayAdd(programme, request)).panel(board)
    }

    private static func load(_ request: Request) async throws -> (Programme, Board) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard try VisitQueries.opens(programme.id, reader, request) else { throw NotFound() }
            return (programme, try Board.load(programme.id, reader, request))
        }
    }

    private static func mayAdd(_ programme: Programme, _ request: Request) -> Bool {
        request.site.policy.allows(.manageVisit, request.viewer, on: programme.community)
    }
}
