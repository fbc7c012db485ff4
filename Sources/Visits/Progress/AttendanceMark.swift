import Database
import Events
import Formats
import Platform

/// Where the attendance sheets of visits stand.
enum AttendanceMark {
    private struct Row: Decodable {
        var visitId: String
        var personId: String
        var signed: Int
    }

    /// The mark of each visit that has a group: who signed what of the half-days begun, not counting the people of the host.
    static func marks(_ visits: [Visit], _ agendas: [String: Agenda], _ reader: any Reader, _ request: Request) throws -> [String: StageMark] {
        let begun = begun(visits, agendas, at: request.now)
        // What began long ago is told by its day alone, wherever the visit is.
        let before = request.now.day().adding(days: -1)
        let recent = begun.values.flatMap { $0 }.filter { $0.day >= before }.map(\.id).sorted()
        let rows = try reader.all(
            Row.self,
            """
            SELECT visit.id AS visit_id, membership.person_id,
                (SELECT count(*) FROM signature JOIN slot ON slot.id = signature.slot_id AND slot.removed_at IS NULL
                    AND (slot.day < \(before) OR slot.id IN \(list: recent))
                    WHERE signature.event_id = visit.id AND signature.person_id = membership.person_id AND withdrawn_at IS NULL) AS signed
            FROM visit JOIN membership ON membership.scope_id = visit.circle_id AND membership.until IS NULL AND membership.role IN ('visitor', 'staff')
            WHERE visit.id IN \(list: visits.map(\.id))
            """)
        let people = Dictionary(grouping: rows, by: \.visitId)
        return Dictionary(
            uniqueKeysWithValues: visits.map { visit in
                (visit.id, mark(visit, agendas[visit.id] ?? Agenda([]), begun: begun[visit.id]?.count ?? 0, people[visit.id] ?? [], request))
            })
    }

    /// The half-days that have begun, by visit, each on its own clocks.
    private static func begun(_ visits: [Visit], _ agendas: [String: Agenda], at now: Instant) -> [String: [Slot]] {
        Dictionary(
            uniqueKeysWithValues: visits.map { visit in
                let moment = now.civil(in: visit.zone)
                return (visit.id, agendas[visit.id]?.slots.filter { $0.hasBegun(at: moment) } ?? [])
            })
    }

    private static func mark(_ visit: Visit, _ agenda: Agenda, begun: Int, _ people: [Row], _ request: Request) -> StageMark {
        let words = request.words
        let (signed, all) = (people.reduce(0) { $0 + $1.signed }, people.count * begun)
        let isInside = request.viewer.isMember(of: visit.circleId) || request.site.policy.allows(.manageVisit, request.viewer, on: visit.protection)
        let path = isInside ? "\(visit.path)/presence" : nil
        guard all > 0 else {
            return StageMark(.stage(.attendance), label: words("visits.mark.attendance"), state: .todo, detail: words("visits.mark.atTheVisit"), path: path)
        }
        // While half-days are to come and nobody lacks at those begun, nobody's move it is.
        let (isWhole, isOver) = (signed == all, begun == agenda.slots.count)
        let missing = people.filter { $0.signed < begun }.map(\.personId)
        return StageMark(
            .stage(.attendance), label: words("visits.mark.attendance"), state: isWhole ? isOver ? .done : .todo : .now, detail: words("visits.mark.signatures", ["n": signed, "all": all]),
            path: path, missing: isWhole ? nil : words("visits.missing.attendance", ["n": all - signed])
        ).waiting(for: missing)
    }
}
