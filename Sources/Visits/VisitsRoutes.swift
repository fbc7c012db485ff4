import Events
import Platform

/// The addresses of visits.
enum VisitsRoutes {
    private static let visits = "/programmes/{programme}/visites"
    private static let visit = "/programmes/{programme}/visites/{visit}"

    static let routes =
        own + AttendanceRoutes.routes(visit, OpenVisit.frame) + polls + CalendarPages.routes + ProgressPages.routes + TimelinePage.routes

    private static let own: [Route] = [
        .get(visits, asks: .signedInTo(.see), for: "community, host", BoardPage.show),
        .get("\(visits)/export", asks: .signedInTo(.see), for: "community, host", BoardPage.export),
        .get("\(visits)/nouvelle", asks: .thing(.manageVisit), for: "officer, coordinator", NewVisitPage.show),
        .post(visits, asks: .thing(.manageVisit), for: "officer, coordinator", NewVisitPage.add),
        .get(visit, asks: .signedInTo(.see), for: "community, host", OpenVisit.at(.see, VisitPage.show)),
        managed("dates", DatesPage.show), act("dates", DatesPage.save), act("dates/fichier", DatesPage.bring), act("tenue", DatesPage.complete),
        act("tenue/annulation", StageActs.reopen), act("annulation", StageActs.cancel), act("reprise", StageActs.resume),
        act("equipe", TeamActs.join),
        managed("objet", SubjectPage.show), act("objet", SubjectPage.save),
        managed("adresse", AddressPage.show), act("adresse", AddressPage.save),
        managed("rencontres", MeetingPage.show), act("rencontres", EncounterActs.add),
        managed("rencontres/{encounter}", EncounterActs.edit), act("rencontres/{encounter}", EncounterActs.save),
        act("rencontres/{encounter}/retrait", EncounterActs.remove),
        act("rencontres/{encounter}/retour", EncounterActs.restore),
        act("parties-prenantes", StakeholderActs.add),
        managed("parties-prenantes/{stakeholder}", StakeholderActs.edit),
        act("parties-prenantes/{stakeholder}", StakeholderActs.save),
        act("parties-prenantes/{stakeholder}/retrait", StakeholderActs.remove),
        act("parties-prenantes/{stakeholder}/retour", StakeholderActs.restore),
        managed("groupe", GroupPage.show), act("groupe", GroupPage.save),
        act("structure", HostActs.add), act("structure/{person}/depart", HostActs.remove),
        act("signataire", HostActs.sign),
        managed("documents", VisitDocuments.show), act("documents", upTo: ReceivedFile.formLimit, VisitDocuments.add),
        act("documents/{file}/retrait", VisitDocuments.remove), act("documents/{file}/retour", VisitDocuments.restore),
        act("desistement", HostWithdrawal.note),
        act("trame", PatternPage.take), managed("demi-journees/{slot}", HalfDayPage.show), act("demi-journees/{slot}", HalfDayPage.save),
        managed("sous-groupes", SubgroupPages.show), act("sous-groupes", SubgroupPages.add),
        managed("sous-groupes/{subgroup}", SubgroupPages.edit), act("sous-groupes/{subgroup}", SubgroupPages.save),
        act("sous-groupes/{subgroup}/retrait", SubgroupPages.remove),
        managed("pratique", PracticalPage.show), act("pratique", PracticalPage.save),
        ofPeople("programme", ProgrammePage.show), ofPeople("programme.pdf", ProgrammePage.pdf), ofPeople("programme.html", ProgrammePage.offline),
        .get("\(visit)/visite.ics", asks: .signedInTo(.see), for: "community, host", OpenVisit.at(.see, ProgrammePage.calendar)),
        act("relances/{stage}", Nudges.post),
        .get("/programmes/{programme}/trame-de-visite", asks: .thing(.manageProgramme), for: "officer, coordinator", PatternPage.show),
        .post("/programmes/{programme}/trame-de-visite", asks: .thing(.manageProgramme), for: "officer, coordinator", PatternPage.save),
        managed("invitations", InvitationPage.show), act("invitations", InvitationPage.send),
        act("invitations/{person}", InvitationPage.sendAgain), act("nouvelles-dates", InvitationPage.tellDates),
    ]

    private static let polls = PollRoutes.routes(visit, usual: 4, manager: .manageVisit, OpenVisit.frame) { frame, halfDays, change in
        try DatesPage.choose(halfDays, of: frame.event.id, in: change)
    }

    private typealias Handler = @Sendable (Request, OpenVisit) async throws -> Response

    /// A page for whoever prepares the visit.
    private static func managed(_ path: String, _ handle: @escaping Handler) -> Route {
        .get(
            "\(visit)/\(path)", asks: .thing(.manageVisit), for: "officer, coordinator",
            OpenVisit.at(.manageVisit, handle))
    }

    /// What its people read, and those who prepare it.
    private static func ofPeople(_ path: String, _ handle: @escaping Handler) -> Route {
        .get("\(visit)/\(path)", asks: .signedInTo(.see), for: "the people of the visit, officer, coordinator", OpenVisit.at(.see, handle))
    }

    /// A change by whoever prepares the visit.
    private static func act(_ path: String, upTo bodyLimit: Int = 4 << 20, _ handle: @escaping Handler) -> Route {
        .post(
            "\(visit)/\(path)", asks: .thing(.manageVisit), for: "officer, coordinator", upTo: bodyLimit,
            OpenVisit.at(.manageVisit, handle))
    }
}
