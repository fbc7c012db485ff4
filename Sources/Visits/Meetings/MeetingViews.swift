import Events
import Formats
import Platform

/// The people to meet and the encounters, as they are shown and as they are filled in.
struct MeetingViews {
    let request: Request
    let visit: Visit
    let mayManage: Bool
    var words: Words { request.words }

    /// The section of the visit's page.
    func overview(_ facts: VisitFacts) -> Markup {
        let act: Markup =
            mayManage
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(visit.path)/rencontres\" data-icon=\"pencil\">\(words("visits.act.meetings"))</a></p>"
            : .empty
        guard !facts.stakeholders.isEmpty || !facts.encounters.isEmpty else {
            return """
                <section><h2>\(words("visits.meetings.heading"))</h2><p>\(words("visits.meetings.none"))</p>\
                \(act)</section>
                """
        }
        let people: Markup =
            facts.stakeholders.isEmpty
            ? .empty
            : "<h3>\(words("visits.meetings.people"))</h3><ul>\(facts.stakeholders.map { "<li>\(label($0))</li>" as Markup })</ul>"
        return """
            <section><h2>\(words("visits.meetings.heading"))</h2>\
            \(people)\(halfDays(facts.agenda, facts.encounters) { _ in .empty })\(act)</section>
            """
    }

    /// The encounters, half-day after half-day; those that are not placed last.
    func halfDays(_ agenda: Agenda, _ encounters: [Encounter], acts: (Encounter) -> Markup) -> Markup {
        let placed = agenda.slots.map { slot -> Markup in
            list(slot.said(in: words), encounters.filter { $0.slotId == slot.id }, acts)
        }
        return placed.joined() + list(words("visits.meetings.unplaced"), encounters.filter { $0.slotId == nil }, acts)
    }

    private func list(_ title: String, _ encounters: [Encounter], _ acts: (Encounter) -> Markup) -> Markup {
        guard !encounters.isEmpty else { return .empty }
        let items = encounters.map { encounter -> Markup in
            let details = [encounter.time(in: words), encounter.kind.said(in: words), encounter.place].filter {
                !$0.isEmpty
            }
            return
                "<li><h4>\(encounter.title)</h4><p class=\"meta\">\(details.joined(separator: " · "))</p>\(acts(encounter))</li>"
        }
        return "<h3>\(title)</h3><ol class=\"entries\">\(items)</ol>"
    }

    private func label(_ stakeholder: Stakeholder) -> Markup {
        """
        \(stakeholder.label) <span class="badge">\(stakeholder.kind.said(in: words))</span>\
         <span class="state" data-state="\(stakeholder.isConfirmed ? "validated" : "none")">\
        \(words(stakeholder.isConfirmed ? "visits.meetings.confirmed" : "visits.meetings.unconfirmed"))</span>
        """
    }

    /// The list of people to meet with its buttons.
    func people(_ stakeholders: [Stakeholder]) -> Markup {
        guard !stakeholders.isEmpty else { return "<p>\(words("visits.meetings.nobody"))</p>" }
        let items = stakeholders.map { stakeholder -> Markup in
            let path = "\(visit.path)/parties-prenantes/\(stakeholder.id)"
            return "<li><p>\(label(stakeholder))</p>\(buttons(path, of: stakeholder.label))</li>"
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    func buttons(_ path: String, of name: String) -> Markup {
        """
        <div class="acts"><a href="\(path)" aria-label="\(words("visits.meetings.changeNamed", ["name": name]))">\
        \(words("visits.meetings.change"))</a>\
        \(request.act("\(path)/retrait", words("visits.meetings.remove"), style: "link"))</div>
        """
    }

    /// The fields of somebody to meet.
    func personFields(_ form: FormView) -> Markup {
        form.input("label", words("visits.meetings.label"), hint: words("visits.meetings.labelHint"))
            + form.select("stakeholder_kind", words("visits.meetings.kind"), options: kinds)
            + form.check("is_confirmed", words("visits.meetings.isConfirmed"))
    }

    /// The fields of an encounter.
    func encounterFields(_ form: FormView, _ agenda: Agenda) -> Markup {
        let slots = [("", words("visits.meetings.unplacedChoice"))] + agenda.slots.map { ($0.id, $0.said(in: words)) }
        return form.input("title", words("visits.meetings.title"), hint: words("visits.meetings.titleHint"))
            + form.select(
                "kind", words("visits.meetings.kindMet"), hint: words("visits.meetings.kindMetHint"), options: kinds)
            + form.select("slot", words("visits.meetings.slot"), options: slots)
            + form.input(
                "starts_at", words("visits.meetings.hour"), hint: words("visits.meetings.hourHint"), width: "short")
            + form.input("encounter_place", words("visits.meetings.place"))
    }

    private var kinds: [(value: String, label: String)] {
        StakeholderKind.allCases.map { ($0.rawValue, $0.said(in: words)) }
    }
}
