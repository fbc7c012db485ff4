import Community
import Database
import Formats
import Platform

/// The addresses of grids.
enum GridsRoutes {
    private static let grid = "/programmes/{programme}/grille"
    private static let draft = "/programmes/{programme}/grille/brouillon"

    static let routes: [Route] =
        [.get(grid, asks: .anyone, for: "everybody", OpenGrid.at(nil, show))] + papers + drafting + comments

    private static let papers = GridDownloads.Kind.allCases.map { kind in
        Route.get("\(grid)/\(kind.rawValue)", asks: .anyone, for: "everybody", GridDownloads.route(kind))
    }

    private static let drafting: [Route] = [
        .get(draft, asks: .signedInTo(.see), for: "the programme", OpenGrid.at(.see, DraftPage.show)),
        .post(draft, asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftActs.begin)),
        .get("\(draft)/reprise", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, TakeInPage.show)),
        .post(
            "\(draft)/reprise", asks: .thing(.writeGrid), for: "researcher", upTo: ReceivedFile.formLimit, OpenGrid.at(.writeGrid, TakeInPage.post)),
        .get("\(draft)/dimensions/{dimension}", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DimensionPage.show)),
        .post("\(draft)/dimensions/{dimension}", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DimensionPage.save)),
        .get("\(draft)/questions/{question}", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftQuestionPage.show)),
        .post("\(draft)/questions/{question}", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftQuestionPage.save)),
        .post("\(draft)/{item}/montee", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftActs.move(by: -1))),
        .post("\(draft)/{item}/descente", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftActs.move(by: 1))),
        .post("\(draft)/{item}/retrait", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftActs.remove)),
        .post("\(draft)/{item}/retour", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, DraftActs.restore)),
    ]

    private static let comments: [Route] = [
        .get("\(grid)/questions/{question}", asks: .signedInTo(.see), for: "the programme", OpenGrid.at(.see, QuestionPage.show)),
        .post("\(grid)/questions/{question}/commentaires", asks: .thing(.commentGrid), for: "the programme", OpenGrid.at(.commentGrid, CommentActs.add)),
        .post("\(grid)/commentaires/{comment}/retrait", asks: .thing(.commentGrid), for: "its author", OpenGrid.at(.commentGrid, CommentActs.remove)),
        .post("\(grid)/commentaires/{comment}/suite", asks: .thing(.writeGrid), for: "researcher", OpenGrid.at(.writeGrid, CommentActs.settle)),
    ]

    private static let show: OpenGrid.Handler = { request, open in
        let (hasDraft, isAlone) = try await request.site.database.read { reader in
            (try open.core.map { try Grids.draft($0.id, reader) != nil } ?? false, try MissingResearcher.isSo(in: open.programme.id, reader))
        }
        let panels = open.core == nil ? .empty : try await request.site.panels(on: "grid", of: open.core?.id ?? "", request)
        return .page(GridView(request: request, open: open, hasDraft: hasDraft, isAlone: isAlone, panels: panels).page)
    }
}
