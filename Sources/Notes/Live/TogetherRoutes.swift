import Platform

/// The addresses of what a visiting group does together with its notes, and of the notebook as a document.
enum TogetherRoutes {
    private static let notebook = "/programmes/{programme}/visites/{visit}/notes"

    static let routes: [Route] = [
        .get("\(notebook)/direct", asks: .signedInTo(.see), for: "visiting group", NotebookLive.follow),
        .post("\(notebook)/presence", asks: .thing(.writeNote), for: "visiting group", NotebookLive.write),
        .get("\(notebook)/stylo", asks: .signedInTo(.see), for: "visiting group", PenPage.show),
        .post("\(notebook)/stylo", asks: .thing(.writeNote), for: "visiting group", PenPage.hand),
        .get("\(notebook)/commune", asks: .signedInTo(.see), for: "visiting group", CommonPageView.show),
        .get("\(notebook)/commune/{block}", asks: .signedInTo(.see), for: "visiting group", CommonPageView.edit),
        .post("\(notebook)/commune/{block}", asks: .thing(.writeNote), for: "visiting group", CommonPageActs.place),
        .post("\(notebook)/commune/{block}/plus-haut", asks: .thing(.writeNote), for: "visiting group", CommonPageActs.up),
        .post("\(notebook)/commune/{block}/plus-bas", asks: .thing(.writeNote), for: "visiting group", CommonPageActs.down),
        .get("\(notebook)/lecture", asks: .signedInTo(.see), for: "visiting group", ReadingPage.show),
        .get("\(notebook)/lecture/document.odt", asks: .signedInTo(.see), for: "visiting group", NotebookPaper.download(.openDocument)),
        .get("\(notebook)/lecture/document.md", asks: .signedInTo(.see), for: "visiting group", NotebookPaper.download(.markdown)),
        .get("\(notebook)/lecture/export", asks: .signedInTo(.see), for: "visiting group", NotebookPaper.table),
    ]
}
