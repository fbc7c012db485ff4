import Events
import Formats
import Platform

/// Something unusual about a visit that deserves a look and forbids nothing.
enum VisitWarning: Sendable, Equatable {
    /// No structure receives it yet.
    case noHost
    /// Its days have passed and nobody noted that it took place.
    case past
    /// It is more than two years away: the year may be mistyped.
    case farAway
    case fewer(visitors: Int)
    case more(visitors: Int, inTheRoom: Int)
    /// The host's people are known, and none of them signs.
    case noSignatory
    /// Encounters that lost their half-day when the dates changed.
    case unplaced(Int)
    /// Somebody who is expected elsewhere on the same day.
    case clash(Clash)
    /// The territory has other clocks than those that the hours are on.
    case zone(String, expected: String)

    /// What is unusual about a visit today, in the order in which it is said.
    static func of(
        _ visit: Visit, _ agenda: Agenda, _ delegation: Delegation, encounters: [Encounter], clashes: [Clash] = [], zone: String? = nil,
        today: Day
    ) -> [VisitWarning] {
        guard !visit.isCancelled else { return [] }
        var warnings: [VisitWarning] = []
        if visit.hostId == nil { warnings.append(.noHost) }
        if let last = agenda.lastDay, last < today, !visit.isHeld { warnings.append(.past) }
        if let first = agenda.firstDay, today.days(until: first) > 730 { warnings.append(.farAway) }
        switch visit.isHeld || visit.explains(delegation) ? nil : delegation.warning {
        case .fewer(let count): warnings.append(.fewer(visitors: count))
        case .more: warnings.append(.more(visitors: delegation.visitors.count, inTheRoom: delegation.inTheRoom))
        case nil: break
        }
        if !delegation.host.isEmpty, delegation.signatory == nil { warnings.append(.noSignatory) }
        if !visit.isHeld { warnings += clashes.map { .clash($0) } }
        if let zone, zone != visit.zone { warnings.append(.zone(visit.zone, expected: zone)) }
        let unplaced = encounters.count { $0.slotId == nil }
        if unplaced > 0, !agenda.slots.isEmpty { warnings.append(.unplaced(unplaced)) }
        return warnings
    }

    func sentence(in words: Words) -> String {
        switch self {
        case .noHost: words("visits.warning.noHost")
        case .past: words("visits.warning.past")
        case .farAway: words("visits.warning.farAway")
        case .fewer(let visitors): words("visits.warning.fewer", ["n": visitors])
        case .more(let visitors, let room): words("visits.warning.more", ["n": visitors, "room": room])
        case .noSignatory: words("visits.warning.noSignatory")
        case .unplaced(let count): words("visits.warning.unplaced", ["n": count])
        case .clash(let clash): clash.sentence(in: words)
        case .zone(let zone, let expected):
            words("visits.warning.zone", ["zone": EventZone.said(zone, in: words), "expected": EventZone.said(expected, in: words)])
        }
    }

    /// What settles it, in a few words.
    func act(in words: Words) -> String {
        switch self {
        case .noHost: words("visits.warning.act.noHost")
        case .past: words("visits.warning.act.past")
        case .farAway: words("visits.warning.act.farAway")
        case .fewer, .more: words("visits.warning.act.group")
        case .noSignatory: words("visits.warning.act.noSignatory")
        case .unplaced: words("visits.warning.act.unplaced")
        case .clash: words("visits.warning.act.group")
        case .zone: words("visits.warning.act.zone")
        }
    }

    /// The page where it is settled, after the visit's address.
    var page: String {
        switch self {
        case .noHost: "/objet"
        case .past, .farAway, .zone: "/dates"
        case .fewer, .more, .noSignatory, .clash: "/groupe"
        case .unplaced: "/rencontres"
        }
    }
}
