import Formats
import Platform

/// The addresses of texts.
enum TextsRoutes {
    static let routes = texts + live + writing + documents + validation + guests

    private static let texts: [Route] = [
        .get("/programmes/{programme}/textes", asks: .signedInTo(.see), for: "whoever may read texts of the programme", TextList.show),
        .get("/programmes/{programme}/textes/export", asks: .signedInTo(.see), for: "whoever may read texts of the programme", TextList.export),
        .post("/programmes/{programme}/grille/versions", asks: .thing(.writeGrid), for: "researcher", GridFreezing.post),
        .post("/programmes/{programme}/visites/{visit}/textes", asks: .signedInTo(.see), for: "who may write that kind", TextCreation.post),
        .get("/programmes/{programme}/visites/{visit}/fiche", asks: .signedInTo(.see), for: "whoever sees the visit", SheetStart.show),
        .post("/programmes/{programme}/seminaires/{event}/compte-rendu", asks: .thing(.writeSynthesis), for: "researcher, officer", MinutesActs.open),
        .get("/textes/{text}", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(TextPage.show)),
        .post("/textes/{text}/titre", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(TextPage.rename)),
        .post("/textes/{text}/liens", asks: .thing(.sendSheet), for: "officer, coordinator", OpenText.at(SheetSharing.link)),
        .post("/textes/{text}/envois", asks: .thing(.sendSheet), for: "officer, coordinator", OpenText.at(SheetSharing.send)),
        .post("/textes/{text}/fin", asks: .signedInTo(.see), for: "host", OpenText.at(SheetFinishActs.finish)),
        .post("/textes/{text}/fin/retrait", asks: .signedInTo(.see), for: "host", OpenText.at(SheetFinishActs.resume)),
        .post("/textes/{text}/approbation", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(MinutesActs.approve)),
        .post("/textes/{text}/approbation/retrait", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(MinutesActs.withdraw)),
        .get("/textes/{text}/revisions", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(RevisionPages.list)),
        .get("/textes/{text}/revisions/{revision}", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(RevisionPages.show)),
        .get("/textes/{text}/revisions/{revision}/comparer", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(RevisionPages.compare)),
        .post("/textes/{text}/revisions/{revision}/retour", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(RevisionReturn.post)),
    ]

