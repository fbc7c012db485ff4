import Database
import Formats
import Platform

extension Story {
    /// The grid of the programme: proposed, commented, validated.
    struct Grid: Decodable, Sendable {
        struct Question: Decodable, Sendable {
            var text: String
            var probes: [String]
            var dimension, key: String?
        }

        struct Comment: Decodable, Sendable {
            var person, date, key, body: String
            /// Nil while it waits.
            var reply: String?
        }

        struct Answer: Decodable, Sendable {
            var person, date, kind: String
            var text: String?
        }

        var researcher, officer, begunOn, frozenOn, summary, askedOn, deadline: String
        var questions, reworded: [Question]
        var comments: [Comment]
        var answers: [Answer]
    }

    /// What a visit changes in the grid, and what its notes answer.
    struct Adaptation: Decodable, Sendable {
        struct Change: Decodable, Sendable {
            var person, kind, reason: String
            var question, dimension, text, place, refused: String?
            var probes: [String]?
        }

        /// `+1` is the first question that the visit adds.
        struct Tagged: Decodable, Sendable {
            var note: String
            var questions: [String]
        }

        struct Blank: Decodable, Sendable { var question, reason: String }

        var changes: [Change]
        var answers: [Tagged]
        var blanks: [Blank]
    }
}

/// The researcher proposes a version of the grid, members comment, the actors validate it: it becomes the grid of all visits.
struct GridScene: Sendable {
    let stage: Stage
    let clock: StoryClock
    let grid: Story.Grid
    private var base: String { "/programmes/\(stage.programme)/grille" }

    func play() async throws {
        clock.move(to: grid.begunOn)
        try await stage.act(grid.researcher, "\(base)/brouillon")
        try await write(grid.questions)
        for comment in grid.comments {
            clock.move(to: comment.date, hour: 12)
            try await stage.act(comment.person, "\(base)/questions/\(try await stage.question(comment.key))/commentaires", [("body", comment.body)])
        }
        try await write(grid.reworded)
        let waiting = try await stage.read { try $0.texts("SELECT id FROM grid_comment ORDER BY written_at, id") }
        for (id, comment) in zip(waiting, grid.comments) {
            guard let reply = comment.reply else { continue }
            try await stage.act(grid.researcher, "\(base)/commentaires/\(id)/suite", [("reply", reply)])
        }
        clock.move(to: grid.frozenOn)
        let location = try await stage.act(grid.researcher, "\(base)/versions", [("summary", grid.summary)])
        try await validate(String(location.split(separator: "/")[1].prefix { $0 != "?" }))
    }

    private func write(_ questions: [Story.Grid.Question]) async throws {
        for question in questions {
            let known = try await question.key.asyncMap(stage.question)
            let dimension = try await stage.read { [key = question.dimension] reader in
                try key.flatMap { try reader.text("SELECT id FROM dimension WHERE file_key = \($0)") }
                    ?? reader.text("SELECT dimension_id FROM question WHERE id = \(known)") ?? ""
            }
            try await stage.act(
                grid.researcher, "\(base)/brouillon/questions/\(known ?? "nouvelle")",
                [("text", question.text), ("probes", question.probes.joined(separator: "\n")), ("dimension", dimension)])
        }
    }

    private func validate(_ text: String) async throws {
        clock.move(to: grid.askedOn)
        try await stage.act(
            grid.officer, "/textes/\(text)/validation/demande",
            grid.answers.map { ("validators", stage.cast[$0.person]) } + [("deadline", grid.deadline)])
        for answer in grid.answers {
            clock.move(to: answer.date, hour: 17)
            try await stage.act(
                answer.person, "/textes/\(text)/validation/reponse",
                [("kind", answer.kind), ("exact", "yes"), ("publishable", "yes"), ("text", answer.text ?? ""), ("interests", "")])
        }
    }
}

/// Those of a visit adapt its grid before; its researcher ties the notes to the questions after.
struct AdaptationScene: Sendable {
    let scenes: VisitScenes
    let adaptation: Story.Adaptation
    private var stage: Stage { scenes.stage }
    private var grid: String { "\(scenes.base)/grille" }
    private var researcher: String { scenes.visit.group.staff[1] }

    func prepare() async throws {
        for (index, change) in adaptation.changes.enumerated() {
            // Each at its own hour: what happens at once has no order.
            scenes.clock.move(to: scenes.day(-40), hour: 9 + index)
            try await stage.act(change.person, "\(grid)/changements", try await fields(change))
            scenes.clock.move(to: scenes.day(-38), hour: 9 + index)
            guard let id = try await stage.read({ try $0.text("SELECT id FROM grid_change WHERE outcome IS NULL") }) else { continue }
            try await stage.act(
                researcher, "\(grid)/changements/\(id)/decision",
                [("outcome", change.refused == nil ? "approved" : "refused"), ("decision", change.refused ?? "")])
        }
        scenes.clock.move(to: scenes.day(-36))
        try await stage.act(researcher, "\(grid)/arret")
    }

    func answer(_ notes: [String: String], of visit: String) async throws {
        scenes.clock.move(to: scenes.day(5), hour: 16)
        let added = try await stage.read { try $0.texts("SELECT id FROM grid_change WHERE visit_id = \(visit) AND kind = 'add' ORDER BY proposed_at, id") }
        for tagged in adaptation.answers {
            var questions: [(String, String)] = []
            for key in tagged.questions {
                questions.append(("questions", key.hasPrefix("+") ? added[(Int(key.dropFirst()) ?? 1) - 1] : try await stage.question(key)))
            }
            try await stage.act(researcher, "\(scenes.base)/reponses/\(notes[tagged.note] ?? "")", questions)
        }
        for blank in adaptation.blanks {
            try await stage.act(researcher, "\(scenes.base)/questions/\(try await stage.question(blank.question))/raison", [("reason", blank.reason)])
        }
    }

    private func fields(_ change: Story.Adaptation.Change) async throws -> [(String, String)] {
        let question = try await change.question.asyncMap(stage.question)
        let dimension = try await stage.read { [key = change.dimension] reader in
            try key.flatMap { try reader.text("SELECT id FROM dimension WHERE file_key = \($0)") } ?? ""
        }
        return [
            ("kind", change.kind), ("question", question ?? ""), ("dimension", dimension), ("text", change.text ?? ""),
            ("probes", (change.probes ?? []).joined(separator: "\n")), ("place", change.place ?? ""), ("reason", change.reason),
        ]
    }
}

extension Stage {
    /// The identifier of a question by its name in the file of the programme.
    func question(_ key: String) async throws -> String {
        try await read { try $0.text("SELECT id FROM question WHERE file_key = \(key)") ?? "" }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async throws -> T? {
        switch self {
        case .some(let value): try await transform(value)
        case .none: nil
        }
    }
}
