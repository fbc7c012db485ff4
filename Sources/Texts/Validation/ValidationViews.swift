import Formats
import Platform

/// The pieces of the page of a validation.
struct ValidationViews {
    let request: Request
    let open: OpenText
    let facts: ValidationFacts
    /// What was typed in a form that came back refused.
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var replies: Markup { ReplyViews(request: request, open: open, replies: facts.replies, typed: typed, problems: problems).section }

    /// A sentence, with its own words where the kind of text has some.
    private func said(_ key: String, _ arguments: [String: any WordArgument] = [:]) -> String { words(open.text.kind.key("texts.\(key)", words), arguments) }

    func content(_ title: String) -> Markup {
        guard let validation = facts.validation else { return nobody(title) }
        let objections = ObjectionViews(request: request, open: open, facts: facts, typed: typed, problems: problems)
        return """
            <p class="kind">\(said("validation.kind"))</p><h1>\(title)</h1>
            <p class="state-line">\(facts.state.shown(words))</p>\(open.audience(words))
            \(next(validation))\(facts.unread?.notice(open, request) ?? .empty)\(since(validation))\(about(validation))\(text(validation))\(form(validation))
            <section><h2>\(words("texts.validation.answers"))</h2>\(AnswerViews(request: request, open: open, facts: facts, tellsObjections: true).list(validation))\(record(validation))</section>
            \(objections.section(validation))\(open.text.kind == .minutes ? .empty : replies)\(earlier)\(steps)\(open.isGuest ? DisownedLink.section(open.base, request) : .empty)
            """
    }

    private func nobody(_ title: String) -> Markup {
        let ask: Markup =
            open.allows(.askValidation, request)
            ? "<a class=\"button\" href=\"\(open.validation)/demande\">\(said("act.ask"))</a>" : .empty
        return """
            <h1>\(title)</h1><div class="empty"><h2>\(said("validation.none"))</h2><p>\(words(open.text.kind.key("texts.validation.noneText", words)))</p><p class="acts">\(ask) <a href="\(open.base)">\(words("texts.act.read"))</a></p></div>
            """
    }

    /// What is missing and whose move it is.
    private func next(_ validation: Validation) -> Markup {
        let mayAsk = open.allows(.askValidation, request)
        let again: Markup = mayAsk ? "<p class=\"acts\"><a class=\"button\" href=\"\(open.validation)/demande\">\(said(validation.isClosed && open.text.kind == .minutes ? "act.ask" : "act.askAgain"))</a></p>" : .empty
        if validation.isClosed {
            let key = validation.request.cancelledAt == nil ? "reopened" : "cancelled"
            return "<div class=\"next\"><p><strong>\(said("validation.\(key)"))</strong></p>\(again)</div>"
        }
        let silent = validation.silent
        guard !silent.isEmpty else {
            let onward = validation.hasChanged ? again : publication
            return "<div class=\"next\">\(waiting(validation))<p><strong>\(words("texts.validation.all"))</strong></p>\(onward)\(steering(validation))</div>"
        }
        let isMine = silent.contains { $0.personId == request.viewer.personId }
        let today = request.now.day()
        // Nobody is pressed on the day they were asked: the reminder becomes the main act from the third day, or near the end.
        let isEarly =
            today < validation.request.askedAt.day().adding(days: Reminders.days)
            && today < validation.request.deadline.adding(days: -Reminders.days)
        let toRemind = silent.filter { $0.email != nil && $0.remindedAt?.day() != today }
        // Who will be written to is said before it is sent.
        let to = words("texts.validation.remindTo", ["names": words.list(toRemind.map(\.name))])
        let act: Markup =
            isMine
            ? "<p class=\"acts\"><a class=\"button\" href=\"#repondre\">\(words("texts.act.answer"))</a></p>"
            : mayAsk && !toRemind.isEmpty
                ? "<p class=\"meta\">\(to)</p>\(request.act("\(open.validation)/rappels", words("texts.act.remind", ["n": toRemind.count]), style: isEarly ? "button quiet" : "button"))" : .empty
        let key = validation.request.deadline < today ? "missingLate" : "missing"
        return """
            <div class="next">\(waiting(validation))<p><strong>\(words("texts.validation.\(key)", ["n": silent.count]))</strong> \(words("texts.validation.deadline", ["day": validation.request.deadline])) \(words("texts.validation.silence"))</p>\(act)\(validation.hasChanged ? again : .empty)\(steering(validation))</div>
            """
    }

