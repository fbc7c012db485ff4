import Database
import Formats
import Platform
import Visits

/// An answer that came by mail, phone or paper, entered by the project officer, said so, with its proof.
enum RecordedAnswerPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.allows(.recordAnswer, request) else { throw Forbidden(.recordAnswer) }
        let person = request.query["personne"] ?? ""
        return .page(try await page(request, open, values: Fields([("person", person), ("received_on", request.now.day().typed)]), problems: []))
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let text = open.text
        let site = request.site
        guard open.allows(.recordAnswer, request) else { throw Forbidden(.recordAnswer) }
        return try await request.attempt {
            let answer = try Answer.read(form, of: text.kind)
            let (channel, day) = try read(form, today: request.now.day())
            let file = try form.file("file").map { file in
                guard let kind = FileStore.kind(of: file.bytes) else { throw Refused("texts.refusal.fileKind", field: "file") }
                return (content: file, kind: kind)
            }
            try await site.amend(as: "validation.recorded", by: request.actor) { change in
                try change.require(.recordAnswer, on: text.id)
                let validation = try AnswerPost.standing(text.id, change, shownBy: form)
                let asked = validation.request.askedAt
                guard let person = validation.person(form.line("person")) else { throw Refused("texts.refusal.notAsked", field: "person") }
                guard !validation.isClosed else { throw Refused("texts.refusal.closed") }
                guard day >= asked.day() else { throw Refused("texts.refusal.receivedBefore", ["day": asked.day()], field: "received_on") }
                guard person.answer == nil || person.answer?.receivedBy != nil else {
                    throw Refused("texts.refusal.answeredThemselves", ["name": person.name], field: "person")
                }
                let fileId = try file.map { try change.keep($0.content, $0.kind, of: text.id) }
                let noon = Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000) + .hours(12)
                try ValidationWrites.answer(
                    answer, of: person.personId, to: validation.request.id, at: day == change.today ? change.now : max(noon, asked),
                    receipt: .init(channel: channel, proof: form.text("proof"), fileId: fileId), in: change)
                try tell(answer, received: channel, to: person.personId, validation, open, in: change)
                try AnswerPost.tell(answer, of: person.name, validation, open, in: change)
                try ValidationWrites.advance(text, in: change)
                try change.trace(
                    "text", text.id, programme: text.programmeId,
                    ["request": validation.request.id, "person": person.personId, "by": channel.rawValue, "answer": answer.kind.rawValue])
            }
            return .redirect(Done.path(open.validation, .recorded))
        } otherwise: {
            try await page(request, open, values: form, problems: $0)
        }
    }

    /// The person reads what was entered in their name, and how to say that it is not theirs.
    private static func tell(
        _ answer: Answer, received channel: Answer.Channel, to personId: String, _ validation: Validation, _ open: OpenText,
        in change: Change
    ) throws {
        let language = try change.text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init)
        let words = change.site.words(language ?? .french)
        let said = [words.name("texts.answer.said", of: answer.kind), answer.text].filter { !$0.isEmpty }.joined(separator: "\n")
        try TextMail.send(
            "texts.mail.recorded",
            [
                "text": open.head.title, "number": validation.request.revisionNumber, "said": said,
                "by": change.viewer.name ?? "", "exact": words("texts.answer.\(answer.isExact ? "yes" : "no")"),
                "publishable": words("texts.answer.\(answer.isPublishable ? "yes" : "no")"),
                "channel": words.name("texts.channel", of: channel),
            ], to: personId, about: open.text.id, until: validation.request.deadline, in: change)
    }

    /// The file that proves an answer, for who may enter answers.
    static func proof(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.allows(.recordAnswer, request) else { throw NotFound() }
        let id = request["file"]
        let row = try await request.site.database.read { reader in
            try reader.first(Proof.self, "SELECT hash, kind, name FROM file WHERE id = \(id) AND owner_id = \(open.text.id)")
        }
        guard let row, let content = request.site.files.content(row.hash) else { throw NotFound() }
        return .download(content, type: row.kind.rawValue, name: row.kind.named(row.name))
    }

    private struct Proof: Sendable, Decodable {
        var hash: String
        var kind: FileStore.Kind
        var name: String
    }

    static func read(_ form: Fields, today: Day) throws -> (Answer.Channel, Day) {
        var refusals: [any Refusal] = []
        let channel = form["received_by"].flatMap(Answer.Channel.init)
        var day: Day?
        if channel == nil { refusals.append(Refused("texts.refusal.channel", field: "received_by")) }
        do { day = try DayEntry.required(form, "received_on") } catch { refusals.append(error) }
        if let day, day > today { refusals.append(Refused("texts.refusal.receivedAfter", field: "received_on")) }
        if Markdown.isBlank(form.text("proof")) { refusals.append(Refused("texts.refusal.proof", field: "proof")) }
        if form.text("proof").unicodeScalars.count > Answer.limit {
            refusals.append(Refused("texts.refusal.answerTooLong", ["n": Answer.limit], field: "proof"))
        }
        guard refusals.isEmpty, let channel, let day else { throw Refusals(refusals) }
        return (channel, day)
    }

    /// Who has answered is marked, and comes after the others.
    private static func label(_ person: Validation.Person, _ words: Words) -> String {
        guard let given = person.answer else { return person.said }
        return words(given.receivedBy == nil ? "texts.record.answered" : "texts.record.entered", ["person": person.said])
    }

    private static func page(_ request: Request, _ open: OpenText, values: Fields, problems: [Problem]) async throws -> Page {
        let validation = try await request.site.database.read { try AnswerPost.standing(open.text.id, $0) }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let ordered = validation.silent + validation.people.filter { $0.answer != nil }
        let people = [(value: "", label: words("texts.record.choose"))] + ordered.map { (value: $0.personId, label: label($0, words)) }
        let channels = Answer.Channel.allCases.map { (value: $0.rawValue, label: words.name("texts.channel", of: $0)) }
        let fields: [Markup] = [
            validation.request.base.field(form), form.select("person", words("texts.record.person"), options: people),
            form.choices("received_by", words("texts.record.channel"), options: channels),
            form.input("received_on", words("texts.record.day"), hint: words("platform.form.dayHint"), width: "short", isRequired: true),
            AnswerForm.fields(form, of: open.text.kind, words, forSomebody: true),
            form.area("proof", words("texts.record.proof"), hint: words("texts.record.proofHint"), rows: 3, isRequired: true),
            form.file("file", words("texts.record.file"), hint: words("texts.record.fileHint"), accept: ".pdf,.png,.jpg,.jpeg,.txt"),
        ]
        let title = words("texts.record.title")
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("texts.record.lede"))</p>
            \(form.form(to: "\(open.validation)/saisie", button: words("texts.record.button"), isMultipart: true, cancel: open.validation, fields.joined()))
            """)
    }
}
