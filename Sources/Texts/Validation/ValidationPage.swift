import Community
import Database
import Formats
import Platform

/// Who was asked, on which revision, who answered what and when; for somebody asked, the questions.
enum ValidationPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        .page(try await page(request, open))
    }

    static func page(_ request: Request, _ open: OpenText, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        guard open.text.kind.isValidated else { throw NotFound() }
        let facts = try await request.site.database.read { try ValidationFacts.load(open, $0, request) }
        let title = request.words(open.text.kind.key("texts.validation.title", request.words), ["text": open.head.title])
        let views = ValidationViews(request: request, open: open, facts: facts, typed: problems.isEmpty ? nil : values, problems: problems)
        return open.page(title, request, views.content(title)).with { $0.notice = facts.reminded(request) ?? Done.notice(request) }
    }
}

/// All that the page of a validation shows.
struct ValidationFacts: Sendable {
    let validation: Validation?
    let earlier: [Validation]
    let state: TextState
    /// The text as it was asked about, as this person may read it.
    let body: Markup
    /// The revision asked about.
    let asked: Revision?
    let names: [String: String]
    let interests: String
    /// The versions of the host's reply, newest first.
    let replies: [RightOfReply]
    let steps: [ValidationStep]
    /// Whether the programme has anybody in its steering group.
    let hasCommittee: Bool
    /// What this person answered in an earlier request.
    let previous: PreviousAnswer?
    /// The revision of an earlier request, when the form that came back was shown for it.
    let left: Revision?
    /// What came and was not read, for whoever carries the text.
    let unread: UnreadAnswers?

    /// Whom the reminder that was just sent went to, by their names: those reminded together, the last ones.
    func reminded(_ request: Request) -> Markup? {
        guard request.query["fait"] == Done.reminded.rawValue, request.viewer.personId != nil, let people = validation?.people else { return nil }
        let last = people.compactMap(\.remindedAt).max()
        let names = people.filter { $0.remindedAt != nil && $0.remindedAt == last }.map(\.name)
        guard !names.isEmpty else { return nil }
        return "<p class=\"notice success\" role=\"status\">\(request.words("texts.done.remindedTo", ["names": request.words.list(names)]))</p>"
    }

    static func load(_ open: OpenText, _ reader: any Reader, _ request: Request) throws -> ValidationFacts {
        let validation = try Validation.summary(open.text.id, reader)
        let asked = try validation.map { try TextQueries.revision($0.request.revisionId, of: open.text.id, reader) }
        let earlier = try Validation.earlier(open.text.id, reader)
        let all = [validation].compactMap { $0 } + earlier
        let left = try earlier.first { $0.request.id == request.form.optional("base") }
            .map { try TextQueries.revision($0.request.revisionId, of: open.text.id, reader) }
        var mentioned: [String?] = []
        for one in all {
            mentioned.append(one.request.askedBy)
            mentioned += one.since.map(\.authorId)
            for person in one.people {
                let given = (person.answer.map { [$0] } ?? []) + person.earlier
                mentioned += given.map(\.enteredBy) + given.map { $0.outcome?.decidedBy }
            }
        }
        let steps = try ValidationStep.of(open.text.id, reader)
        mentioned += steps.map(\.personConcerned)
        return ValidationFacts(
            validation: validation, earlier: earlier, state: try TextState.of(open.text, open.head, open.thing, reader),
            body: try TextRendering.html(asked ?? open.head, reader, request), asked: asked,
            names: try Profiles.of(Set(mentioned.compactMap { $0 }), reader).mapValues(\.name),
            interests: try request.viewer.personId.flatMap { try Profiles.of($0, reader)?.interests } ?? "",
            replies: try RightOfReply.versions(of: open.text.id, reader), steps: steps,
            hasCommittee: try SteeringGroup.hasMembers(open.text.programmeId, reader),
            previous: try PreviousAnswer.of(request.viewer.personId, earlier, reader), left: left,
            unread: open.allows(.askValidation, request) ? try UnreadAnswers.of(open.text.id, reader) : nil)
    }
}