    /// Objections come before whatever else is missing.
    private func waiting(_ validation: Validation) -> Markup {
        let count = validation.objections.count { $0.outcome == nil }
        guard count > 0 else { return .empty }
        return "<p><strong>\(words("texts.validation.objections", ["n": count]))</strong> <a href=\"#objections\">\(words("texts.validation.objectionsAct"))</a></p>"
    }

    private var publication: Markup {
        if open.text.kind == .minutes { return open.isGuest ? .empty : "<p class=\"acts\"><a class=\"button\" href=\"\(open.base)\">\(words("texts.minutes.back"))</a></p>" }
        guard !open.isGuest, open.text.kind.isPublishable, open.allows(.publish, request) else { return .empty }
        return "<p class=\"acts\"><a class=\"button\" href=\"\(open.base)/publication\">\(words("texts.act.publication"))</a></p>"
    }

    /// A host that does not answer, or holds the text back: the steering group is asked, then decides on its page.
    private func steering(_ validation: Validation) -> Markup {
        let isSilent = validation.isHostSilent(on: request.now.day())
        guard !open.isGuest, isSilent || validation.isHeldBack, let signatory = validation.signatory else { return .empty }
        let sentence = words("texts.validation.\(isSilent ? "hostSilent" : "heldBack")", ["name": signatory.name])
        let since: Markup = validation.request.referredAt.map { " \(words("texts.validation.referredAt")) \(words.element($0))" } ?? .empty
        let refer: Markup =
            !open.allows(.recordAnswer, request) || validation.request.referredAt != nil
            ? .empty
            : facts.hasCommittee
                ? request.act("\(open.validation)/arbitrage", words("texts.act.referHost")) : SteeringGroup.missing(open, words)
        let decide: Markup =
            open.allows(.arbitrate, request)
            ? "<p class=\"acts\"><a class=\"button\" href=\"\(open.base)/publication\">\(words("texts.act.decide"))</a></p>" : .empty
        return "<p>\(sentence)\(since)</p>\(decide)\(refer)"
    }

    /// The text as it has changed since it was asked about.
    private func since(_ validation: Validation) -> Markup {
        guard let asked = facts.asked, !validation.since.isEmpty else { return .empty }
        let key = validation.hasChanged ? "changed" : "formOnly"
        let items = validation.since.map { revision -> Markup in
            let form: Markup = revision.isFormOnly ? " <span class=\"badge\">\(words("texts.revision.formOnly"))</span>" : .empty
            return """
                <li>\(words("texts.revision.number", ["n": revision.number]))\(facts.names[revision.authorId ?? ""].map { ", \($0)" }), \(words.element(revision.createdAt))\(form) \(revision.summary)</li>
                """
        }
        let reopen: Markup =
            validation.mayReopen(request.viewer.personId)
            ? request.act("\(open.validation)/reouverture", words(open.text.kind.key("texts.act.reopen", words)), hidden: hidden) : .empty
        return """
            <div class="notice warning"><p>\(said("validation.\(key)", ["number": asked.number]))</p><ul>\(items)</ul>
            <details><summary>\(words("texts.validation.difference"))</summary>\(DifferenceView.show(asked, open.head, words))</details>\(reopen)</div>
            """
    }

    private func about(_ validation: Validation) -> Markup {
        let number = words("texts.revision.number", ["n": validation.request.revisionNumber])
        let revision: Markup = open.isGuest ? .text(number) : "<a href=\"\(open.base)/revisions/\(validation.request.revisionId)\">\(number)</a>"
        let asker = validation.request.askedBy.flatMap { facts.names[$0] }
        return """
            <dl class="facts"><div><dt>\(words("texts.validation.on"))</dt><dd>\(revision)</dd></div><div><dt>\(said("validation.asked"))</dt><dd>\(words.element(validation.request.askedAt))\(asker.map { ", \($0)" })</dd></div></dl>
            <details><summary>\(words("texts.page.details"))</summary><p class="meta">\(words("texts.page.hash")) : <code class="hash">\(validation.request.revisionHash)</code></p></details>
            """
    }

