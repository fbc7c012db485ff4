import Formats
import Platform

/// The visiting group and the people of the host, as they are shown.
struct GroupViews {
    let request: Request
    let visit: Visit
    let mayManage: Bool
    var words: Words { request.words }

    /// The section of the visit's page.
    func overview(_ facts: VisitFacts) -> Markup {
        let people = facts.delegation
        let isEmpty = people.visitors.isEmpty && people.staff.isEmpty && people.host.isEmpty
        let lists: Markup =
            isEmpty
            ? "<p>\(words("visits.group.none"))</p>"
            : list("visits.group.visitors", people.visitors) + list("visits.group.staff", people.staff) + count(people)
                + list("visits.group.host", people.host, signatory: people.signatory?.id)
        return """
            <section><h2>\(words("visits.group.heading"))</h2>\(lists)\(reason(people))\(acts(facts))</section>
            """
    }

    /// How many people somebody met has in front of them: those who come along count too.
    func count(_ people: Delegation) -> Markup {
        guard !people.staff.isEmpty, !people.visitors.isEmpty else { return .empty }
        let advice = people.inTheRoom > Delegation.size.upperBound ? " " + words("visits.group.share") : ""
        return "<p class=\"meta\">\(words("visits.group.inTheRoom", ["n": people.inTheRoom]))\(advice)</p>"
    }

    private func reason(_ people: Delegation) -> Markup {
        guard people.warning != nil, visit.explains(people) else { return .empty }
        return "<p>\(words("visits.group.reasonGiven", ["reason": visit.sizeReason]))</p>"
    }

    private func acts(_ facts: VisitFacts) -> Markup {
        guard mayManage else { return .empty }
        let invite: Markup =
            facts.mayInvite
            ? " <a class=\"button quiet\" href=\"\(visit.path)/invitations\" data-icon=\"mail\">\(words("visits.act.invite"))</a>"
            : .empty
        let invited: Markup =
            facts.invitedAt.map { "<p class=\"meta\">\(words("visits.group.invited", ["when": $0]))</p>" } ?? .empty
        return """
            \(invited)<p class="acts no-print"><a class="button quiet" href="\(visit.path)/groupe" data-icon="users">\
            \(words("visits.act.group"))</a>\(invite)</p>
            """
    }

    private func list(_ key: String, _ people: [VisitPerson], signatory: String? = nil) -> Markup {
        guard !people.isEmpty else { return .empty }
        let items = people.map { person -> Markup in
            let mark: Markup =
                person.id == signatory ? " <span class=\"badge\">\(words("visits.group.signs"))</span>" : .empty
            return "<li>\(person.said)\(mark)</li>"
        }
        return "<h3>\(words(key, ["n": people.count]))</h3><ul>\(items)</ul>"
    }
}
