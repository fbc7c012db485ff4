import Grids
import Platform
import Visits

/// The addresses of the grids of visits, and of what is answered.
enum InquiriesRoutes {
    private static let visit = "/programmes/{programme}/visites/{visit}"
    private static let grid = "\(visit)/grille"
    private static let changes = "\(grid)/changements"

    static let routes: [Route] =
        [
            .get(grid, asks: .signedInTo(.see), for: "community, host", OpenInquiry.at(.see, VisitGridPage.show)),
            .get(changes, asks: .signedInTo(.see), for: "community, host", OpenInquiry.at(.see, WhatChangesPage.show)),
            .get("\(changes)/nouveau", asks: .thing(.adaptGrid), for: "visiting group, host, team", OpenInquiry.at(.adaptGrid, ChangePage.show)),
            .post(changes, asks: .thing(.adaptGrid), for: "visiting group, host, team", OpenInquiry.at(.adaptGrid, ChangeActs.propose)),
            .post("\(changes)/{change}/decision", asks: .thing(.approveGrid), for: "researcher", OpenInquiry.at(.approveGrid, ChangeActs.decide)),
            .post("\(changes)/{change}/retrait", asks: .thing(.adaptGrid), for: "who proposed it, researcher", OpenInquiry.at(.adaptGrid, ChangeActs.withdraw)),
            .post("\(grid)/arret", asks: .thing(.approveGrid), for: "researcher", OpenInquiry.at(.approveGrid, ChangeActs.settle)),
            .post("\(grid)/reouverture", asks: .thing(.approveGrid), for: "researcher", OpenInquiry.at(.approveGrid, ChangeActs.reopen)),
        ] + papers + answers

    private static let papers = GridDownloads.Kind.allCases.map { kind in
        Route.get("\(grid)/\(kind.rawValue)", asks: .signedInTo(.see), for: "community, host", OpenInquiry.at { try await paper(kind, $0, $1) })
    }

    private static let answers: [Route] = [
        .get("\(visit)/reponses", asks: .signedInTo(.see), for: "visiting group", OpenInquiry.inside(AnswersPage.show)),
        .post("\(visit)/reponses", asks: .thing(.writeNote), for: "visiting group", OpenInquiry.inside(AnswerActs.write)),
        .get("\(visit)/reponses/export", asks: .signedInTo(.see), for: "visiting group", OpenInquiry.inside(AnswersPage.export)),
        .get("\(visit)/reponses/{block}", asks: .signedInTo(.see), for: "visiting group", OpenInquiry.inside(AnswerActs.show)),
        .post("\(visit)/reponses/{block}", asks: .thing(.writeNote), for: "visiting group", OpenInquiry.inside(AnswerActs.tag)),
        .get("\(visit)/questions", asks: .signedInTo(.see), for: "visiting group", OpenInquiry.inside(CoveragePage.show)),
        .get("\(visit)/questions/export", asks: .signedInTo(.see), for: "visiting group", OpenInquiry.inside(CoveragePage.export)),
        .post("\(visit)/questions/{question}/raison", asks: .thing(.writeNote), for: "visiting group", OpenInquiry.inside(CoveragePage.explain)),
        .get("/programmes/{programme}/grille/comparaison", asks: .signedInTo(.see), for: "the programme", ComparisonPage.show),
        .get("/programmes/{programme}/grille/comparaison/export", asks: .signedInTo(.see), for: "the programme", ComparisonPage.export),
    ]

    private static func paper(_ kind: GridDownloads.Kind, _ request: Request, _ open: OpenInquiry) async throws -> Response {
        guard !open.grid.asked.isEmpty else { throw NotFound() }
        let adapted = open.changes.count { $0.outcome == .approved }
        let version = open.settled?.version ?? open.core.version
        let sheet = open.grid.sheet(
            (open.visit.name, open.visit.slug, open.visit.programmeTitle), version: "\(version).\(adapted)", language: open.language, request.site)
        return try await GridDownloads.answer(kind, sheet, back: open.path, request) { open.grid.json }
    }
}
