import Events
import Formats
import Platform

/// What was typed about somebody to meet.
enum StakeholderForm {
    /// - Throws: `VisitRefusal`
    static func read(_ form: Fields, into stakeholder: inout Stakeholder) throws {
        stakeholder.label = form.line("label")
        guard !stakeholder.label.isEmpty else { throw Refused("visits.refusal.labelMissing", field: "label") }
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
    static func read(_ form: Fields, _ agenda: Agenda, into encounter: inout Encounter) throws {
        var refusals: [any Refusal] = []
        encounter.title = form.line("title")
        if encounter.title.isEmpty { refusals.append(VisitRefusal.titleMissing) }
        if let kind = StakeholderKind(rawValue: form.line("kind")) {
            encounter.kind = kind
        } else {
            refusals.append(VisitRefusal.unknownChoice(field: "kind"))
        }
        encounter.slotId = form.optional("slot")
        if let slot = encounter.slotId, !agenda.slots.contains(where: { $0.id == slot }) {
            refusals.append(VisitRefusal.unknownChoice(field: "slot"))
        }
        encounter.place = form.line("encounter_place")
        encounter.startsAt = ""
        if let typed = form.optional("starts_at") {
            if let hour = Hour.read(typed) {
                encounter.startsAt = hour
            } else {
                refusals.append(VisitRefusal.hourUnreadable(typed))
            }
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    static func values(_ encounter: Encounter, _ words: Words) -> Fields {
        Fields([
            ("title", encounter.title), ("kind", encounter.kind.rawValue), ("slot", encounter.slotId ?? ""),
            ("starts_at", encounter.time(in: words)), ("encounter_place", encounter.place),
        ])
    }
}
