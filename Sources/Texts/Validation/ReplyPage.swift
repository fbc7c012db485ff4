import Database
import Formats
import Platform
import Visits

/// The right of reply alone: for people of the host without account, behind a link that lasts as long as the publication.
enum ReplyPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        .page(try await page(request, open, values: nil, problems: []))
    }

    /// The page that the form was on: this one behind its link, the validation otherwise.
    static func page(_ request: Request, _ open: OpenText, values: Fields?, problems: [Problem]) async throws -> Page {
        guard request.link?.purpose == OpenText.Purpose.reply.rawValue else {
            return try await ValidationPage.page(request, open, values: values, problems: problems)
        }
        let (replies, body) = try await request.site.database.read { reader in
            (try RightOfReply.versions(of: open.text.id, reader), try TextRendering.html(open.head, reader, request))
        }
        let words = request.words
        let title = words("texts.reply.pageTitle", ["text": open.head.title])
        let views = ReplyViews(request: request, open: open, replies: replies, typed: values, problems: problems)
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("texts.reply.lede"))</p>\(views.section)
            <details><summary>\(words("texts.act.read"))</summary><article>\(body)</article></details>\(TextPaper.links(open, words))\(DisownedLink.section(open.base, request))
            """
        ).with { $0.notice = Done.notice(request) }
    }
}

/// A reply that came by mail, phone or paper, entered by the officer in the host's words, said so, with its proof.
enum RecordedReplyPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        .page(try await page(request, open, values: Fields([("received_on", request.now.day().typed)]), problems: []))
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let (text, visit) = (open.text, try open.requireVisit())
        return try await request.attempt {
            let (channel, day) = try RecordedAnswerPage.read(form, today: request.now.day())
            try await request.site.amend(as: "reply.recorded", by: request.actor) { change in
                try change.require(.recordAnswer, on: text.id)
                let body = try RightOfReply.read(form)
                guard let person = try Delegation.people(visit, change).hostSide.first(where: { $0.id == form.line("person") }) else {
                    throw Refused("texts.refusal.noHostPerson", field: "person")
                }
                let noon = Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000) + .hours(12)
                try RightOfReply.write(
                    body, of: person.id, to: text.id, receipt: .init(channel: channel, proof: form.text("proof"), fileId: nil),
                    at: day == change.today ? change.now : noon, in: change)
                try TextMail.send("texts.mail.replyRecorded", ["text": open.head.title, "said": body], to: person.id, about: text.id, in: change)
                try change.trace("text", text.id, programme: text.programmeId, ["person": person.id, "by": channel.rawValue])
            }
            return .redirect(Done.path(open.validation, .replyRecorded))
        } otherwise: {
            try await page(request, open, values: form, problems: $0)
        }
    }

    private static func page(_ request: Request, _ open: OpenText, values: Fields, problems: [Problem]) async throws -> Page {
        guard open.text.kind.isPublishable else { throw NotFound() }
        guard open.allows(.recordAnswer, request) else { throw Forbidden(.recordAnswer) }
        let people = try await request.site.database.read { try Delegation.people(open.requireVisit(), $0).hostSide }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let channels = Answer.Channel.allCases.map { (value: $0.rawValue, label: words.name("texts.channel", of: $0)) }
        let title = words("texts.act.enterReply")
        let fields: [Markup] = [
            form.select("person", words("texts.reply.from"), options: people.map { ($0.id, $0.said) }),
            form.area("reply_body", words("texts.reply.label"), hint: words("texts.reply.recordHint"), rows: 8, isRequired: true),
            form.choices("received_by", words("texts.record.channel"), options: channels),
            form.input("received_on", words("texts.record.day"), hint: words("platform.form.dayHint"), width: "short", isRequired: true),
            form.area("proof", words("texts.record.proof"), hint: words("texts.record.proofHint"), rows: 3, isRequired: true),
        ]
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("texts.reply.recordLede"))</p>
            \(form.form(to: "\(open.validation)/droit-de-reponse/saisie", button: words("texts.reply.recordButton"), cancel: open.validation, fields.joined()))
            """)
    }
}
