import Events
import Formats
import Platform

/// A learning visit: a group of facilitators goes to see a structure and its flagship initiative (dossier §3.2.1).
package struct Visit: Sendable, Codable, Equatable {
    /// Also the identifier of its event, whose half-days and encounters are its own.
    package var id: String
    package var programmeId: String
    package var programmeSlug: String
    package var programmeTitle: String
    /// What its people write in.
    package var programmeLanguage: Language
    package var slug: String
    package var position: Int
    package var name: String
    package var place: String
    package var hostId: String?
    package var hostName: String?
    package var territoryId: String?
    package var territoryName: String?
    package var stage: VisitStage
    /// The length as the programme file says it (« 2 j à 2,5 j »).
    package var lengthWritten: String
    package var focus: String
    package var flagshipInitiative: String
    /// The circle of the visiting group, without the host: field notes stay there.
    package var delegationId: String
    /// The same people with those of the host.
    package var circleId: String
    /// Who signs for the host.
    package var signatoryId: String?
    /// Why the visiting group has fewer or more people than four to six.
    package var sizeReason: String
    /// The size that this reason was given for: « 5/7 », visitors and people in the room.
    package var reasonSize: String = ""
    /// Why it will not take place; nil unless it is cancelled.
    package var cancelledReason: String?
    /// The zone whose clocks its hours are on.
    package var zone = "Europe/Paris"

    /// `/programmes/territoires-en-action/visites/caen`.
    package var path: String { "/programmes/\(programmeSlug)/visites/\(slug)" }

    /// What the policy knows of it: the people of the programme see it, and its host.
    package var protection: Protection {
        Protection("visit", id, programme: programmeId, author: nil, scope: circleId, audience: .community)
    }

    /// Whether it already took place, as somebody noted it.
    package var isHeld: Bool { stage >= .held }

    /// Whether it was called off, for now.
    package var isCancelled: Bool { cancelledReason != nil }

    /// Whether the reason given is about a group of that many visitors.
    func explains(visitors: Int) -> Bool { !sizeReason.isEmpty && reasonSize.hasPrefix("\(visitors)/") }

    /// Whether the reason given is about this group.
    func explains(_ people: Delegation) -> Bool { !sizeReason.isEmpty && reasonSize == people.size }
}

extension Visit {
    /// Checks the half-days given to the visit.
    /// - Throws: `VisitRefusal` when there is none, too many, or when the visit was held and they lie ahead.
    package func plan(_ halfDays: [HalfDay], today: Day) throws {
        guard let last = halfDays.max() else { throw VisitRefusal.noHalfDay }
        guard halfDays.count <= 14 else { throw VisitRefusal.tooLong }
        guard !isHeld || last.day <= today else { throw settled }
    }

    /// Why its dates do not move any more: it took place, or something was written of it.
    private var settled: VisitRefusal { stage > .held ? .written(stage) : .alreadyHeld }

    /// Takes the dates off: the visit is a candidate again.
    package mutating func postpone() throws {
        guard !isHeld else { throw settled }
        stage = .candidate
    }

    /// Checks that the visit may be called off.
    package func cancel(_ reason: String) throws {
        guard !isHeld else { throw VisitRefusal.alreadyHeld }
        guard !reason.allSatisfy(\.isWhitespace) else { throw VisitRefusal.noReason }
    }

    /// Takes back that it took place, as long as nothing was written of it.
    package mutating func reopen() throws {
        guard isHeld else { throw VisitRefusal.notHeld }
        guard stage == .held else { throw VisitRefusal.writtenAlready }
        stage = .candidate
    }

    /// Notes that the visit took place; not before its last day.
    package mutating func complete(_ agenda: Agenda, on today: Day) throws {
        guard !isCancelled else { throw VisitRefusal.cancelled }
        guard !isHeld else { throw VisitRefusal.alreadyHeld }
        guard let last = agenda.lastDay else { throw VisitRefusal.noDates }
        guard today >= last else { throw VisitRefusal.notYet(last) }
        stage = .held
    }

    /// Puts the visit at the stage that what is known of it allows: dates, then a group and a focus. Once held it only
    /// goes on.
    package mutating func settle(hasDates: Bool, hasGroup: Bool) {
        guard !isHeld else { return }
        stage =
            switch (hasDates, hasGroup && !focus.isEmpty) {
            case (true, true): .prepared
            case (true, false): .planned
            case (false, _): min(stage, .planned)
            }
    }
}
