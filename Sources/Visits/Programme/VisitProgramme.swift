import Database
import Events
import Formats
import Grids
import Platform

/// The programme of a visit for those who go (« programme de visite »): half-days, people, addresses, travel, grid.
struct VisitProgramme: Sendable {
    let visit: Visit
    let agenda: Agenda
    let encounters: [Encounter]
    let details: EncounterDetails
    let people: Delegation
    let practical: Practical
    let dimensions: [Dimension]
    let questions: [String: [Question]]
    /// What half-days are for as long as nobody wrote it.
    let pattern: VisitPattern

    /// - Parameter words: of the language of the programme.
    static func load(_ visit: Visit, _ reader: any Reader, _ words: Words) throws -> VisitProgramme {
        VisitProgramme(
            visit: visit, agenda: Agenda(try Slots.of(visit.id, reader)), encounters: try Encounters.of(visit.id, reader),
            details: try EncounterDetails.load(visit, reader), people: try Delegation.people(visit, reader),
            practical: try Practical.of(visit.id, reader), dimensions: try Grids.dimensions(visit.programmeId, reader),
            questions: try Grids.questions(visit.programmeId, reader),
            pattern: try VisitPattern.of(visit.programmeId, reader, words))
    }

    /// What a half-day is for: as it was written, or as the programme proposes it.
    func theme(_ slot: Slot, _ words: Words) -> String {
        guard slot.theme.isEmpty, let index = agenda.slots.firstIndex(of: slot) else { return slot.theme }
        return words("visits.programme.proposed", ["theme": pattern.theme(index, of: agenda.slots.count)])
    }

    func encounters(in slot: Slot?) -> [Encounter] { encounters.filter { $0.slotId == slot?.id } }

    /// Where, when, on which clocks: « 14 et 15 avril 2026, Colombelles, avec ARDES ».
    func heading(_ words: Words) -> String {
        [agenda.days(in: words) ?? words("visits.page.noDates"), visit.place, visit.hostName ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// The line of an encounter: who goes, whom one meets, who takes notes.
    func lines(_ encounter: Encounter, _ words: Words) -> [String] {
        let met = (details.stakeholders[encounter.id] ?? []).map { stakeholder in
            stakeholder.isConfirmed ? stakeholder.label : "\(stakeholder.label) (\(words("visits.meetings.unconfirmed")))"
        }
        let notes = details.notes(encounter)
        let outside = agenda.slots.first { $0.id == encounter.slotId && !$0.holds(encounter) }
        return [
            [encounter.place, details.subgroup(encounter).map { "\($0.name) (\(words.list($0.members.map(\.name))))" } ?? ""].filter { !$0.isEmpty }
                .joined(separator: " · "),
            words("visits.meetings.metLine", ["names": words.list(met.isEmpty ? [encounter.kind.said(in: words)] : met)]),
            notes.isEmpty ? "" : words("visits.meetings.notesLine", ["names": words.list(notes)]),
            outside.map { words("visits.programme.outside", ["times": $0.times(words)]) } ?? "",
        ].filter { !$0.isEmpty }
    }

    /// The people, side by side: those who visit, those who come along, those who welcome. Nobody's address: whom to call is
    /// written on purpose.
    func sides(_ words: Words) -> [(title: String, people: [String])] {
        [
            (words("visits.group.visitors", ["n": people.visitors.count]), people.visitors.map(\.said)),
            (words("visits.group.staff", ["n": people.staff.count]), people.staff.map(\.said)),
            (words("visits.group.host", ["n": people.host.count]), people.host.map(\.said)),
        ].filter { !$0.people.isEmpty }
    }

    /// What is written to come: each with its title.
    func written(_ words: Words) -> [(title: String, text: String)] {
        practical.values.filter { !$0.text.isEmpty }.map { (words("visits.practical.\($0.field)"), $0.text) }
    }
}