    /// What a text that several people have open is told.
    private static let live: [Route] = [
        .get("/textes/{text}/direct", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(TextLive.follow)),
        .post(
            "/textes/{text}/sections/{section}/presence", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(TextLive.write)),
        .get("/fiche/{secret}/direct", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextLive.follow)),
        .post("/fiche/{secret}/sections/{section}/presence", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextLive.write)),
    ]

    private static let writing: [Route] = [
        .get(
            "/textes/{text}/sections/{section}/modifier", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(SectionPage.show)),
        .post(
            "/textes/{text}/sections/{section}", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(SectionSave.post)),
        .post(
            "/textes/{text}/sections/{section}/brouillon", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(DraftPost.autosave)),
        .post(
            "/textes/{text}/sections/{section}/abandon", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(DraftPost.forget)),
        .get(
            "/textes/{text}/sections/{section}/fichiers", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(SectionFile.show)),
        .post(
            "/textes/{text}/sections/{section}/fichiers", asks: .signedInTo(.see), for: "who may write its kind; its author",
            upTo: ReceivedFile.formLimit, OpenText.at(SectionFile.post)),
        .post(
            "/textes/{text}/fichiers/{file}/accord", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(PeopleOnImages.post)),
    ]

    /// Word and OpenDocument, out and in.
    private static let documents: [Route] = [
        .get("/textes/{text}/document.docx", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(TextPaper.download(.word))),
        .get("/textes/{text}/document.odt", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(TextPaper.download(.openDocument))),
        .get("/textes/{text}/document", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(DocumentPage.show)),
        .post(
            "/textes/{text}/document", asks: .signedInTo(.see), for: "who may write its kind; its author", upTo: 12 << 20,
            OpenText.at(DocumentActs.receive)),
        .post("/textes/{text}/document/reprise", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(DocumentActs.post)),
        .post("/textes/{text}/document/abandon", asks: .signedInTo(.see), for: "who may write its kind; its author", OpenText.at(DocumentActs.forget)),
    ]

    private static let validation: [Route] = [
        .get("/textes/{text}/validation", asks: .signedInTo(.seeHistory), for: "its circle", OpenText.at(ValidationPage.show)),
        .get("/textes/{text}/validation/demande", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(AskPage.show)),
        .post("/textes/{text}/validation/demande", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(AskPage.post)),
        .post("/textes/{text}/validation/reponse", asks: .thing(.answerValidation), for: "whose answer is asked", OpenText.at(AnswerPost.answer)),
        .get("/textes/{text}/validation/saisie", asks: .thing(.recordAnswer), for: "officer, coordinator", OpenText.at(RecordedAnswerPage.show)),
        .post("/textes/{text}/validation/saisie", asks: .thing(.recordAnswer), for: "officer, coordinator", upTo: 12 << 20, OpenText.at(RecordedAnswerPage.post)),
        .get("/textes/{text}/validation/preuves/{file}", asks: .thing(.recordAnswer), for: "officer, coordinator", OpenText.at(RecordedAnswerPage.proof)),
        .post("/textes/{text}/validation/rappels", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(Reminders.post)),
        .post("/textes/{text}/validation/lecture", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(UnreadAnswers.read)),
        .get("/textes/{text}/validation/correction", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(CorrectionPage.show)),
        .post("/textes/{text}/validation/personnes", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(Corrections.invite)),
        .post("/textes/{text}/validation/personnes/retrait", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(Corrections.dismiss)),
        .post("/textes/{text}/validation/delai", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(Corrections.extend)),
        .post("/textes/{text}/validation/annulation", asks: .thing(.askValidation), for: "officer, coordinator", OpenText.at(Corrections.cancel)),
        .post("/textes/{text}/validation/desaveu", asks: .thing(.answerValidation), for: "whose answer was entered by somebody else", OpenText.at(AnswerPost.disown)),
        .post("/textes/{text}/validation/reouverture", asks: .thing(.answerValidation), for: "whose answer is asked", OpenText.at(ValidationActs.reopen)),
        .post("/textes/{text}/validation/arbitrage", asks: .thing(.recordAnswer), for: "officer, coordinator", OpenText.at(ValidationActs.refer)),
        .post("/textes/{text}/validation/retrait", asks: .thing(.answerValidation), for: "who objected", OpenText.at(AnswerPost.withdraw)),
        .post("/textes/{text}/validation/replique", asks: .thing(.answerValidation), for: "who objected", OpenText.at(AnswerPost.reply)),
        .post("/textes/{text}/validation/droit-de-reponse", asks: .signedInTo(.see), for: "the signatory of the host", OpenText.at(ReplyPost.post)),
        .get("/textes/{text}/validation/droit-de-reponse/saisie", asks: .thing(.recordAnswer), for: "officer, coordinator", OpenText.at(RecordedReplyPage.show)),
        .post("/textes/{text}/validation/droit-de-reponse/saisie", asks: .thing(.recordAnswer), for: "officer, coordinator", OpenText.at(RecordedReplyPage.post)),
        .post("/textes/{text}/validation/objections/{answer}", asks: .signedInTo(.see), for: "officer, coordinator, committee", OpenText.at(ValidationActs.settle)),
    ]

    private static let guests: [Route] = [
        .get("/fiche/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextPage.show)),
        .get("/fiche/{secret}/revisions/{revision}", asks: .link, for: "who was sent it", OpenText.behind(.sheet, RevisionPages.show)),
        .post("/fiche/{secret}/fin", asks: .link, for: "who holds the link", OpenText.behind(.sheet, SheetFinishActs.finish)),
        .post("/fiche/{secret}/fin/retrait", asks: .link, for: "who holds the link", OpenText.behind(.sheet, SheetFinishActs.resume)),
        .get("/fiche/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.sheet, NotMe.ask)),
        .post("/fiche/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.sheet, NotMe.say)),
        .get("/fiche/{secret}/sections/{section}/modifier", asks: .link, for: "who holds the link", OpenText.behind(.sheet, SectionPage.show)),
        .post("/fiche/{secret}/sections/{section}", asks: .link, for: "who holds the link", OpenText.behind(.sheet, SectionSave.post)),
        .post("/fiche/{secret}/sections/{section}/brouillon", asks: .link, for: "who holds the link", OpenText.behind(.sheet, DraftPost.autosave)),
        .post("/fiche/{secret}/sections/{section}/abandon", asks: .link, for: "who holds the link", OpenText.behind(.sheet, DraftPost.forget)),
        .get("/fiche/{secret}/document.docx", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextPaper.download(.word))),
        .get("/fiche/{secret}/document.odt", asks: .link, for: "who holds the link", OpenText.behind(.sheet, TextPaper.download(.openDocument))),
        .get("/fiche/{secret}/document", asks: .link, for: "who holds the link", OpenText.behind(.sheet, DocumentPage.show)),
        .post("/fiche/{secret}/document", asks: .link, for: "who holds the link", upTo: 12 << 20, OpenText.behind(.sheet, DocumentActs.receive)),
        .post("/fiche/{secret}/document/reprise", asks: .link, for: "who holds the link", OpenText.behind(.sheet, DocumentActs.post)),
        .post("/fiche/{secret}/document/abandon", asks: .link, for: "who holds the link", OpenText.behind(.sheet, DocumentActs.forget)),
        .get("/validation/{secret}/document.docx", asks: .link, for: "who holds the link", OpenText.behind(.validation, TextPaper.download(.word))),
        .get("/validation/{secret}/document.odt", asks: .link, for: "who holds the link", OpenText.behind(.validation, TextPaper.download(.openDocument))),
        .get("/fiche/{secret}/sections/{section}/fichiers", asks: .link, for: "who holds the link", OpenText.behind(.sheet, SectionFile.show)),
        .post(
            "/fiche/{secret}/sections/{section}/fichiers", asks: .link, for: "who holds the link", upTo: ReceivedFile.formLimit,
            OpenText.behind(.sheet, SectionFile.post)),
        file(behind: .sheet), file(behind: .validation), file(behind: .reply),
        .get("/validation/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.validation, ValidationPage.show)),
        .post("/validation/{secret}/reponse", asks: .link, for: "who holds the link", OpenText.behind(.validation, AnswerPost.answer)),
        .post("/validation/{secret}/reouverture", asks: .link, for: "who holds the link", OpenText.behind(.validation, ValidationActs.reopen)),
        .post("/validation/{secret}/retrait", asks: .link, for: "who holds the link", OpenText.behind(.validation, AnswerPost.withdraw)),
        .post("/validation/{secret}/replique", asks: .link, for: "who holds the link", OpenText.behind(.validation, AnswerPost.reply)),
        .post("/validation/{secret}/desaveu", asks: .link, for: "who holds the link", OpenText.behind(.validation, AnswerPost.disown)),
        .post("/validation/{secret}/droit-de-reponse", asks: .link, for: "who holds the link", OpenText.behind(.validation, ReplyPost.post)),
        .get("/validation/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.validation, NotMe.ask)),
        .post("/validation/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.validation, NotMe.say)),
        .get("/reponse/{secret}/document.docx", asks: .link, for: "who holds the link", OpenText.behind(.reply, TextPaper.download(.word))),
        .get("/reponse/{secret}/document.odt", asks: .link, for: "who holds the link", OpenText.behind(.reply, TextPaper.download(.openDocument))),
        .get("/reponse/{secret}", asks: .link, for: "who holds the link", OpenText.behind(.reply, ReplyPage.show)),
        .post("/reponse/{secret}/droit-de-reponse", asks: .link, for: "who holds the link", OpenText.behind(.reply, ReplyPost.post)),
        .get("/reponse/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.reply, NotMe.ask)),
        .post("/reponse/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenText.behind(.reply, NotMe.say)),
    ]

    /// A file of the text that a private link opens.
    private static func file(behind purpose: OpenText.Purpose) -> Route {
        .get(
            "\(purpose.path)/{secret}\(Attachment.folder){file}", asks: .link, for: "who holds the link",
            OpenText.behind(purpose) { request, _ in try await FilePage.show(request) })
    }
}
