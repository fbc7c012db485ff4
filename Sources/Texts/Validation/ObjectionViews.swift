import Formats
import Platform

/// The objections, each with what became of it: never buried, never settled in silence.
struct ObjectionViews {
    let request: Request
    let open: OpenText
    let facts: ValidationFacts
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }

    func section(_ validation: Validation) -> Markup {
        let objecting = validation.people.filter { $0.answer?.answer.kind == .object }
        guard !objecting.isEmpty else { return .empty }
        return "<section id=\"objections\"><h2>\(words("texts.objections.title"))</h2>\(objecting.map { objection($0, validation) })</section>"
    }

    private func objection(_ person: Validation.Person, _ validation: Validation) -> Markup {
        guard let given = person.answer, let kind = given.answer.objection else { return .empty }
        let isMine = person.personId == request.viewer.personId
        return """
            <section id="objection-\(given.id)"><h3>\(words("texts.objections.of", ["name": person.name, "kind": words.name("texts.objection.short", of: kind)]))</h3>
            \(AnswerViews.paragraphs(given.answer.text))\(outcome(given))\(isMine ? own(given) : .empty)\(settle(given, validation))</section>
            """
    }

    private func outcome(_ given: Validation.Given) -> Markup {
        guard let outcome = given.outcome else {
            return "<p><span class=\"state\" data-state=\"waiting\">\(words("texts.objections.open"))</span></p>"
        }
        let revision: Markup =
            outcome.revisionId.flatMap { id in
                open.isGuest ? nil : " <a href=\"\(open.base)/revisions/\(id)\">\(words("texts.objections.revision"))</a>"
            } ?? .empty
        let reply: Markup =
            outcome.reply.isEmpty
            ? .empty : "<p>\(words("texts.objections.reply"))</p>\(AnswerViews.paragraphs(outcome.reply))"
        return """
            <p><span class="state" data-state="validated">\(words.name("texts.outcome", of: outcome.outcome))</span>\(revision)</p>\(AnswerViews.paragraphs(outcome.reason))
            <p class="meta">\(outcome.decidedBy.flatMap { facts.names[$0] }) \(words.element(outcome.decidedAt))</p>\(reply)
            """
    }

    /// What the objector may do: take it back, or reply to what became of it.
    private func own(_ given: Validation.Given) -> Markup {
        guard let outcome = given.outcome else {
            return request.act("\(open.validation)/retrait", words("texts.objections.withdraw"), hidden: ["answer": given.id])
        }
        guard outcome.outcome != .withdrawn else { return .empty }
        let values = typed?.has("reply") == true ? typed! : Fields([("reply", outcome.reply)])
        let form = FormView(request, values: values, problems: problems)
        return form.form(
            to: "\(open.validation)/replique", button: words("texts.objections.replyButton"), style: "button quiet",
            "<input type=\"hidden\" name=\"answer\" value=\"\(given.id)\">"
                + form.area("reply", words("texts.objections.replyLabel"), hint: words("texts.objections.replyHint"), rows: 3))
    }

    /// The act that brings an objection to the steering group.
    private var bring: Markup {
        """
        <p class="meta">\(words("texts.objections.how")) \(words("texts.objections.refers"))</p>\(request.act("\(open.validation)/arbitrage", words("texts.act.refer")))
        """
    }

    /// What became of it, for who may say so.
    private func settle(_ given: Validation.Given, _ validation: Validation) -> Markup {
        let kinds = [
            open.allows(.recordAnswer, request) && validation.hasChanged(since: given) ? Validation.Outcome.Kind.changed : nil,
            open.allows(.arbitrate, request) ? .arbitrated : nil,
        ].compactMap { $0 }
        guard given.outcome == nil, !open.isGuest else { return .empty }
        let refer: Markup =
            !open.allows(.recordAnswer, request) || open.thing.audience >= .community
            ? .empty
            : facts.hasCommittee ? bring : SteeringGroup.missing(open, words)
        guard !kinds.isEmpty else { return refer }
        let form = FormView(request, values: typed?.has("outcome") == true ? typed! : Fields(), problems: problems)
        let fields: [Markup] = [
            form.choices(
                "outcome", words("texts.objections.outcome"),
                options: kinds.map { (value: $0.rawValue, label: words.name("texts.outcome.choice", of: $0)) }),
            form.area("reason", words("texts.objections.reason"), rows: 3),
        ]
        return form.form(
            to: "\(open.validation)/objections/\(given.id)", button: words("texts.objections.settle"), style: "button quiet",
            fields.joined()) + refer
    }
}
