import Database
import Formats
import Platform

extension Stage {
    /// Opens the sheet or the synthesis of a visit and answers its identifier.
    func openText(_ kind: String, of base: String, by person: String) async throws -> String {
        let location = try await act(person, "\(base)/textes", [("kind", kind)])
        return String(location.split(separator: "/")[1].prefix { $0 != "?" && $0 != "#" })
    }

    /// Writes the sections one after the other, each from the latest revision.
    func write(_ sections: [Story.Section], in text: String, by person: String, summary: String = "") async throws {
        for section in sections {
            try await act(
                person, "/textes/\(text)/sections/\(section.key)",
                [("body", section.body), ("base", try await head(of: text)), ("summary", summary), ("act", "revision")])
        }
    }

    func head(of text: String) async throws -> String {
        try await read { try $0.text("SELECT head_id FROM text WHERE id = \(text)") ?? "" }
    }
}

/// The host writes the presentation sheet; the officer sends it to the visiting group.
struct SheetScene: Sendable {
    let scenes: VisitScenes
    let place: VisitPlace

    func play() async throws {
        let (stage, sheet, base) = (scenes.stage, scenes.visit.sheet, scenes.base)
        let author = stage.cast.hasAccount(sheet.author) ? sheet.author : scenes.officer
        scenes.clock.move(to: scenes.day(-30))
        let text = try await stage.openText("sheet", of: base, by: author)
        try await stage.act(author, "/textes/\(text)/titre", [("title", sheet.title)])
        try await stage.write(sheet.sections, in: text, by: author)
        scenes.clock.move(to: sheet.sentOn)
        try await stage.act(scenes.officer, "/textes/\(text)/envois")
    }
}

/// The visitors note during the visit, share, then write their impressions.
struct NoteScenes: Sendable {
    let scenes: VisitScenes
    let place: VisitPlace

    /// Answers the identifier of each note of the story.
    func play() async throws -> [String: String] {
        let (stage, visit) = (scenes.stage, scenes.visit)
        var ids: [String: String] = [:]
        var met: Set<String> = []
        for (number, note) in visit.notes.enumerated() {
            let slot = visit.slots.first { $0.key == note.slot }
            scenes.clock.move(to: scenes.day((Int(slot?.day ?? "1") ?? 1) - 1), hour: slot?.half == "pm" ? 15 : 10)
            if let encounter = place.encounters[note.encounter], !encounter.isEmpty, met.insert(encounter).inserted {
                try await stage.act(
                    note.author, "\(scenes.base)/notes/stylo", [("encounter", encounter), ("person", stage.cast[note.author])])
            }
            let id = Identifier.derived(from: note.key)
            ids[note.key] = id
            let block: [String: JSONValue] = [
                "id": .string(id), "sequence": .int(Int64(number)), "base": .int(0), "slot": .string(place.slots[note.slot] ?? ""),
                "encounter": .string(place.encounters[note.encounter] ?? ""),
                "dimensions": .array((note.dimensions ?? []).compactMap { place.dimensions[$0] }.map { .string($0) }), "manner": .string(note.manner),
                "speaker": .string(note.speaker ?? ""), "text": .string(note.text), "offRecord": .bool(note.offRecord == "true"),
            ]
            let batch: [String: JSONValue] = [
                "protocol": .int(1), "visit": .string(place.id), "device": .string("démonstration"), "blocks": .array([.object(block)]),
            ]
            let response = try await stage.client(note.author).post("/api/v1/blocs", json: .object(batch))
            guard response.status == 200, response.text.contains("\"saved\"") else {
                throw Stage.Missed(person: note.author, path: "/api/v1/blocs", response: response)
            }
        }
        try await ReviewScene(scenes: scenes).hold()
        scenes.clock.move(to: scenes.day(visit.slots.count > 4 ? 2 : 1), hour: 18)
        for note in visit.notes where note.isShared {
            try await stage.act(note.author, "\(scenes.base)/notes/\(ids[note.key] ?? "")/partage")
        }
        try await arrange(ids)
        scenes.clock.move(to: scenes.day(3))
        try await stage.act(scenes.officer, "\(scenes.base)/tenue")
        try await writeImpressions()
        return ids
    }

    /// In the evening the group puts first what it wants to keep of a dimension.
    private func arrange(_ ids: [String: String]) async throws {
        let shared = scenes.visit.notes.filter { $0.isShared && $0.dimensions?.count == 1 }
        let last = shared.last { note in shared.filter { $0.dimensions == note.dimensions }.count > 1 }
        guard let last, let id = ids[last.key] else { return }
        try await scenes.stage.act(scenes.officer, "\(scenes.base)/notes/commune/\(id)/plus-haut")
    }

    private func writeImpressions() async throws {
        let stage = scenes.stage
        for impression in scenes.visit.impressions {
            scenes.clock.move(to: impression.date, hour: 20)
            let location = try await stage.act(impression.author, "\(scenes.base)/impressions")
            let text = String(location.split(separator: "/")[1])
            let section = Story.Section(key: "impression", title: "", body: impression.body)
            try await stage.write([section], in: text, by: impression.author)
            if impression.shared == "true" { try await stage.act(impression.author, "\(scenes.base)/impressions/partage") }
        }
    }
}
