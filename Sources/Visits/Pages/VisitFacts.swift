import Community
import Database
import Events
import Formats
import Platform

/// All that the page of a visit shows.
struct VisitFacts: Sendable {
    let visit: Visit
    let agenda: Agenda
    let encounters: [Encounter]
    let details: EncounterDetails
    let stakeholders: [Stakeholder]
    let delegation: Delegation
    let marks: [StageMark]
    /// When the first invitation left; nil before.
    let invitedAt: Instant?
    let warnings: [VisitWarning]
    /// Structures that receive it with its host.
    let coHosts: [String]
    /// Whether dates were asked for.
    let hasPoll: Bool
    /// Those who were told other dates than today's.
    let toldOtherwise: [String]

    /// Whether the group may be told of anything: it has people and dates.
    var mayInvite: Bool { !delegation.visitors.isEmpty && !agenda.slots.isEmpty && !visit.isHeld && !visit.isCancelled }

    static func load(_ visit: Visit, _ reader: any Reader, _ request: Request) throws -> VisitFacts {
        let agenda = Agenda(try Slots.of(visit.id, reader))
        let encounters = try Encounters.of(visit.id, reader)
        let delegation = try Delegation.people(visit, reader)
        return VisitFacts(
            visit: visit, agenda: agenda, encounters: encounters, details: try EncounterDetails.load(visit, reader),
            stakeholders: try Stakeholders.of(visit.id, reader),
            delegation: delegation, marks: try VisitMarks.all([visit.id], reader, request)[visit.id] ?? [],
            invitedAt: try Invitations.sent(visit.id, reader).map(\.invitedAt).min(),
            warnings: VisitWarning.of(
                visit, agenda, delegation, encounters: encounters, clashes: try Clash.of(visit, reader),
                zone: try VisitZone.expected(visit, reader), today: request.now.day()),
            coHosts: try CoHosts.of(visit.id, reader).map(\.shown), hasPoll: try Polls.last(about: visit.id, reader) != nil,
            toldOtherwise: visit.isHeld ? [] : try Invitations.toldOtherwise(visit, agenda, delegation, reader).map(\.name))
    }
}
