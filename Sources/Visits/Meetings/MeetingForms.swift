import Events
import Formats
import Platform

/// What was typed about somebody to meet.
enum StakeholderForm {
    /// - Throws: `VisitRefusal`
    static func read(_ form: Fields, into stakeholder: inout Stakeholder) throws {
        stakeholder.label = form.line("label")
        guard !stakeholder.label.isEmpty else { throw Refused("visits.refusal.labelMissing", field: "label") }
        guard !form.line("stakeholder_kind").isEmpty else { throw Refused("visits.refusal.kindMissing", field: "stakeholder_kind") }
        guard let kind = StakeholderKind(rawValue: form.line("stakeholder_kind")) else {
            throw VisitRefusal.unknownChoice(field: "stakeholder_kind")
        }
        stakeholder.kind = kind
        stakeholder.isConfirmed = form.line("is_confirmed") == "1"
    }

    static func values(_ stakeholder: Stakeholder) -> Fields {
        Fields([
            ("label", stakeholder.label), ("stakeholder_kind", stakeholder.kind.rawValue),
            ("is_confirmed", stakeholder.isConfirmed ? "1" : ""),
        ])
    }
}

/// What was typed about an encounter.
enum EncounterForm {
    /// - Throws: `Refusals` with everything that is wrong.
    static func read(_ form: Fields, _ agenda: Agenda, _ words: Words, into encounter: inout Encounter) throws {
        var refusals: [any Refusal] = []
        encounter.title = form.line("title")
        if encounter.title.isEmpty { refusals.append(VisitRefusal.titleMissing) }
        if form.line("kind").isEmpty {
            refusals.append(Refused("visits.refusal.kindMetMissing", field: "kind"))
        } else if let kind = StakeholderKind(rawValue: form.line("kind")) {
            encounter.kind = kind
        } else {
            refusals.append(VisitRefusal.unknownChoice(field: "kind"))
        }
        encounter.slotId = form.optional("slot")
        if let slot = encounter.slotId, !agenda.slots.contains(where: { $0.id == slot }) {
            refusals.append(VisitRefusal.unknownChoice(field: "slot"))
        }
        encounter.place = form.line("encounter_place")
        encounter.startsAt = HourEntry.read(form, "starts_at", &refusals)
        encounter.endsAt = HourEntry.read(form, "ends_at", &refusals)
        if !encounter.startsAt.isEmpty, !encounter.endsAt.isEmpty, encounter.endsAt <= encounter.startsAt {
            refusals.append(Refused("visits.refusal.endsBefore", field: "ends_at"))
        }
        // An hour of the other half of the day is a slip, of the hour or of the half-day.
        let (field, hour) = encounter.startsAt.isEmpty ? ("ends_at", encounter.endsAt) : ("starts_at", encounter.startsAt)
        if !hour.isEmpty, let slot = agenda.slots.first(where: { $0.id == encounter.slotId }), !slot.admits(hour) {
            refusals.append(
                Refused(
                    "visits.refusal.otherHalf", ["hour": Hour.said(hour, in: words), "halfDay": slot.said(in: words), "times": slot.times(words)], field: field))
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    static func values(_ encounter: Encounter, _ words: Words) -> Fields {
        Fields([
            ("title", encounter.title), ("kind", encounter.kind.rawValue), ("slot", encounter.slotId ?? ""),
            ("starts_at", encounter.time(in: words)), ("ends_at", Hour.said(encounter.endsAt, in: words)),
            ("encounter_place", encounter.place), ("subgroup", encounter.subgroupId ?? ""),
        ])
    }
}

/// An hour that somebody types in a form.
enum HourEntry {
    /// `HH:MM`, or nothing; what cannot be read is refused at its field.
    static func read(_ form: Fields, _ field: String, _ refusals: inout [any Refusal]) -> String {
        guard let typed = form.optional(field) else { return "" }
        guard let hour = Hour.read(typed) else {
            refusals.append(Refused("visits.refusal.hourUnreadable", ["typed": typed], field: field))
            return ""
        }
        return hour
    }
}
