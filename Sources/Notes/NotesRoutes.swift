import Platform

/// The addresses of notebooks.
enum NotesRoutes {
    private static let notebook = "/programmes/{programme}/visites/{visit}/notes"

    static let routes: [Route] =
        [
            .get("/programmes/{programme}/notes", asks: .signedIn, for: "visiting groups", NotebookList.show),
            .get(notebook, asks: .signedIn, for: "visiting group", NotebookPage.show),
            .post(notebook, asks: .signedIn, for: "visiting group", BlockActs.write),
            .get("\(notebook)/export", asks: .signedIn, for: "visiting group", NotebookPage.export),
            .post("\(notebook)/partage", asks: .signedIn, for: "author", BlockActs.shareAll),
            .get("\(notebook)/{block}", asks: .signedIn, for: "author", NotebookPage.edit),
            .post("\(notebook)/{block}/partage", asks: .signedIn, for: "author", BlockActs.share),
            .post("\(notebook)/{block}/reprise", asks: .signedIn, for: "author", BlockActs.takeBack),
            .post("\(notebook)/{block}/retrait", asks: .signedIn, for: "author", BlockActs.withdraw),
            .post("\(notebook)/{block}/retour", asks: .signedIn, for: "author", BlockActs.restore),
            .post("\(notebook)/{block}/version", asks: .signedIn, for: "author", BlockActs.keep),
        ] + BlockAPI.routes + Impressions.routes
}
