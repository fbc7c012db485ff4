import Platform

/// The addresses of notebooks.
enum NotesRoutes {
    private static let notebook = "/programmes/{programme}/visites/{visit}/notes"

    static let routes: [Route] =
        [
            .get("/programmes/{programme}/notes", asks: .signedInTo(.see), for: "visiting groups", NotebookList.show),
            .get(notebook, asks: .signedInTo(.see), for: "visiting group", NotebookPage.show),
            .post(notebook, asks: .thing(.writeNote), for: "visiting group", BlockActs.write),
            .get("\(notebook)/export", asks: .signedInTo(.see), for: "visiting group", NotebookPage.export),
            .post("\(notebook)/partage", asks: .thing(.shareNote), for: "author", BlockActs.shareAll),
            .get("\(notebook)/{block}", asks: .signedInTo(.see), for: "author", NotebookPage.edit),
            .post("\(notebook)/{block}/partage", asks: .thing(.shareNote), for: "author", BlockActs.share),
            .post("\(notebook)/{block}/reprise", asks: .thing(.shareNote), for: "author", BlockActs.takeBack),
            .post("\(notebook)/{block}/retrait", asks: .thing(.shareNote), for: "author", BlockActs.withdraw),
            .post("\(notebook)/{block}/retour", asks: .thing(.shareNote), for: "author", BlockActs.restore),
            .post("\(notebook)/{block}/version", asks: .thing(.shareNote), for: "author", BlockActs.keep),
            .get("\(notebook)/{block}/photos", asks: .signedInTo(.see), for: "author", NotePhotos.show),
            .post("\(notebook)/{block}/photos", asks: .thing(.shareNote), for: "author", upTo: ReceivedFile.formLimit, NotePhotos.add),
            .post("\(notebook)/{block}/photos/{file}/retrait", asks: .thing(.shareNote), for: "author", NotePhotos.remove),
            .post("\(notebook)/{block}/photos/{file}/retour", asks: .thing(.shareNote), for: "author", NotePhotos.restore),
        ]
        + TogetherRoutes.routes + BlockAPI.routes + PhoneAPI.routes + PhonePages.routes + MediaAPI.routes + ApartNotes.routes + Impressions.routes
        + AddressActs.routes + IncomingPages.routes + StrayMail.routes + GuestNote.routes
}
