import Database
import Events
import Formats
import Platform

/// Whom a visit meets, half-day by half-day: those that have an encounter, and those that are free on purpose.
enum MeetingsMark {
    /// The half-days that have an encounter, among those of some visits.
    static func taken(_ visitIds: [String], _ reader: any Reader) throws -> Set<String> {
        Set(
            try reader.texts(
                "SELECT DISTINCT slot_id FROM encounter WHERE event_id IN \(list: visitIds) AND removed_at IS NULL AND slot_id IS NOT NULL"))
    }

    /// - Parameter taken: the half-days that have an encounter.
    static func mark(_ visit: Visit, _ agenda: Agenda, _ taken: Set<String>, _ today: Day, _ words: Words, mayManage: Bool) -> StageMark {
        let all = agenda.slots.count
        let bare = agenda.slots.count { !taken.contains($0.id) && !$0.isFree }
        func mark(_ state: StageMark.State, _ detail: String, missing: String? = nil) -> StageMark {
            StageMark(
                .meetings, label: words("visits.mark.meetings"), state: state, detail: detail, path: mayManage ? "\(visit.path)/rencontres" : visit.path,
                missing: missing)
        }
        guard let first = agenda.firstDay, let last = agenda.lastDay else { return mark(.todo, words("visits.mark.meetingsLater")) }
        guard bare > 0 else { return mark(.done, words("visits.mark.meetingsWhole", ["n": all])) }
        let detail = words("visits.mark.meetingsBare", ["n": bare, "all": all])
        // What was not written down of a visit that took place is not asked for any more.
        guard !visit.isHeld, last >= today else { return mark(.skipped, detail) }
        guard Preparation.isNear(first, on: today) else { return mark(.todo, detail) }
        return mark(Preparation.isSoon(first, on: today) ? .late : .now, detail, missing: words("visits.missing.meetings", ["n": bare, "all": all]))
            .asking(words("visits.todo.meetings", ["visit": visit.name]))
    }
}

/// How long before a visit what prepares it is asked for.
enum Preparation {
    /// Six weeks before, invitations leave and meetings are arranged.
    static let days = 42

    static func isNear(_ first: Day, on today: Day) -> Bool { today.days(until: first) <= days }

    /// Two weeks before, it is late.
    static func isSoon(_ first: Day, on today: Day) -> Bool { today.days(until: first) < 14 }
}
