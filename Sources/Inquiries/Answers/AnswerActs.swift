import Database
import Formats
import Notes
import Platform
import Visits

/// A visitor writes what was said, then says which questions it answers.
enum AnswerActs {
    /// Free text first: a note of the visit like any other.
    static func write(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let (form, visit) = (request.form, open.visit)
        return try await request.attempt {
            guard let manner = Manner(rawValue: form.line("manner")) else { throw Refused("notes.refusal.manner", field: "manner") }
            let encounter = form.optional("encounter")
            let id = form.line("id")
            try await request.site.amend(as: "note.written", by: request.actor, isPublic: false) { change in
                let slot = try encounter.flatMap { try change.text("SELECT slot_id FROM encounter WHERE id = \($0) AND event_id = \(visit.id)") }
                let sent = SentBlock(
                    id: id, base: 0, deviceId: "grille", sequence: 0, slotId: slot, encounterId: encounter, manner: manner,
                    speaker: nil, text: form["text"] ?? "")
                _ = try NoteWriting.receive(sent, visit: visit, in: change)
                change.leaveAsItIs()
            }
            return .redirect(Done.path("\(open.answers)/\(id)", .written))
        } otherwise: { problems in
            try await AnswersPage.page(request, open, values: form, problems: problems)
        }
    }

    /// Tags after: any number of questions, none too.
    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let (block, tags, choices) = try await load(request, open)
        return .page(page(request, open, block, choices, values: Fields(tags.map { ("questions", $0) }), problems: []))
    }

    static func tag(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let form = request.form
        let (block, _, choices) = try await load(request, open)
        let chosen = Set(form.all("questions"))
        return try await request.attempt {
            guard chosen.isSubset(of: choices.map(\.id)) else { throw Refused("inquiries.refusal.unknownQuestion", field: "questions") }
            try await request.site.amend(as: "answer.tagged", by: request.actor, isPublic: false) { change in
                try change.require(.see, on: block.id)
                try AnswerQueries.tag(block.id, chosen, in: change)
                try change.trace("note", block.id, programme: open.visit.programmeId, ["questions": String(chosen.count)])
            }
            let place = block.encounterId.map { "?rencontre=\($0)" } ?? ""
            return .redirect(Done.path(open.answers + place, .tagged) + "#reponse-\(block.id)")
        } otherwise: { problems in
            page(request, open, block, choices, values: form, problems: problems)
        }
    }

    private static func load(_ request: Request, _ open: OpenInquiry) async throws -> (NoteBlock, [String], [AnswerQueries.Choice]) {
        try await request.site.database.read { reader in
            let block = try NoteQueries.block(request["block"], reader, request)
            guard block.visitId == open.visit.id, !block.isBegun else { throw NotFound() }
            return (block, try AnswerQueries.tags(of: [block.id], reader)[block.id] ?? [], try AnswerQueries.choices(open, reader))
        }
    }

    private static func page(
        _ request: Request, _ open: OpenInquiry, _ block: NoteBlock, _ choices: [AnswerQueries.Choice], values: Fields, problems: [Problem]
    ) -> Page {
        let words = request.words
        let chosen = Set(values.all("questions"))
        var groups: [(name: String, choices: [AnswerQueries.Choice])] = []
        for choice in choices {
            if groups.last?.name == choice.dimension { groups[groups.count - 1].choices.append(choice) } else { groups.append((choice.dimension, [choice])) }
        }
        let fields = groups.map { group -> Markup in
            let boxes = group.choices.map { choice -> Markup in
                let badge: Markup =
                    choice.isRetired || choice.skipped != nil
                    ? " <span class=\"badge\">\(words(choice.isRetired ? "inquiries.origin.retired" : "inquiries.origin.skipped"))</span>" : .empty
                return """
                    <label class="choice"><input type="checkbox" name="questions" value="\(choice.id)"\(Markup.flag("checked", if: chosen.contains(choice.id)))> \(choice.text)\(badge)</label>
                    """
            }
            return "<fieldset class=\"field\"><legend>\(group.name)</legend>\(boxes)</fieldset>"
        }
        let title = words("inquiries.tag.title")
        let form = FormView(request, values: values, problems: problems)
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("inquiries.tag.lede"))</p>
            <blockquote class="words">\(block.text)</blockquote>
            \(form.form(to: "\(open.answers)/\(block.id)", button: words("inquiries.tag.button"), cancel: open.answers, fields.joined()))
            """
        ).with { $0.problems = problems }
    }
}
