import Community
import Database
import Events
import Formats
import Platform

/// Many plausible visits, always the same: for measures of speed, never for a real site.
package enum VisitSeed {
    /// A visit with its half-days, its visiting group and the people of its host; whoever conducts the programme or does research
    /// in it comes along.
    package static func visit(
        _ number: Int, in programme: String, territory: String?, visitors: [String], hosts: [String], seed: Int, _ change: Change
    ) throws -> Visit {
        var prose = SampleProse(seed: seed, 4_000_000 + number)
        let programme = try Programme.load(id: programme, change)
        var new = NewVisit(name: prose.title().text, place: prose.title().text)
        new.territoryId = territory
        new.focus = prose.paragraph(sentences: 2).text
        new.flagshipInitiative = prose.paragraph(sentences: 2).text
        new.stage = VisitStage.allCases[number % VisitStage.allCases.count]
        let visit = try VisitQueries.load(id: try new.start(in: programme, change), change)
        if visit.stage != .candidate {
            let first = change.today.adding(days: visit.isHeld ? -700 + prose.number(below: 600) : 20 + prose.number(below: 100))
            try Slots.set(HalfDay.row(from: first, count: 4), of: visit.id, in: change)
        }
        let staff = try change.people(in: programme.id).filter { $0.role == .officer || $0.role == .researcher }.map(\.personId)
        for (people, role) in [(staff, Role.staff), (visitors, .visitor)] {
            for person in people {
                for scope in [visit.delegationId, visit.circleId] { try change.join(person, scope: scope, as: role) }
            }
        }
        for person in hosts { try change.join(person, scope: visit.circleId, as: .host) }
        try change.run("UPDATE visit SET signatory_id = \(hosts.first) WHERE id = \(visit.id)")
        return visit
    }
}
