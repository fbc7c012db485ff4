import Database
import Formats
import Platform

/// The officer and the researcher cite, write, have it validated, and publish when the story says so.
struct SynthesisScenes: Sendable {
    let scenes: VisitScenes
    let place: VisitPlace
    let notes: [String: String]

    private var stage: Stage { scenes.stage }
    private var story: Story.Synthesis { scenes.visit.synthesis }
    private var validation: Story.Validation { scenes.visit.validation }

    /// The day of the story; for a text that is not published, three weeks ahead whenever the demonstration is played.
    private var deadline: String {
        guard scenes.visit.publication == nil else { return validation.deadline }
        return max(validation.deadline, Instant.now.day().adding(days: 21).iso)
    }

    func play() async throws {
        scenes.clock.move(to: scenes.day(12))
        let text = try await stage.openText("synthesis", of: scenes.base, by: scenes.officer)
        try await stage.act(scenes.officer, "/textes/\(text)/titre", [("title", story.title)])
        let excerpts = try await cite(in: text)
        try await write(text, excerpts)
        try await validate(text, excerpts)
        if let reply = validation.rightOfReply {
            scenes.clock.move(to: reply.date)
            try await stage.act(reply.person, "/textes/\(text)/validation/droit-de-reponse", [("reply_body", reply.body)])
        }
        if let publication = scenes.visit.publication { try await publish(text, publication) }
    }

    /// Makes the excerpts of the story and records the answers of the people quoted.
    private func cite(in text: String) async throws -> [String: String] {
        var ids: [String: String] = [:]
        for excerpt in scenes.visit.excerpts {
            let words = CleanText.normalize(excerpt.words)
            let location = try await stage.act(
                scenes.officer, "/textes/\(text)/extraits",
                [
                    ("source", "block"), ("id", notes[excerpt.note] ?? ""), ("version", "1"), ("words", words),
                    ("attribution", excerpt.attribution), ("shown_as", excerpt.shownAs),
                ])
            let id = String(location.split(separator: "/")[1].prefix { $0 != "?" })
            ids[excerpt.key] = id
        }
        let answered = scenes.visit.excerpts.compactMap { excerpt in excerpt.consent.map { (excerpt, $0) } }
        for (excerpt, consent) in answered.sorted(by: { $0.1.date < $1.1.date }) {
            scenes.clock.move(to: max(consent.date, scenes.day(12)), hour: 14)
            try await stage.act(
                scenes.officer, "/extraits/\(ids[excerpt.key] ?? "")/accords",
                [
                    ("answer", "yes"), ("purpose", consent.for), ("asked_how", consent.how), ("collected_by", stage.cast[consent.by]),
                    ("collected_on", consent.date), ("proof", consent.proof), ("warned", "1"),
                ])
        }
        return ids
    }

    /// The four lenses, each quotation in its place; where an objection changed the words, as they were before it.
    private func write(_ text: String, _ excerpts: [String: String]) async throws {
        scenes.clock.move(to: scenes.day(28))
        let drawing = try await draw(in: text)
        let sections = story.sections.map { section in
            var body = placed(section.body, excerpts)
            if let drawing, drawing.section == section.key { body += "\n\n\(drawing.markdown)" }
            for objection in validation.objections ?? [] where objection.section == section.key {
                body = body.replacing(objection.after, with: objection.before)
            }
            return Story.Section(key: section.key, title: section.title, body: body)
        }
        try await stage.write(sections, in: text, by: scenes.visit.group.staff[1])
        for blank in story.blankReasons ?? [] {
            try await stage.act(
                scenes.officer, "/textes/\(text)/blancs", [("dimension", place.dimensions[blank.dimension] ?? ""), ("reason", blank.reason)])
        }
    }

