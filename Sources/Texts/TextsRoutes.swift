import Platform

/// The addresses of texts.
enum TextsRoutes {
    static let routes = texts + writing + validation + guests

    private static let texts: [Route] = [
        .get("/programmes/{programme}/textes", asks: .signedIn, for: "whoever may read texts of the programme", TextList.show),
        .post("/programmes/{programme}/visites/{visit}/textes", asks: .signedIn, TextCreation.post),
        .get("/textes/{text}", asks: .signedIn, for: "its circle", OpenText.at(TextPage.show)),
        .post("/textes/{text}/titre", asks: .signedIn, OpenText.at(TextPage.rename)),
        .post("/textes/{text}/liens", asks: .signedIn, OpenText.at(SheetSharing.link)),
        .post("/textes/{text}/envois", asks: .signedIn, OpenText.at(SheetSharing.send)),
        .get("/textes/{text}/revisions", asks: .signedIn, OpenText.at(RevisionPages.list)),
        .get("/textes/{text}/revisions/{revision}", asks: .signedIn, OpenText.at(RevisionPages.show)),
        .get("/textes/{text}/revisions/{revision}/comparer", asks: .signedIn, OpenText.at(RevisionPages.compare)),
        .post("/textes/{text}/revisions/{revision}/retour", asks: .signedIn, OpenText.at(RevisionReturn.post)),
    ]

    private static let writing: [Route] = [
        .get("/textes/{text}/sections/{section}/modifier", asks: .signedIn, OpenText.at(SectionPage.show)),
        .post("/textes/{text}/sections/{section}", asks: .signedIn, OpenText.at(SectionSave.post)),
        .post("/textes/{text}/sections/{section}/brouillon", asks: .signedIn, OpenText.at(DraftPost.autosave)),
        .post("/textes/{text}/sections/{section}/abandon", asks: .signedIn, OpenText.at(DraftPost.forget)),
    ]

    private static let validation: [Route] = [
        .get("/textes/{text}/validation", asks: .signedIn, OpenText.at(ValidationPage.show)),
        .get("/textes/{text}/validation/demande", asks: .signedIn, OpenText.at(AskPage.show)),
        .post("/textes/{text}/validation/demande", asks: .signedIn, OpenText.at(AskPage.post)),
        .post("/textes/{text}/validation/reponse", asks: .signedIn, OpenText.at(AnswerPost.answer)),
        .get("/textes/{text}/validation/saisie", asks: .signedIn, OpenText.at(RecordedAnswerPage.show)),
        .post("/textes/{text}/validation/saisie", asks: .signedIn, upTo: 12 << 20, OpenText.at(RecordedAnswerPage.post)),
        .get("/textes/{text}/validation/preuves/{file}", asks: .signedIn, OpenText.at(RecordedAnswerPage.proof)),
        .post("/textes/{text}/validation/rappels", asks: .signedIn, OpenText.at(Reminders.post)),
        .get("/textes/{text}/validation/correction", asks: .signedIn, OpenText.at(CorrectionPage.show)),
        .post("/textes/{text}/validation/personnes", asks: .signedIn, OpenText.at(Corrections.invite)),
        .post("/textes/{text}/validation/personnes/retrait", asks: .signedIn, OpenText.at(Corrections.dismiss)),
        .post("/textes/{text}/validation/delai", asks: .signedIn, OpenText.at(Corrections.extend)),
        .post("/textes/{text}/validation/annulation", asks: .signedIn, OpenText.at(Corrections.cancel)),
        .post("/textes/{text}/validation/desaveu", asks: .signedIn, OpenText.at(AnswerPost.disown)),
        .post("/textes/{text}/validation/reouverture", asks: .signedIn, OpenText.at(ValidationActs.reopen)),
        .post("/textes/{text}/validation/arbitrage", asks: .signedIn, OpenText.at(ValidationActs.refer)),
        .post("/textes/{text}/validation/retrait", asks: .signedIn, OpenText.at(AnswerPost.withdraw)),
        .post("/textes/{text}/validation/replique", asks: .signedIn, OpenText.at(AnswerPost.reply)),
        .post("/textes/{text}/validation/droit-de-reponse", asks: .signedIn, OpenText.at(ReplyPost.post)),
        .get("/textes/{text}/validation/droit-de-reponse/saisie", asks: .signedIn, OpenText.at(RecordedReplyPage.show)),
        .post("/textes/{text}/validation/droit-de-reponse/saisie", asks: .signedIn, OpenText.at(RecordedReplyPage.post)),
        .post("/textes/{text}/validation/objections/{answer}", asks: .signedIn, OpenText.at(ValidationActs.settle)),
    ]

    private static let guests: [Route] = [
        .get("/fiche/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextPage.show)),
        .get("/fiche/{secret}/revisions/{revision}", asks: .link, for: "who was sent it", OpenText.behind(.sheet, RevisionPages.show)),
        .post("/fiche/{secret}/pas-moi", asks: .link, OpenText.behind(.sheet, NotMe.say)),
        .get("/fiche/{secret}/sections/{section}/modifier", asks: .link, OpenText.behind(.sheet, SectionPage.show)),
        .post("/fiche/{secret}/sections/{section}", asks: .link, OpenText.behind(.sheet, SectionSave.post)),
        .post("/fiche/{secret}/sections/{section}/brouillon", asks: .link, OpenText.behind(.sheet, DraftPost.autosave)),
        .post("/fiche/{secret}/sections/{section}/abandon", asks: .link, OpenText.behind(.sheet, DraftPost.forget)),
        .get("/validation/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.validation, ValidationPage.show)),
        .post("/validation/{secret}/reponse", asks: .link, OpenText.behind(.validation, AnswerPost.answer)),
        .post("/validation/{secret}/reouverture", asks: .link, OpenText.behind(.validation, ValidationActs.reopen)),
        .post("/validation/{secret}/retrait", asks: .link, OpenText.behind(.validation, AnswerPost.withdraw)),
        .post("/validation/{secret}/replique", asks: .link, OpenText.behind(.validation, AnswerPost.reply)),
        .post("/validation/{secret}/desaveu", asks: .link, OpenText.behind(.validation, AnswerPost.disown)),
        .post("/validation/{secret}/droit-de-reponse", asks: .link, OpenText.behind(.validation, ReplyPost.post)),
        .post("/validation/{secret}/pas-moi", asks: .link, OpenText.behind(.validation, NotMe.say)),
        .get("/reponse/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.reply, ReplyPage.show)),
        .post("/reponse/{secret}/droit-de-reponse", asks: .link, OpenText.behind(.reply, ReplyPost.post)),
        .post("/reponse/{secret}/pas-moi", asks: .link, OpenText.behind(.reply, NotMe.say)),
    ]
}
