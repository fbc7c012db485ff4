import Platform

/// The addresses of reviews and of advice.
enum ReviewsRoutes {
    private static let review = "/programmes/{programme}/visites/{visit}/bilan"

    static let routes: [Route] = [
        .get(review, asks: .signedInTo(.see), for: "visiting group; host once it is opened", OpenReview.at(ReviewPage.show)),
        .post(review, asks: .thing(.writeNote), for: "visiting group", OpenReview.at(ReviewActs.begin)),
        .get("\(review)/export", asks: .signedInTo(.see), for: "visiting group; host once it is opened", OpenReview.begun(ReviewPage.export)),
        .get("\(review)/direct", asks: .signedInTo(.see), for: "visiting group; host once it is opened", OpenReview.begun(ReviewLive.follow)),
        .post("\(review)/presence", asks: .thing(.writeNote), for: "visiting group; host once it is opened", OpenReview.begun(ReviewLive.write)),
        .post("\(review)/lignes", asks: .thing(.writeNote), for: "visiting group; host once it is opened", OpenReview.begun(LineActs.add)),
        .get("\(review)/lignes/{line}", asks: .signedInTo(.see), for: "its author, or whom it is about", OpenReview.begun(LineActs.edit)),
        .post("\(review)/lignes/{line}", asks: .thing(.writeNote), for: "its author, or whom it is about", OpenReview.begun(LineActs.save)),
        .post("\(review)/lignes/{line}/retrait", asks: .thing(.writeNote), for: "its author, or whom it is about", OpenReview.begun(LineActs.remove)),
        .post("\(review)/lignes/{line}/retour", asks: .thing(.writeNote), for: "its author, or whom it is about", OpenReview.begun(LineActs.restore)),
        .post("\(review)/presents", asks: .thing(.writeNote), for: "visiting group; host once it is opened", OpenReview.begun(ReviewActs.present)),
        .post("\(review)/structure", asks: .thing(.manageVisit), for: "officer", OpenReview.begun(ReviewActs.openToHost)),
        .post("\(review)/cloture", asks: .thing(.manageVisit), for: "officer", OpenReview.begun(ReviewActs.close)),
        .post("\(review)/reouverture", asks: .thing(.manageVisit), for: "officer", OpenReview.begun(ReviewActs.reopen)),
        .post("\(review)/rappel", asks: .thing(.manageVisit), for: "officer", OpenReview.begun(ReviewActs.remind)),
        .post("\(review)/reponses", asks: .thing(.answerAdvice), for: "host", OpenReview.begun(AdviceActs.answer)),
        .get("\(review)/saisie", asks: .thing(.recordAnswer), for: "officer", OpenReview.begun(ReviewPage.record)),
        .post("\(review)/saisie", asks: .thing(.recordAnswer), for: "officer", OpenReview.begun(AdviceActs.record)),
        .post("\(review)/suites", asks: .signedInTo(.see), for: "host, officer", OpenReview.begun(AdviceActs.follow)),
        .get("/programmes/{programme}/conseils", asks: .signedInTo(.see), for: "community, host", AdviceList.show),
        .get("/programmes/{programme}/conseils/export", asks: .signedInTo(.see), for: "community, host", AdviceList.export),
        .get("/conseils/{secret}", asks: .link, for: "who holds the link", OpenReview.behind(ReviewPage.show)),
        .post("/conseils/{secret}/reponses", asks: .link, for: "who holds the link", OpenReview.behind(AdviceActs.answer)),
        .post("/conseils/{secret}/suites", asks: .link, for: "who holds the link", OpenReview.behind(AdviceActs.follow)),
        .get("/conseils/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenReview.behind { request, open, _ in DisownedLink.ask(open.base, request) }),
        .post("/conseils/{secret}/pas-moi", asks: .link, for: "who holds the link", OpenReview.behind(AdviceActs.disown)),
    ]
}
