import Platform

/// The addresses of the costs of visits.
enum CostsRoutes {
    private static let costs = "/programmes/{programme}/visites/{visit}/frais"
    private static let claim = "\(costs)/{claim}"
    private static let own = "the claimant; officer, coordinator"

    static let routes: [Route] = [
        .get(costs, asks: .signedInTo(.see), for: "officer, coordinator, committee; who claims", OpenCosts.at(CostsPage.show)),
        .post(costs, asks: .signedInTo(.see), for: "visiting group, host; officer, coordinator", upTo: ReceivedFile.formLimit, OpenCosts.at(ClaimActs.add)),
        .get("\(costs)/export", asks: .signedInTo(.see), for: "officer, coordinator; who claims", OpenCosts.at(CostsPage.export)),
        .get("\(costs)/nouvelle", asks: .signedInTo(.see), for: "visiting group, host; officer, coordinator", OpenCosts.at(ClaimPage.new)),
        .get("\(costs)/budget", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.managed(BudgetPage.show)),
        .post("\(costs)/budget", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.managed(BudgetPage.save)),
        .post("\(costs)/avances", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.managed(AdvanceActs.add)),
        .post("\(costs)/avances/{advance}/retrait", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.managed(AdvanceActs.remove)),
        .get(claim, asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimPage.show)),
        .post(claim, asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimActs.save)),
        .get("\(claim)/modifier", asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimPage.edit)),
        .post("\(claim)/retrait", asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimActs.withdraw)),
        .post("\(claim)/decision", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.claim(ClaimActs.decide)),
        .post("\(claim)/paiement", asks: .thing(.manageCosts), for: "officer, coordinator", OpenCosts.claim(ClaimActs.pay)),
        .post("\(claim)/justificatifs", asks: .signedInTo(.see), for: own, upTo: ReceivedFile.formLimit, OpenCosts.claim(ClaimActs.receive)),
        .get("\(claim)/justificatifs/{file}", asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimActs.receipt)),
        .post("\(claim)/justificatifs/{file}/retrait", asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimActs.removeReceipt)),
        .post("\(claim)/justificatifs/{file}/retour", asks: .signedInTo(.see), for: own, OpenCosts.claim(ClaimActs.restoreReceipt)),
    ]
}