    /// What one is asked to read before answering; others follow the link to the revision.
    private func text(_ validation: Validation) -> Markup {
        let person = validation.person(request.viewer.personId)
        guard open.isGuest || person.map({ $0.answer == nil }) == true else { return .empty }
        return """
            <details open><summary>\(words("texts.validation.read", ["number": validation.request.revisionNumber]))</summary><article>\(facts.body)</article></details>\(open.isGuest ? TextPaper.links(open, words) : .empty)
            """
    }

    /// The questions, for somebody asked.
    private func form(_ validation: Validation) -> Markup {
        guard let person = validation.person(request.viewer.personId), !validation.isClosed else { return .empty }
        let isAnswer = typed?.has("exact") == true || typed?.has("kind") == true || typed?.has("interests") == true
        let values = isAnswer ? typed! : AnswerForm.values(person, interests: facts.interests)
        let form = FormView(request, values: values, problems: problems)
        let key = person.answer == nil ? "title" : "again"
        let before = facts.asked.flatMap { asked in facts.previous?.view(asked, words) ?? facts.left.map { changed($0, asked) } } ?? .empty
        return """
            \(before)\(disown(person))<section id="repondre" class="no-print"><h2>\(words("texts.answer.\(key)", ["number": validation.request.revisionNumber]))</h2>
            \(form.form(to: "\(open.validation)/reponse", button: words("texts.answer.button"), keep: "validation-\(validation.request.id)", validation.request.base.field(form) + AnswerForm.fields(form, of: open.text.kind, words)))</section>
            """
    }

    /// What has changed since the revision that a page left open showed.
    private func changed(_ shown: Revision, _ asked: Revision) -> Markup {
        """
        <div class="notice"><details open><summary>\(words("texts.previous.difference", ["from": shown.number, "to": asked.number]))</summary>\(DifferenceView.show(shown, asked, isBrief: true, words))</details></div>
        """
    }

    private var hidden: [String: String] { facts.validation?.request.base.hidden ?? [:] }

    /// What was entered in one's name can be refused by oneself alone.
    private func disown(_ person: Validation.Person) -> Markup {
        guard let given = person.answer, given.receivedBy != nil else { return .empty }
        let by = given.enteredBy.flatMap { facts.names[$0] } ?? ""
        return """
            <div class="notice warning"><p>\(words("texts.answer.entered", ["name": by]))</p>\(request.act("\(open.validation)/desaveu", words("texts.act.disown"), hidden: hidden))</div>
            """
    }

    private func record(_ validation: Validation) -> Markup {
        guard open.allows(.recordAnswer, request), !validation.isClosed, !open.isGuest else { return .empty }
        let correct: Markup =
            open.allows(.askValidation, request)
            ? " <a class=\"button quiet\" href=\"\(open.validation)/correction\">\(said("act.correct"))</a>" : .empty
        return "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(open.validation)/saisie\">\(words("texts.act.record"))</a>\(correct)</p>"
    }

    /// What was asked and answered before: kept as it was.
    private var earlier: Markup {
        guard !facts.earlier.isEmpty else { return .empty }
        let views = AnswerViews(request: request, open: open, facts: facts)
        let items = facts.earlier.map { validation -> Markup in
            """
            <details><summary>\(words("texts.validation.earlierOn", ["number": validation.request.revisionNumber, "day": validation.request.askedAt.day()]))</summary>\(views.list(validation))</details>
            """
        }
        return "<section><h2>\(words("texts.validation.earlier"))</h2>\(items)</section>"
    }

    /// Who did what, when: asked, corrected, reminded, reopened.
    private var steps: Markup {
        guard !facts.steps.isEmpty else { return .empty }
        let items = facts.steps.map { step -> Markup in
            "<li>\(words.element(step.at)) \(step.who(words)) \(step.what(words, people: facts.names))</li>"
        }
        return "<section><h2>\(words("texts.validation.steps"))</h2><ol class=\"timeline\">\(items)</ol></section>"
    }
}
