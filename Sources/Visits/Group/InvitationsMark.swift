import Events
import Formats
import Platform

/// Whether those who visit were invited: a group that nobody wrote to is not gathered.
enum InvitationsMark {
    /// - Returns: nil where nobody is to be invited: without dates or group, and once the days have passed.
    static func mark(_ visit: Visit, _ count: VisitorCount, _ agenda: Agenda, _ today: Day, _ words: Words, mayManage: Bool) -> StageMark? {
        guard let first = agenda.firstDay, let last = agenda.lastDay, last >= today, !visit.isHeld, count.visitors > 0 else { return nil }
        let left = count.visitors - count.invited
        func mark(_ state: StageMark.State, _ detail: String, missing: String? = nil) -> StageMark {
            StageMark(
                .stage(.delegation), label: words("visits.mark.invitations"), state: state, detail: detail,
                path: mayManage ? "\(visit.path)/invitations" : visit.path, missing: missing)
        }
        guard left > 0 else { return mark(.done, words("visits.mark.invited", ["n": count.invited])) }
        let detail = words("visits.mark.toInvite", ["n": left])
        guard Preparation.isNear(first, on: today) else { return mark(.todo, detail) }
        return mark(
            Preparation.isSoon(first, on: today) ? .late : .now, detail,
            missing: words(mayManage ? "visits.missing.yourInvitations" : "visits.missing.invitations", ["n": left])
        ).asking(words("visits.todo.invite", ["visit": visit.name]))
    }
}
