import Database
import Formats
import Platform

/// The officer lays the half-days, the sub-groups and what it takes to come.
struct ProgrammeScene: Sendable {
    let scenes: VisitScenes

    func play() async throws {
        let (stage, visit, officer, base) = (scenes.stage, scenes.visit, scenes.officer, scenes.base)
        try await stage.act(officer, "\(base)/trame")
        for subgroup in visit.subgroups ?? [] {
            try await stage.act(
                officer, "\(base)/sous-groupes",
                [("name", subgroup.name)] + subgroup.members.map { ("members", stage.cast[$0]) } + subgroup.notes.map { ("note_takers", stage.cast[$0]) })
        }
        try await split()
        guard let practical = visit.practical else { return }
        try await stage.act(
            officer, "\(base)/pratique",
            [
                ("meeting_point", practical.meetingPoint), ("travel", practical.travel), ("lodging", practical.lodging), ("meals", practical.meals),
                ("contact", practical.contact),
            ])
    }
}

extension ProgrammeScene {
    /// Each sub-group goes to its encounters.
    private func split() async throws {
        let (stage, visit, base) = (scenes.stage, scenes.visit, scenes.base)
        for subgroup in visit.subgroups ?? [] {
            for encounter in visit.encounters where (subgroup.encounters ?? []).contains(encounter.key) {
                let title = CleanText.line(encounter.title)
                let known = try await stage.read { reader in
                    (
                        id: try reader.text("SELECT id FROM encounter WHERE title = \(title)") ?? "",
                        slot: try reader.text("SELECT slot_id FROM encounter WHERE title = \(title)") ?? "",
                        subgroup: try reader.text("SELECT id FROM subgroup WHERE name = \(subgroup.name)") ?? ""
                    )
                }
                try await stage.act(
                    scenes.officer, "\(base)/rencontres/\(known.id)",
                    [
                        ("title", encounter.title), ("kind", encounter.kind), ("slot", known.slot), ("encounter_place", encounter.place),
                        ("starts_at", encounter.time), ("details", "1"), ("subgroup", known.subgroup),
                    ])
            }
        }
    }
}

/// Everyone who is there signs for each half-day: on their own page, or on the officer's phone.
struct AttendanceScene: Sendable {
    let scenes: VisitScenes
    let place: VisitPlace

    func play() async throws {
        let (stage, visit) = (scenes.stage, scenes.visit)
        let absent = Set(visit.absent ?? [])
        for slot in visit.slots {
            scenes.clock.move(to: scenes.day((Int(slot.day) ?? 1) - 1), hour: slot.half == "pm" ? 14 : 9)
            let path = "\(scenes.base)/presence/\(place.slots[slot.key] ?? "")"
            for person in visit.group.visitors + visit.group.staff where !absent.contains("\(person) \(slot.key)") {
                if stage.cast.hasAccount(person) {
                    try await stage.act(person, path)
                } else {
                    let name = try await stage.read { [stage] reader in try reader.text("SELECT name FROM person WHERE id = \(stage.cast[person])") ?? "" }
                    try await stage.act(scenes.officer, "\(path)/\(stage.cast[person])", [("typed", name)])
                }
            }
        }
    }
}

/// The officer writes what was said and decided, for the group and the structure; the group reads it over, a meeting approves it.
struct MinutesScene: Sendable {
    let scenes: VisitScenes

    func play() async throws {
        guard let minutes = scenes.visit.minutes else { return }
        scenes.clock.move(to: scenes.day(6), hour: 15)
        let text = try await scenes.stage.openText("minutes", of: scenes.base, by: scenes.officer)
        try await scenes.stage.write(minutes, in: text, by: scenes.officer)
        let readers = scenes.visit.group.visitors.filter { scenes.stage.cast.hasAccount($0) }
        scenes.clock.move(to: scenes.day(6), hour: 16)
        try await scenes.stage.act(
            scenes.officer, "/textes/\(text)/validation/demande", [("deadline", scenes.day(20))] + readers.map { ("validators", scenes.stage.cast[$0]) })
        scenes.clock.move(to: scenes.day(6), hour: 18)
        for reader in readers { try await scenes.stage.act(reader, "/textes/\(text)/validation/reponse", [("exact", "yes"), ("kind", "endorse")]) }
        let approved = try await scenes.stage.read { try $0.exists("SELECT 1 FROM text_approval WHERE text_id = \(text)") }
        guard !approved else { return }
        try await scenes.stage.act(
            scenes.officer, "/textes/\(text)/approbation",
            [("approved_on", scenes.day(6)), ("approved_how", "Le groupe de visite, à la réunion qui a suivi la visite.")])
    }
}

/// The next seminar is looked for: three dates, a few answers, the others still expected.
struct PollScene: Sendable {
    let stage: Stage
    let clock: StoryClock

    func play(officer: String, answers: [(person: String, said: [String])]) async throws {
        clock.move(to: "2026-11-24")
        let slug = stage.programme
        let seminar = try await stage.read { reader in
            try reader.text(
                """
                SELECT event.id FROM event JOIN programme ON programme.id = event.programme_id
                WHERE programme.slug = \(slug) AND event.kind = 'seminar' ORDER BY event.position LIMIT 1
                """) ?? ""
        }
        let path = "/programmes/\(slug)/seminaires/\(seminar)"
        let asked = try await stage.read { reader in
            try reader.texts(
                """
                SELECT DISTINCT person_id FROM membership JOIN programme ON programme.id = scope_id
                WHERE programme.slug = \(slug) AND role IN ('officer', 'facilitator', 'researcher') AND until IS NULL ORDER BY person_id
                """)
        }
        try await stage.act(
            officer, "\(path)/sondage",
            [
                ("day_1", "12/01/2027"), ("half_1", "am"), ("day_2", "19/01/2027"), ("half_2", "am"), ("day_3", "26/01/2027"), ("half_3", "am"), ("half_days", "2"),
                ("answer_by", "15/12/2026"), ("message", "Pour comparer les deux premières visites avant d’en préparer d’autres."),
            ] + asked.map { ("people", $0) })
        let options = try await stage.read { reader in
            try reader.texts("SELECT poll_option.id FROM poll_option JOIN poll ON poll.id = poll_id WHERE event_id = \(seminar) ORDER BY day")
        }
        for (person, said) in answers {
            try await stage.act(person, "\(path)/sondage/reponse", zip(options, said).map { ("answer-\($0)", $1) })
        }
    }
}
