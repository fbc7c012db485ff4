import Platform

/// The addresses of excerpts.
enum EvidenceRoutes {
    static let routes: [Route] = [
        .get("/programmes/{programme}/extraits", asks: .signedInTo(.see), for: "visiting group, host for what was allowed", ExcerptList.show),
        .get("/programmes/{programme}/extraits/export", asks: .signedInTo(.see), for: "visiting group, host for what was allowed", ExcerptList.export),
        .get("/textes/{text}/extraits/nouveau", asks: .thing(.citeNote), for: "officer, researcher", CitePage.show),
        .post("/textes/{text}/extraits", asks: .thing(.citeNote), for: "officer, researcher", CiteActs.add),
        .post("/textes/{text}/blancs", asks: .thing(.writeSynthesis), for: "officer, researcher", CoverageActs.explain),
        .get("/extraits/{excerpt}", asks: .thing(.see), for: "visiting group, host for what was allowed", ExcerptPage.show),
        .post("/extraits/{excerpt}/attribution", asks: .thing(.citeNote), for: "officer, researcher", ConsentActs.attribute),
        .post("/extraits/{excerpt}/accords", asks: .thing(.recordConsent), for: "officer, researcher", upTo: 8 << 20, ConsentActs.record),
        .post("/extraits/{excerpt}/retrait", asks: .thing(.recordConsent), for: "officer, researcher", ConsentActs.withdraw),
        .post("/extraits/{excerpt}/effacement", asks: .thing(.recordConsent), for: "officer, researcher", fresh: .always, ExcerptErasure.post),
        .post("/extraits/{excerpt}/suppression", asks: .thing(.citeNote), for: "officer, researcher", RemovalActs.remove),
        .post("/extraits/{excerpt}/annulation", asks: .thing(.recordConsent), for: "officer, researcher", CancellationActs.cancel),
        .post("/extraits/{excerpt}/provenance", asks: .thing(.citeNote), for: "officer, researcher", ConsentActs.locate),
        .get("/extraits/{excerpt}/historique", asks: .thing(.recordConsent), for: "officer, researcher", ExcerptPage.history),
        .get("/extraits/{excerpt}/preuves/{file}", asks: .thing(.recordConsent), for: "officer, researcher", ConsentActs.proof),
    ]
}
