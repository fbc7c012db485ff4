import Database
import Events
import Formats
import Platform

/// Where visits stand as far as this capability knows: dates, visiting group, meetings, attendance.
enum VisitMarks {
    /// Dates, visiting group, meetings and attendance, by visit.
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let agendas = try Slots.of(visitIds, reader)
        let visitors = try counts(visitIds, reader)
        let today = request.now.day()
        let mayManage = { (visit: Visit) in
            request.site.policy.allows(.manageVisit, request.viewer, on: visit.protection)
        }
        let visits = try VisitQueries.all(ids: visitIds, reader)
        let taken = try MeetingsMark.taken(visitIds, reader)
        let attendance = try AttendanceMark.marks(visits, agendas, reader, request)
        return Dictionary(
            uniqueKeysWithValues: visits.map { visit in
                let agenda = agendas[visit.id] ?? Agenda([])
                let (words, manages, count) = (request.words, mayManage(visit), visitors[visit.id] ?? VisitorCount(visitId: visit.id))
                let meetings = MeetingsMark.mark(visit, agenda, taken, today, words, mayManage: manages)
                return (
                    visit.id,
                    [
                        dates(visit, agenda, today, words, mayManage: manages), group(visit, count.visitors, agenda, today, words, mayManage: manages),
                    ] + [InvitationsMark.mark(visit, count, agenda, today, words, mayManage: manages), meetings, attendance[visit.id]].compactMap(\.self)
                )
            })
    }

    /// The marks of every capability (none for a visit that is cancelled), merged in the order of the nine stages.
    static func all(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let cancelled = try Set(reader.texts("SELECT visit_id FROM visit_cancellation WHERE visit_id IN \(list: visitIds)"))
        let visitIds = visitIds.filter { !cancelled.contains($0) }
        var merged: [String: [StageMark]] = [:]
        for stages in request.site.features.compactMap(\.stages) {
            merged.merge(try stages(visitIds, reader, request)) { $0 + $1 }
        }
        // Marks of one stage stay in the order of the capabilities.
        return merged.mapValues { marks in
            marks.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
        }
    }

    static func dates(_ visit: Visit, _ agenda: Agenda, _ today: Day, _ words: Words, mayManage: Bool) -> StageMark {
        let label = words("visits.mark.dates")
        guard let days = agenda.days(in: words), let last = agenda.lastDay else {
            return StageMark(
                .dates, label: label, state: .now,
                detail: words("visits.mark.toSet"),
                path: mayManage ? "\(visit.path)/dates" : visit.path, missing: words(mayManage ? "visits.missing.yourDates" : "visits.missing.dates"))
        }
        guard last < today, !visit.isHeld else {
            return StageMark(.dates, label: label, state: .done, detail: days, path: visit.path)
        }
        return StageMark(
            .dates, label: label, state: .late, detail: days, path: visit.path, missing: words("visits.missing.held")
        ).asking(words("visits.todo.held", ["visit": visit.name]))
    }

    static func group(
        _ visit: Visit, _ visitors: Int, _ agenda: Agenda, _ today: Day, _ words: Words, mayManage: Bool
    ) -> StageMark {
        let label = words("visits.mark.group")
        let isEnough = visitors >= Delegation.size.lowerBound || (visitors > 0 && visit.explains(visitors: visitors))
        if isEnough || (visit.isHeld && visitors > 0) {
            let detail = words("visits.mark.people", ["n": visitors])
            return StageMark(.stage(.delegation), label: label, state: .done, detail: detail, path: visit.path)
        }
        let isSoon = agenda.firstDay.map { Preparation.isSoon($0, on: today) } ?? false
        return StageMark(
            .stage(.delegation), label: label, state: agenda.slots.isEmpty ? .todo : isSoon ? .late : .now,
            detail: visitors == 0 ? words("visits.mark.nobody") : words("visits.mark.peopleSoFar", ["n": visitors]),
            path: mayManage ? "\(visit.path)/groupe" : visit.path,
            missing: agenda.slots.isEmpty
                ? nil : words(mayManage ? "visits.missing.yourGroup" : "visits.missing.group", ["n": Delegation.size.lowerBound - visitors])
        ).asking(words("visits.todo.group", ["visit": visit.name]))
    }

    /// How many people visit and were invited, by visit that has any.
    static func counts(_ visitIds: [String], _ reader: any Reader) throws -> [String: VisitorCount] {
        let counts = try reader.all(
            VisitorCount.self,
            """
            SELECT visit.id AS visit_id, COUNT(*) AS visitors, COUNT(visit_invitation.person_id) AS invited FROM visit
            JOIN membership ON membership.scope_id = visit.delegation_id AND membership.role = 'visitor'
                AND membership.until IS NULL
            LEFT JOIN visit_invitation ON visit_invitation.visit_id = visit.id AND visit_invitation.person_id = membership.person_id
            WHERE visit.id IN \(list: visitIds) GROUP BY visit.id
            """)
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.visitId, $0) })
    }
}

/// Of a visiting group: how many people visit, how many of them were invited.
struct VisitorCount: Decodable {
    var visitId: String
    var visitors = 0
    var invited = 0

    init(visitId: String) { self.visitId = visitId }
}

extension StageMark {
    /// Something is missing, and it is time: the board, the page of the visit and « À faire » say the same.
    package var isMissing: Bool { missing != nil && (state == .now || state == .late) }
}

extension [StageMark] {
    /// The first thing to do: a late stage, or the one where one is. People come before what is written for them; signatures and
    /// minutes hold nothing else up.
    var next: StageMark? {
        let people: StageMark.Place = .stage(.delegation)
        let written = filter { $0.place > .dates && $0.place != people && $0.stage != .attendance && $0.stage != .minutes }
        let leading = filter { $0.place == .dates } + filter { $0.place == people } + written
        return leading.first { $0.state == .late } ?? leading.first { $0.state == .now } ?? first { $0.state == .late || $0.state == .now }
    }
}
