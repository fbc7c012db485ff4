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
            \(people)\(coverage(facts))\(halfDays(facts.agenda, facts.encounters, facts.details) { _ in .empty })\(act)</section>
            """
    }

    /// The kinds of people that are to be met, said to whoever prepares the visit.
    private func coverage(_ facts: VisitFacts) -> Markup {
        mayManage ? "<p class=\"meta\">\(CoverageViews(words: words).sentence(StakeholderCoverage(facts.stakeholders, facts.encounters)))</p>" : .empty
    }

    /// What each half-day is for, as the programme wishes it: taken in one act, then changed half-day by half-day.
    func pattern(_ agenda: Agenda, _ pattern: VisitPattern) -> Markup {
        guard !agenda.slots.isEmpty else { return "<p class=\"notice\">\(words("visits.pattern.noDates")) <a href=\"\(visit.path)/dates\">\(words("visits.act.dates"))</a></p>" }
        let lines = agenda.slots.enumerated().map { index, slot -> Markup in
            let theme = slot.theme.isEmpty ? pattern.theme(index, of: agenda.slots.count) : slot.theme
            let state: Markup = slot.theme.isEmpty ? " <span class=\"badge\">\(words("visits.pattern.proposed"))</span>" : .empty
            let label = words("visits.halfDay.change", ["halfDay": slot.said(in: words)])
            return "<li><p><strong>\(slot.said(in: words))</strong>, \(slot.times(words))</p><p>\(theme)\(state) <a href=\"\(visit.path)/demi-journees/\(slot.id)\" aria-label=\"\(label)\">\(words("visits.meetings.change"))</a></p></li>"
        }
        let isBlank = agenda.slots.contains { $0.theme.isEmpty }
        let take: Markup = isBlank ? request.act("\(visit.path)/trame", words("visits.pattern.take"), style: "button quiet") : .empty
        return """
            <section><h2>\(words("visits.pattern.heading"))</h2><ol class="entries">\(lines)</ol><div class="acts no-print">\(take) <a href="/programmes/\(visit.programmeSlug)/trame-de-visite">\(words("visits.pattern.open"))</a></div></section>
            """
    }

    /// People expected in two places at once.
    func twice(_ names: [String]) -> Markup {
        names.isEmpty ? .empty : "<p class=\"notice warning\">\(words("visits.subgroups.twice", ["names": words.list(names)]))</p>"
    }

    /// The encounters, half-day after half-day; those that are not placed last.
    func halfDays(_ agenda: Agenda, _ encounters: [Encounter], _ details: EncounterDetails, acts: (Encounter) -> Markup) -> Markup {
        let placed = agenda.slots.map { slot -> Markup in
            list(slot.said(in: words), slot.theme, encounters.filter { $0.slotId == slot.id }, details, in: slot, acts)
        }
        return placed.joined() + list(words("visits.meetings.unplaced"), "", encounters.filter { $0.slotId == nil }, details, acts)
    }

    private func list(_ title: String, _ theme: String, _ encounters: [Encounter], _ more: EncounterDetails, in slot: Slot? = nil, _ acts: (Encounter) -> Markup) -> Markup {
        guard !encounters.isEmpty || !theme.isEmpty else { return .empty }
        let items = encounters.map { encounter -> Markup in
            let details = [encounter.times(in: words), encounter.kind.said(in: words), encounter.place, more.subgroup(encounter)?.name ?? ""].filter {
                !$0.isEmpty
            }
            let met = (more.stakeholders[encounter.id] ?? []).map { stakeholder in
                "\(stakeholder.label) (\(words(stakeholder.isConfirmed ? "visits.meetings.confirmed" : "visits.meetings.unconfirmed")))"
            }
            let notes = more.notes(encounter)
            let isOutside = mayManage && slot.map { !$0.holds(encounter) } ?? false
            let clashing = mayManage ? encounters.filter { $0.clashes(with: encounter) }.map { words.quoted($0.title) } : []
            let lines = [
                met.isEmpty ? "" : words("visits.meetings.metLine", ["names": words.list(met)]),
                notes.isEmpty ? "" : words("visits.meetings.notesLine", ["names": words.list(notes)]),
                isOutside ? words("visits.meetings.outside", ["times": slot?.times(words) ?? ""]) : "",
                clashing.isEmpty ? "" : words("visits.meetings.clash", ["names": words.list(clashing)]),
            ].filter { !$0.isEmpty }.map { "<p class=\"meta\">\($0)</p>" as Markup }
            return
                "<li><h4>\(encounter.title)</h4><p class=\"meta\">\(details.joined(separator: " · "))</p>\(lines)\(acts(encounter))</li>"
        }
        let about: Markup = theme.isEmpty ? .empty : "<p>\(theme)</p>"
        return "<h3>\(title)</h3>\(about)\(items.isEmpty ? .empty : "<ol class=\"entries\">\(items)</ol>" as Markup)"
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
        \(request.actOfMany("\(path)/retrait", words("visits.meetings.remove")))</div>
        """
    }

    /// The fields of somebody to meet.
    func personFields(_ form: FormView) -> Markup {
        form.input("label", words("visits.meetings.label"), hint: words("visits.meetings.labelHint"))
            + form.select("stakeholder_kind", words("visits.meetings.kind"), options: [("", words("visits.meetings.chooseKind"))] + kinds)
            + form.check("is_confirmed", words("visits.meetings.isConfirmed"))
    }

    /// The fields of an encounter; what goes with it (who is met, who goes, who takes notes) once it is there.
    func encounterFields(_ form: FormView, _ agenda: Agenda, _ details: EncounterDetails?) -> Markup {
        let slots = [("", words("visits.meetings.unplacedChoice"))] + agenda.slots.map { ($0.id, $0.said(in: words)) }
        return form.input("title", words("visits.meetings.title"), hint: words("visits.meetings.titleHint"))
            + form.select(
                "kind", words("visits.meetings.kindMet"), hint: words("visits.meetings.kindMetHint"), options: [("", words("visits.meetings.chooseKind"))] + kinds)
            + form.select("slot", words("visits.meetings.slot"), options: slots)
            + form.input(
                "starts_at", words("visits.meetings.hour"), hint: words("visits.meetings.hourHint"), width: "short")
            + form.input("ends_at", words("visits.meetings.end"), width: "short")
            + form.input("encounter_place", words("visits.meetings.place")) + (details?.fields(form, words) ?? "<p class=\"hint\">\(words("visits.meetings.then"))</p>")
    }

    private var kinds: [(value: String, label: String)] {
        StakeholderKind.allCases.map { ($0.rawValue, $0.said(in: words)) }
    }
}
