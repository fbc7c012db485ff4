import Database
import Events
import Formats
import Platform

/// What goes with an encounter besides its own line: the sub-group that goes, who takes notes, who is to be met.
struct EncounterDetails: Sendable {
    let subgroups: [Subgroup]
    /// Those who were chosen to take notes, by encounter.
    let noteTakers: [String: [NoteTaker]]
    /// Those who are to be met, by encounter.
    let stakeholders: [String: [Stakeholder]]
    /// The people of the group.
    let group: [VisitPerson]
    /// All the people whom the visit would meet.
    let all: [Stakeholder]

    static func load(_ visit: Visit, _ reader: any Reader) throws -> EncounterDetails {
        let delegation = try Delegation.people(visit, reader)
        let all = try Stakeholders.of(visit.id, reader)
        let pairs = try reader.all(
            Pair.self,
            """
            SELECT encounter_id, stakeholder_id FROM encounter_stakeholder JOIN encounter ON encounter.id = encounter_id
            WHERE event_id = \(visit.id)
            """)
        let byId = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
        return EncounterDetails(
            subgroups: try Subgroups.of(visit.id, reader), noteTakers: try Subgroups.noteTakers(of: visit.id, reader),
            stakeholders: Dictionary(grouping: pairs, by: \.encounterId).mapValues { pairs in
                pairs.compactMap { byId[$0.stakeholderId] }.sorted { $0.position < $1.position }
            }, group: delegation.visitors + delegation.staff, all: all)
    }

    private struct Pair: Decodable {
        var encounterId: String
        var stakeholderId: String
    }

    func subgroup(_ encounter: Encounter) -> Subgroup? { subgroups.first { $0.id == encounter.subgroupId } }

    /// The names of those who take notes: chosen for the encounter, else those of its sub-group.
    func notes(_ encounter: Encounter) -> [String] {
        let chosen = noteTakers[encounter.id] ?? []
        return chosen.isEmpty ? subgroup(encounter)?.noteTakers.map(\.name) ?? [] : chosen.map(\.name)
    }

    /// People who are in two sub-groups that are expected in the same half-day, at hours that are the same or not given.
    func twice(_ encounters: [Encounter]) -> [String] {
        var names: Set<String> = []
        for (index, one) in encounters.enumerated() {
            for other in encounters[(index + 1)...]
            where one.slotId != nil && one.slotId == other.slotId && one.subgroupId != other.subgroupId && one.overlaps(other) {
                guard let left = subgroup(one), let right = subgroup(other) else { continue }
                names.formUnion(Set(left.members.map(\.name)).intersection(right.members.map(\.name)))
            }
        }
        return names.sorted()
    }

    /// Writes what was chosen in the form of an encounter.
    /// - Throws: `VisitRefusal`
    func save(_ form: Fields, _ encounter: Encounter, in change: Change) throws {
        guard form.has("details") else { return }
        let people = Set(group.map(\.id)), met = Set(all.map(\.id))
        let (noteTakers, stakeholders) = (form.all("note_takers"), form.all("met"))
        guard people.isSuperset(of: noteTakers) else { throw VisitRefusal.unknownChoice(field: "note_takers") }
        guard met.isSuperset(of: stakeholders) else { throw VisitRefusal.unknownChoice(field: "met") }
        try Subgroups.setNoteTakers(noteTakers, of: encounter.id, in: change)
        try change.run("DELETE FROM encounter_stakeholder WHERE encounter_id = \(encounter.id)")
        for stakeholder in Set(stakeholders).sorted() {
            try change.run("INSERT INTO encounter_stakeholder (encounter_id, stakeholder_id) VALUES (\(encounter.id), \(stakeholder))")
        }
    }

    /// The sub-group chosen in a form, of this visit.
    func subgroupId(_ form: Fields, or known: String?) throws -> String? {
        guard form.has("subgroup") else { return known }
        guard let id = form.optional("subgroup") else { return nil }
        guard subgroups.contains(where: { $0.id == id }) else { throw VisitRefusal.unknownChoice(field: "subgroup") }
        return id
    }

    func values(_ encounter: Encounter) -> [(String, String)] {
        (noteTakers[encounter.id] ?? []).map { ("note_takers", $0.personId) } + (stakeholders[encounter.id] ?? []).map { ("met", $0.id) }
    }

    /// The fields of what goes with an encounter; those without choice are left out.
    func fields(_ form: FormView, _ words: Words) -> Markup {
        var fields: [Markup] = [form.hidden("details", "1")]
        if !all.isEmpty {
            fields.append(
                form.choices(
                    "met", words("visits.meetings.met"),
                    options: all.map { ($0.id, "\($0.label), \($0.kind.said(in: words))") }, several: true))
        }
        if !subgroups.isEmpty {
            fields.append(
                form.select("subgroup", words("visits.meetings.subgroup"), options: [("", words("visits.meetings.everybody"))] + subgroups.map { ($0.id, $0.name) }))
        }
        if !group.isEmpty {
            fields.append(
                form.choices(
                    "note_takers", words("visits.meetings.noteTakers"), hint: words("visits.meetings.noteTakersHint"),
                    options: group.map { ($0.id, $0.name) }, several: true))
        }
        return fields.joined()
    }
}

extension Encounter {
    /// Whether two encounters of one half-day can be at the same time: one whose hour is not known may be; without an end it is
    /// taken to last an hour.
    func overlaps(_ other: Encounter) -> Bool {
        guard !startsAt.isEmpty, !other.startsAt.isEmpty else { return true }
        return minutes.lowerBound < other.minutes.upperBound && other.minutes.lowerBound < minutes.upperBound
    }

    /// Whether the same people are expected at two encounters at once, by the hours that were given.
    func clashes(with other: Encounter) -> Bool {
        id != other.id && slotId != nil && slotId == other.slotId && subgroupId == other.subgroupId && !startsAt.isEmpty && !other.startsAt.isEmpty
            && overlaps(other)
    }

    private var minutes: Range<Int> {
        func read(_ clock: String) -> Int? {
            let parts = clock.split(separator: ":").compactMap { Int($0) }
            return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
        }
        let start = read(startsAt) ?? 0
        return start..<max(start + 1, read(endsAt) ?? start + 60)
    }
}