    /// A drawing for a text that will be public, in a section that no objection changes; none where images cannot be received.
    private func draw(in text: String) async throws -> (section: String, markdown: String)? {
        let disputed = (validation.objections ?? []).map(\.section)
        guard scenes.visit.publication != nil, stage.site.pictures.isThere,
            let section = story.sections.first(where: { !disputed.contains($0.key) })
        else { return nil }
        let fields = [
            "alternative": "Trois cercles de couleur se recoupent deux à deux ; la partie commune est plus sombre.", "people": "none",
            "caption": "De gauche à droite : la structure d’appui, l’initiative, le territoire. Ce qui se fait à plusieurs est là où ils se recoupent.",
            "credit": "l’équipe de la visite",
        ]
        let file = UploadedFile(name: "cercles.png", bytes: CirclesDrawing.png())
        let markdown = try await stage.upload(
            scenes.officer, "/textes/\(text)/sections/\(section.key)/fichiers", fields, file)
        return (section.key, markdown)
    }

    private func placed(_ body: String, _ excerpts: [String: String]) -> String {
        excerpts.reduce(body) { $0.replacing("[[citation:\($1.key)]]", with: "[[citation:\($1.value)]]") }
    }

    private func validate(_ text: String, _ excerpts: [String: String]) async throws {
        try await ask(text, on: validation.askedOn)
        for objection in validation.objections ?? [] {
            scenes.clock.move(to: objection.date)
            try await stage.act(
                objection.person, "/textes/\(text)/validation/reponse",
                [
                    ("kind", "object"), ("objection", objection.kind), ("exact", objection.exact), ("publishable", objection.publishable),
                    ("text", objection.text), ("interests", ""),
                ])
            scenes.clock.move(to: objection.decidedOn)
            if let section = story.sections.first(where: { $0.key == objection.section }) {
                let changed = Story.Section(key: section.key, title: section.title, body: placed(section.body, excerpts))
                try await stage.write([changed], in: text, by: scenes.officer, summary: objection.reason)
            }
            let person = stage.cast[objection.person]
            let answer = try await stage.read { reader in
                try reader.text("SELECT id FROM endorsement WHERE person_id = \(person) AND answer = 'object' ORDER BY answered_at DESC LIMIT 1") ?? ""
            }
            try await stage.act(
                objection.decidedBy, "/textes/\(text)/validation/objections/\(answer)",
                [("outcome", objection.outcome), ("reason", objection.reason)])
            if let reply = objection.reply {
                try await stage.act(objection.person, "/textes/\(text)/validation/replique", [("answer", answer), ("reply", reply)])
            }
        }
        if let again = validation.askedAgainOn { try await ask(text, on: again) }
        for answer in validation.answers.sorted(by: { ($0.date ?? "") < ($1.date ?? "") }) where answer.date != nil {
            try await give(answer, text)
        }
    }

    private func ask(_ text: String, on day: String) async throws {
        scenes.clock.move(to: day)
        let validators = [scenes.visit.group.signatory] + scenes.visit.group.visitors
        try await stage.act(
            scenes.officer, "/textes/\(text)/validation/demande",
            validators.map { ("validators", stage.cast[$0]) } + [("deadline", deadline)])
    }

    private func give(_ answer: Story.Validation.Answer, _ text: String) async throws {
        scenes.clock.move(to: answer.date ?? "", hour: 11)
        let fields = [
            ("kind", answer.kind), ("exact", answer.exact ?? ""), ("publishable", answer.publishable ?? ""), ("text", answer.text ?? ""),
            ("interests", answer.interests ?? ""),
        ]
        guard let officer = answer.enteredBy else {
            try await stage.act(answer.person, "/textes/\(text)/validation/reponse", fields)
            return
        }
        try await stage.act(
            officer, "/textes/\(text)/validation/saisie",
            fields + [
                ("person", stage.cast[answer.person]), ("received_by", answer.receivedBy ?? "mail"), ("received_on", answer.date ?? ""),
                ("proof", answer.proof ?? ""),
            ])
    }

    private func publish(_ text: String, _ publication: Story.Publication) async throws {
        scenes.clock.move(to: publication.publishedOn)
        let visit = place.id
        let territory = try await stage.read { try $0.text("SELECT territory_id FROM visit WHERE id = \(visit)") ?? "" }
        try await stage.act(
            scenes.officer, "/textes/\(text)/publication",
            [
                ("license", publication.license), ("authors", story.authors.joined(separator: "\n")), ("territory", territory),
                ("lede", scenes.visit.focus), ("slug", ""), ("not_before", ""),
            ])
    }
}
