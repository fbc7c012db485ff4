import Database
import Formats
import Platform

/// One visit of the story, scene after scene, in the order of the days.
struct VisitScenes: Sendable {
    let stage: Stage
    let clock: StoryClock
    let visit: Story.Visit

    var base: String { "/programmes/\(stage.programme)/visites/\(visit.visit)" }
    /// The project officer of the story, the first of the staff.
    var officer: String { visit.group.staff[0] }

    func play() async throws {
        let place = try await Preparation(scenes: self).play()
        let grid = visit.grid.map { AdaptationScene(scenes: self, adaptation: $0) }
        try await grid?.prepare()
        let sheet = SheetScene(scenes: self, place: place)
        try await sheet.play()
        try await AttendanceScene(scenes: self, place: place).play()
        let notes = try await NoteScenes(scenes: self, place: place).play()
        try await grid?.answer(notes, of: place.id)
        try await ReviewScene(scenes: self).answer()
        try await CostScene(scenes: self).play()
        try await MinutesScene(scenes: self).play()
        try await SynthesisScenes(scenes: self, place: place, notes: notes).play()
    }

    func day(_ offset: Int) -> String { Day(iso: visit.firstDay)?.adding(days: offset).iso ?? visit.firstDay }
}

/// What the acts of a visit need to name: identifiers that the site gave.
struct VisitPlace: Sendable {
    let id: String
    let slots: [String: String]
    let encounters: [String: String]
    let dimensions: [String: String]
}

/// The officer prepares the visit: dates, object, people to meet, group, host, invitations.
struct Preparation: Sendable {
    let scenes: VisitScenes

    func play() async throws -> VisitPlace {
        let (stage, visit, officer, base) = (scenes.stage, scenes.visit, scenes.officer, scenes.base)
        scenes.clock.move(to: scenes.day(-56))
        let id = try await stage.read { try $0.text("SELECT id FROM visit WHERE slug = \(visit.visit)") ?? "" }
        try await stage.act(
            officer, "\(base)/dates",
            [("first_day", visit.firstDay), ("length", visit.slots.count == 5 ? "5" : "4")])
        let known = try await stage.read { reader in
            (
                host: try reader.text("SELECT host_id FROM visit WHERE id = \(id)"),
                territory: try reader.text("SELECT territory_id FROM visit WHERE id = \(id)"),
                slots: try reader.texts("SELECT id FROM slot WHERE event_id = \(id) ORDER BY day, half")
            )
        }
        try await stage.act(
            officer, "\(base)/objet",
            [
                ("focus", visit.focus), ("flagship_initiative", visit.flagshipInitiative), ("place", visit.place),
                ("host", known.host ?? ""), ("territory", known.territory ?? ""),
            ])
        for stakeholder in visit.stakeholders {
            try await stage.act(
                officer, "\(base)/parties-prenantes",
                [
                    ("label", stakeholder.label), ("stakeholder_kind", stakeholder.kind),
                    ("is_confirmed", stakeholder.confirmed == "true" ? "1" : ""),
                ])
        }
        let slots = Dictionary(uniqueKeysWithValues: zip(visit.slots.map(\.key), known.slots))
        for encounter in visit.encounters {
            try await stage.act(
                officer, "\(base)/rencontres",
                [
                    ("title", encounter.title), ("kind", encounter.kind), ("slot", slots[encounter.slot] ?? ""),
                    ("encounter_place", encounter.place), ("starts_at", encounter.time),
                ])
        }
        try await gather(id)
        try await ProgrammeScene(scenes: scenes).play()
        return try await place(id, slots)
    }

    private func gather(_ id: String) async throws {
        let (stage, visit, officer, base) = (scenes.stage, scenes.visit, scenes.officer, scenes.base)
        scenes.clock.move(to: scenes.day(-49))
        try await stage.act(
            officer, "\(base)/groupe",
            visit.group.visitors.map { ("visitors", stage.cast[$0]) } + visit.group.staff.map { ("staff", stage.cast[$0]) })
        let signatory = stage.cast[visit.group.signatory]
        let email = try await stage.read { try $0.text("SELECT email FROM person WHERE id = \(signatory)") ?? "" }
        let name = try await stage.read { try $0.text("SELECT name FROM person WHERE id = \(signatory)") ?? "" }
        try await stage.act(officer, "\(base)/structure", [("name", name), ("email", email), ("function", "")])
        try await stage.act(officer, "\(base)/invitations")
    }

    private func place(_ id: String, _ slots: [String: String]) async throws -> VisitPlace {
        let visit = scenes.visit
        let (encounters, dimensions) = try await scenes.stage.read { reader in
            let titles = try reader.rows("SELECT id, title FROM encounter WHERE event_id = \(id)")
            let dimensions = try reader.rows(
                """
                SELECT dimension.id, file_key FROM dimension JOIN grid ON grid.id = dimension.grid_id
                JOIN visit ON visit.programme_id = grid.programme_id WHERE visit.id = \(id)
                """)
            return (
                Dictionary(uniqueKeysWithValues: titles.map { ($0.text("title") ?? "", $0.text("id") ?? "") }),
                Dictionary(uniqueKeysWithValues: dimensions.map { ($0.text("file_key") ?? "", $0.text("id") ?? "") })
            )
        }
        let byKey = visit.encounters.map { ($0.key, encounters[CleanText.line($0.title)] ?? "") }
        return VisitPlace(id: id, slots: slots, encounters: Dictionary(uniqueKeysWithValues: byKey), dimensions: dimensions)
    }
}
